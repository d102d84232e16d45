import { Monitor, Moon, Sun } from "lucide-react";
import { setPreferences, usePreferences, type Preferences } from "@/frame/preferences";
import { Segmented } from "@/parts/Segmented";
import { Switch } from "@/parts/Switch";
import { Group, Row } from "./Row";

/** How the program looks on this machine. */
export function AppearancePage() {
  const { theme, density, singleLetters } = usePreferences();
  return (
    <Group title="Appearance">
      <Row label="Theme" hint="System follows this machine.">
        <Segmented<Preferences["theme"]>
          label="Theme"
          value={theme}
          onChange={(theme) => setPreferences({ theme })}
          choices={[
            { value: "system", label: "System", icon: <Monitor size={13} aria-hidden /> },
            { value: "light", label: "Light", icon: <Sun size={13} aria-hidden /> },
            { value: "dark", label: "Dark", icon: <Moon size={13} aria-hidden /> },
          ]}
        />
      </Row>
      <Row label="Density" hint="How much fits into a list.">
        <Segmented<Preferences["density"]>
          label="Density"
          value={density}
          onChange={(density) => setPreferences({ density })}
          choices={[
            { value: "comfortable", label: "Comfortable" },
            { value: "compact", label: "Compact" },
          ]}
        />
      </Row>
      <div className="px-4 py-3">
        <Switch
          label="Shortcuts of a single letter"
          hint="Switch off if you dictate: N, / and ? then do nothing by themselves."
          checked={singleLetters}
          onChange={(singleLetters) => setPreferences({ singleLetters })}
        />
      </div>
    </Group>
  );
}

import type { Team } from "@/api/model";
import { Select } from "@/parts/Select";

const standard = "standard";

/** Chooses a team, or whichever is the default one. */
export function TeamSelect({
  teams,
  value,
  onChange,
  label = "Team",
  none = "The default team",
  className = "min-w-44",
}: {
  teams: readonly Team[];
  value: string | null | undefined;
  onChange: (team: string | null) => void;
  label?: string;
  /** What it means that no team is chosen. */
  none?: string;
  className?: string;
}) {
  return (
    <Select
      label={label}
      value={value ?? standard}
      choices={[
        { value: standard, label: none },
        ...teams.map((team) => ({
          value: team.id,
          label: team.name || "Untitled team",
          ...(team.description ? { hint: team.description } : {}),
        })),
      ]}
      onChange={(team) => onChange(team === standard ? null : team)}
      className={className}
    />
  );
}

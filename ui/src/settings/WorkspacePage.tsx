import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { call, queries } from "@/api/client";
import { useSavedForm } from "@/api/use-saved-form";
import type { DateOrder, Settings, Weekday } from "@/api/model";
import { teamsQuery } from "@/actions/action-queries";
import { tellProblem } from "@/frame/problem-toast";
import { ScreenError } from "@/frame/ScreenError";
import { Button, IconButton } from "@/parts/Button";
import { Input } from "@/parts/Field";
import { Select } from "@/parts/Select";
import { Skeleton } from "@/parts/Skeleton";
import { TeamSelect } from "@/task/TeamSelect";
import { encoderWords } from "@/task/triggers/outcome-words";
import { OpeningHoursInput, weekdays } from "./OpeningHoursInput";
import { Group, Row } from "./Row";

const dateOrders: { value: DateOrder; label: string }[] = [
  { value: "day_first", label: "21/11/2026" },
  { value: "month_first", label: "11/21/2026" },
  { value: "year_first", label: "2026/11/21" },
];

const zones =
  typeof Intl.supportedValuesOf === "function" ? Intl.supportedValuesOf("timeZone") : ["UTC"];

/** What every conversation starts from. */
export function WorkspacePage() {
  const { data, error, refetch } = useQuery({
    queryKey: ["settings"],
    queryFn: () => call("read_settings", {}),
  });
  if (error) return <ScreenError error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton />;
  return <Form start={data} />;
}

function Form({ start }: { start: Settings }) {
  const { data: teams = [] } = useQuery(teamsQuery);
  const [settings, set] = useSavedForm(start, (settings) => {
    call("save_settings", { settings })
      .then(() => queries.setQueryData(["settings"], settings))
      .catch((thrown: unknown) => tellProblem(thrown, "Not saved"));
  });
  return (
    <>
      <Group title="Workspace">
        <Row label="What the assistant is called">
          <Input
            aria-label="What the assistant is called"
            value={settings.assistant_name}
            onChange={(event) => set({ assistant_name: event.target.value })}
            className="w-56!"
          />
        </Row>
        <Row label="Time zone">
          <Select
            label="Time zone"
            value={settings.time_zone}
            choices={(zones.includes(settings.time_zone)
              ? zones
              : [settings.time_zone, ...zones]
            ).map((zone) => ({
              value: zone,
              label: zone.replaceAll("_", " "),
            }))}
            onChange={(time_zone) => set({ time_zone })}
            className="w-56"
          />
        </Row>
        <Row
          label="Order of a date"
          hint="How 12/11/2026 is read. It is always read back to the customer."
        >
          <Select
            label="Order of a date"
            value={settings.date_order}
            choices={dateOrders}
            onChange={(date_order) => set({ date_order })}
            className="w-56"
          />
        </Row>
        <Row label="The week begins on">
          <Select<Weekday>
            label="The week begins on"
            value={settings.first_day_of_week}
            choices={weekdays.map(({ value, label }) => ({ value, label }))}
            onChange={(first_day_of_week) => set({ first_day_of_week })}
            className="w-56"
          />
        </Row>
        <Row label="Currency" hint="Used where a customer names none.">
          <Input
            aria-label="Currency"
            maxLength={3}
            value={settings.currency}
            onChange={(event) => set({ currency: event.target.value.toUpperCase() })}
            className="w-56!"
          />
        </Row>
        <Row label="Default team" hint="Takes over where a task names no team.">
          <TeamSelect
            label="Default team"
            none="Whoever is there"
            className="w-56"
            teams={teams}
            value={settings.default_team}
            onChange={(default_team) => set({ default_team })}
          />
        </Row>
      </Group>
      <Choice />
      <Group title="Opening hours">
        <div className="px-4 py-3">
          <OpeningHoursInput
            hours={settings.opening_hours}
            onChange={(opening_hours) => set({ opening_hours })}
          />
        </div>
      </Group>
      <Group title="Holidays">
        <Holidays days={settings.holidays} onChange={(holidays) => set({ holidays })} />
      </Group>
    </>
  );
}

/** How tasks are chosen on this machine: by meaning where there is a sentence encoder. */
function Choice() {
  const { data } = useQuery({
    queryKey: ["encoder"],
    queryFn: () => call("encoder_state", {}),
    staleTime: 0,
  });
  if (!data) return null;
  const { label, note } = encoderWords(data);
  return (
    <Group title="Understanding customers">
      <Row label="How tasks are chosen" hint={note}>
        {label}
      </Row>
    </Group>
  );
}

function Holidays({
  days,
  onChange,
}: {
  days: readonly string[];
  onChange: (days: string[]) => void;
}) {
  const [fresh, setFresh] = useState("");
  return (
    <div className="flex flex-col gap-2 px-4 py-3">
      <ul className="flex flex-wrap gap-1.5">
        {days.map((day) => (
          <li
            key={day}
            className="tabular flex h-6 items-center gap-1 rounded-md bg-hover pr-0.5 pl-2 text-12"
          >
            {day}
            <IconButton
              label={`Remove ${day}`}
              size="sm"
              onClick={() => onChange(days.filter((other) => other !== day))}
            >
              <X size={11} />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className="flex gap-2">
        <Input
          type="date"
          aria-label="New holiday"
          value={fresh}
          onChange={(event) => setFresh(event.target.value)}
          className="tabular w-40!"
        />
        <Button
          icon={<Plus size={14} aria-hidden />}
          disabled={!fresh || days.includes(fresh)}
          onClick={() => {
            onChange([...days, fresh].toSorted());
            setFresh("");
          }}
        >
          Add
        </Button>
      </div>
    </div>
  );
}

import type { Period, PeriodUnit } from "@/api/model";
import { Input } from "@/parts/Field";
import { Select } from "@/parts/Select";
import { unitWords } from "./words";

const units = Object.entries(unitWords).map(([value, label]) => ({
  value: value as PeriodUnit,
  label,
}));

/** A length of time: a number and its unit. */
export function PeriodInput({
  label,
  period,
  onChange,
}: {
  label: string;
  period: Period;
  onChange: (period: Period) => void;
}) {
  return (
    <div className="flex flex-wrap items-center gap-2" role="group" aria-label={label}>
      <span className="text-muted">{label}</span>
      {/* A number never stands without its unit. */}
      <span className="flex items-center gap-2">
        <Input
          type="number"
          min={0}
          max={100000}
          aria-label={`${label}, how many`}
          value={period.count}
          onChange={(event) =>
            onChange({
              ...period,
              count: Math.max(0, Math.min(100_000, Math.round(Number(event.target.value) || 0))),
            })
          }
          className="tabular w-20!"
        />
        <Select
          label={`${label}, unit`}
          value={period.unit}
          choices={units}
          onChange={(unit) => onChange({ ...period, unit })}
        />
      </span>
    </div>
  );
}

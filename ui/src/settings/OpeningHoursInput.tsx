import { Plus, X } from "lucide-react";
import type { OpeningHours, Weekday } from "@/api/model";
import { IconButton } from "@/parts/Button";
import { Input } from "@/parts/Field";

export const weekdays: { value: Weekday; label: string }[] = [
  { value: "monday", label: "Monday" },
  { value: "tuesday", label: "Tuesday" },
  { value: "wednesday", label: "Wednesday" },
  { value: "thursday", label: "Thursday" },
  { value: "friday", label: "Friday" },
  { value: "saturday", label: "Saturday" },
  { value: "sunday", label: "Sunday" },
];

/** When someone is there, day by day; a day may have several stretches or none. */
export function OpeningHoursInput({
  hours,
  onChange,
}: {
  hours: OpeningHours;
  onChange: (hours: OpeningHours) => void;
}) {
  const rows = hours.hours;
  const set = (at: number, next: { from?: string; to?: string }) =>
    onChange({ hours: rows.map((row, index) => (index === at ? { ...row, ...next } : row)) });
  return (
    <div className="flex flex-col gap-1.5">
      {weekdays.map(({ value, label }) => {
        const mine = rows.map((row, at) => ({ row, at })).filter(({ row }) => row.day === value);
        return (
          <div key={value} className="flex min-h-8 items-center gap-3 narrow:items-start">
            <span className="w-24 shrink-0 narrow:w-20 narrow:pt-1.5">{label}</span>
            <div className="flex flex-1 flex-wrap items-center gap-2">
              {mine.length === 0 ? <span className="text-faint">Nobody is there</span> : null}
              {mine.map(({ row, at }) => (
                <span key={at} className="flex items-center gap-1">
                  <Input
                    type="time"
                    aria-label={`${label}, from`}
                    value={row.from.slice(0, 5)}
                    onChange={(event) =>
                      event.target.value && set(at, { from: `${event.target.value}:00` })
                    }
                    className="tabular w-30!"
                  />
                  <span className="text-faint">to</span>
                  <Input
                    type="time"
                    aria-label={`${label}, to`}
                    value={row.to.slice(0, 5)}
                    onChange={(event) =>
                      event.target.value && set(at, { to: `${event.target.value}:00` })
                    }
                    className="tabular w-30!"
                  />
                  <IconButton
                    label={`Remove these hours on ${label}`}
                    size="sm"
                    onClick={() => onChange({ hours: rows.filter((_, index) => index !== at) })}
                  >
                    <X size={13} />
                  </IconButton>
                </span>
              ))}
            </div>
            <IconButton
              label={`Add hours on ${label}`}
              size="sm"
              onClick={() =>
                onChange({ hours: [...rows, { day: value, from: "09:00:00", to: "17:00:00" }] })
              }
            >
              <Plus size={14} />
            </IconButton>
          </div>
        );
      })}
    </div>
  );
}

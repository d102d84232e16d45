import type { Weekday } from "@/api/model";
import { cx } from "@/parts/class-names";
import { weekdays } from "@/settings/OpeningHoursInput";

/** Days of the week, each on or off; the last one stays on. */
export function WeekdaysInput({
  days,
  onChange,
}: {
  days: readonly Weekday[];
  onChange: (days: Weekday[]) => void;
}) {
  const toggle = (day: Weekday) => {
    const next = weekdays
      .map(({ value }) => value)
      .filter((value) => (value === day ? !days.includes(value) : days.includes(value)));
    if (next.length > 0) onChange(next);
  };
  return (
    <span role="group" aria-label="Days of the week" className="flex flex-wrap gap-1">
      {weekdays.map(({ value, label }) => (
        <button
          key={value}
          type="button"
          aria-label={label}
          aria-pressed={days.includes(value)}
          onClick={() => toggle(value)}
          className={cx(
            "h-7 rounded-md border px-1.5 text-12 transition-colors",
            days.includes(value)
              ? "border-accent bg-accent-surface text-accent-text"
              : "border-line text-muted hover:bg-hover",
          )}
        >
          {label.slice(0, 2)}
        </button>
      ))}
    </span>
  );
}

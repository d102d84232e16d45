import type { Series } from "./StackedColumns";

/** One bar of parts that make a whole. What each is stands in its label; colour is only a help. */
export function ShareBar({
  label,
  series,
  values,
}: {
  label: string;
  series: readonly Series[];
  values: readonly number[];
}) {
  const all = values.reduce((sum, value) => sum + value, 0);
  const words = series.map((one, at) => `${one.label} ${values[at] ?? 0}`).join(", ");
  return (
    <div
      role="img"
      aria-label={`${label}: ${words}`}
      className="flex h-2.5 w-full min-w-16 gap-px overflow-hidden rounded-full bg-hover"
    >
      {all > 0
        ? series.map((one, at) => (
            <span
              key={one.label}
              title={`${one.label}: ${values[at] ?? 0}`}
              className="h-full"
              style={{ width: `${((values[at] ?? 0) / all) * 100}%`, background: one.color }}
            />
          ))
        : null}
    </div>
  );
}

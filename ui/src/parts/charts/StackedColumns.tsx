import { useState } from "react";
import { cx } from "../class-names";

export interface Series {
  label: string;
  /** A colour as CSS knows it, one of the tokens. */
  color: string;
}

export interface Column {
  /** What it stands for, in full. */
  label: string;
  /** The same on the axis; empty where there is no room for it. */
  short: string;
  /** One value for each series; null where there is nothing to say. */
  values: readonly (number | null)[];
}

/**
 * Columns of stacked values. The numbers are told when a column is pointed at or reached with the arrow keys; the same
 * numbers stand in a table beside every chart.
 */
export function StackedColumns({
  label,
  series,
  columns,
  format = String,
  top,
}: {
  label: string;
  series: readonly Series[];
  columns: readonly Column[];
  format?: (value: number) => string;
  /** The end of the scale; the highest column's where none. */
  top?: number;
}) {
  const [at, setAt] = useState<number | null>(null);
  const sums = columns.map(({ values }) =>
    values.reduce<number>((sum, one) => sum + (one ?? 0), 0),
  );
  const end = top ?? niceEnd(Math.max(0, ...sums));
  const shown = at === null ? undefined : columns[at];
  const move = (step: number) =>
    setAt((old) =>
      Math.max(0, Math.min(columns.length - 1, (old ?? (step > 0 ? -1 : columns.length)) + step)),
    );
  return (
    <figure className="flex flex-col gap-2">
      <figcaption className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-1 text-12 text-muted">
        {series.map((one, index) => (
          <span key={one.label} className="inline-flex items-center gap-1.5">
            <span
              className="size-2.5 shrink-0 rounded-[3px]"
              style={{ background: one.color }}
              aria-hidden
            />
            {one.label}
            {shown ? (
              <span className="tabular font-medium text-ink">
                {valueWords(shown.values[index], format)}
              </span>
            ) : null}
          </span>
        ))}
        <span className="tabular ml-auto" aria-live="polite">
          {shown ? shown.label : ""}
        </span>
      </figcaption>
      <div className="flex gap-2">
        <div
          className="tabular flex w-10 shrink-0 flex-col justify-between text-right text-11 text-faint"
          aria-hidden
        >
          <span>{format(end)}</span>
          <span>{format(end / 2)}</span>
          <span>{format(0)}</span>
        </div>
        {/* It is read with the arrow keys. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <div
          role="img"
          aria-label={`${label}. ${columns.length} columns; arrow keys read them one by one, and the table has the same numbers.`}
          // It is read with the arrow keys.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          className="relative flex h-44 min-w-0 flex-1 items-end gap-px rounded-sm border-b border-line-strong"
          style={{
            backgroundImage:
              "linear-gradient(var(--line) 1px, transparent 1px), linear-gradient(var(--line) 1px, transparent 1px)",
            backgroundSize: "100% 50%",
          }}
          onKeyDown={(event) => {
            const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
            if (!step) return;
            event.preventDefault();
            move(step);
          }}
          onBlur={() => setAt(null)}
          onMouseLeave={() => setAt(null)}
        >
          {columns.map((column, index) => (
            <div
              key={column.label}
              className={cx(
                "flex h-full min-w-0 flex-1 flex-col-reverse items-center",
                at === index && "bg-hover",
              )}
              onMouseEnter={() => setAt(index)}
            >
              {column.values.map((value, which) =>
                value ? (
                  <span
                    key={series[which]?.label ?? which}
                    className="w-full max-w-12"
                    style={{
                      height: `${(value / end) * 100}%`,
                      background: series[which]?.color,
                      boxShadow: "inset 0 1px 0 var(--surface)",
                    }}
                  />
                ) : null,
              )}
            </div>
          ))}
        </div>
      </div>
      <div className="tabular ml-12 flex text-11 text-faint" aria-hidden>
        {columns.map((column) => (
          <span
            key={column.label}
            className="min-w-0 flex-1 overflow-visible text-center whitespace-nowrap"
          >
            {column.short}
          </span>
        ))}
      </div>
    </figure>
  );
}

function valueWords(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? "–" : format(value);
}

/** The end of a scale whose half is a whole number as well. */
export function niceEnd(highest: number): number {
  if (highest <= 2) return 2;
  const unit = 10 ** Math.floor(Math.log10(highest));
  const step = [1, 2, 4, 5, 6, 8, 10].find((one) => one * unit >= highest) ?? 10;
  return step * unit;
}

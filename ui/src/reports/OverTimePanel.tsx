import { useState, type ReactNode } from "react";
import type { Every, Figures, ReadReport, Report } from "@/api/model";
import { Segmented } from "@/parts/Segmented";
import { Select } from "@/parts/Select";
import { StackedColumns, type Series } from "@/parts/charts/StackedColumns";
import { Panel, Scroll, Td, Th } from "./Panel";
import {
  durationWords,
  filled,
  meanRating,
  mostColumns,
  resolved,
  stateSeries,
  stretchWords,
} from "./report-words";

interface Metric {
  label: string;
  series: readonly Series[];
  values: (figures: Figures) => readonly (number | null)[];
  format?: (value: number) => string;
  top?: number;
}

const whole = (value: number) => String(Math.round(value));
const hundredths = (value: number) => `${Math.round(value)}%`;
const rate = (part: number, all: number) => (all === 0 ? null : (part / all) * 100);
const one = (label: string): readonly Series[] => [{ label, color: "var(--chart-accent)" }];

const metrics = {
  states: {
    label: "Conversations by what came of them",
    series: [...stateSeries, { label: "Assistant not involved", color: "var(--chart-faint)" }],
    values: ({ states, conversations, involved }) => [
      ...stateSeries.map(({ key }) => states[key]),
      conversations - involved,
    ],
    format: whole,
  },
  involved: {
    label: "Assistant involved",
    series: one("Assistant involved"),
    values: ({ involved, conversations }) => [rate(involved, conversations)],
    format: hundredths,
    top: 100,
  },
  resolution: {
    label: "Resolution rate",
    series: [stateSeries[0], stateSeries[1]].filter((series) => series !== undefined),
    values: (figures) =>
      figures.involved === 0
        ? [null, null]
        : [
            rate(figures.states.confirmed, figures.involved),
            rate(resolved(figures) - figures.states.confirmed, figures.involved),
          ],
    format: hundredths,
    top: 100,
  },
  passed: {
    label: "Taken over by people",
    series: [{ label: "Taken over by people", color: "var(--chart-amber)" }],
    values: ({ handed_off: passed }) => [passed],
    format: whole,
  },
  runs: {
    label: "Task runs",
    series: [
      { label: "Done", color: "var(--chart-green)" },
      { label: "Ended otherwise", color: "var(--chart-amber)" },
      { label: "Unfinished", color: "var(--chart-grey)" },
    ],
    values: ({ runs }) => [runs.done, runs.started - runs.done - runs.unfinished, runs.unfinished],
    format: whole,
  },
  failures: {
    label: "Failed calls of actions",
    series: [
      { label: "Failed", color: "var(--chart-red)" },
      { label: "Nobody knows", color: "var(--chart-amber)" },
    ],
    values: ({ calls }) => [calls.failed, calls.unresolved],
    format: whole,
  },
  time: {
    label: "Median time to resolution",
    series: one("Median time to resolution"),
    values: ({ time_to_resolution: time }) => [time.median_ms],
    format: durationWords,
  },
  rating: {
    label: "Mean rating",
    series: one("Mean rating"),
    values: (figures) => [meanRating(figures)],
    format: (value) => (Number.isInteger(value) ? String(value) : value.toFixed(1)),
    top: 5,
  },
} satisfies Record<string, Metric>;

type Which = keyof typeof metrics;

/** Figures by when conversations began: as a chart, or the same numbers as a table. */
export function OverTimePanel({
  report,
  args,
  aside,
}: {
  report: Report;
  args: ReadReport;
  aside: ReactNode;
}) {
  const [which, setWhich] = useState<Which>("states");
  const [look, setLook] = useState<"chart" | "table">("chart");
  const metric: Metric = metrics[which];
  const all = filled(report.over_time, args.every);
  const shown = all.slice(-mostColumns);
  return (
    <Panel
      title="Over time"
      definition="over_time"
      report={args}
      table="over_time"
      aside={
        <>
          {aside}
          <Segmented
            label="Shown as"
            value={look}
            onChange={setLook}
            choices={[
              { value: "chart", label: "Chart" },
              { value: "table", label: "Table" },
            ]}
          />
        </>
      }
    >
      <Select<Which>
        label="Figure"
        value={which}
        onChange={setWhich}
        className="mb-2"
        choices={(Object.keys(metrics) as Which[]).map((value) => ({
          value,
          label: metrics[value].label,
        }))}
      />
      {look === "chart" ? (
        <StackedColumns
          label={metric.label}
          series={metric.series}
          {...(metric.format ? { format: metric.format } : {})}
          {...(metric.top ? { top: metric.top } : {})}
          columns={shown.map(({ first, group }, at) => ({
            label: stretchWords(first, args.every),
            short: at % Math.ceil(shown.length / 8) === 0 ? axisWords(first, args.every) : "",
            values: group ? metric.values(group.figures) : metric.series.map(() => null),
          }))}
        />
      ) : (
        <Numbers metric={metric} every={args.every} rows={all} />
      )}
      {look === "chart" && all.length > shown.length ? (
        <p className="mt-2 text-12 text-faint">
          The last {mostColumns} are drawn. The table and the CSV file hold all {all.length}.
        </p>
      ) : null}
    </Panel>
  );
}

function axisWords(first: string, every: Every): string {
  return every === "month"
    ? new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" }).format(
        Date.parse(first),
      )
    : stretchWords(first, "day");
}

function Numbers({
  metric,
  every,
  rows,
}: {
  metric: Metric;
  every: Every;
  rows: ReturnType<typeof filled>;
}) {
  const format = metric.format ?? String;
  return (
    <Scroll label={`${metric.label} over time`} long>
      <table className="w-full border-collapse">
        <caption className="sr-only">{metric.label} over time</caption>
        <thead>
          <tr>
            <Th>From</Th>
            {metric.series.map(({ label }) => (
              <Th key={label} end>
                {label}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ first, group }) => {
            const values = group ? metric.values(group.figures) : metric.series.map(() => null);
            return (
              <tr key={first}>
                <Td>{stretchWords(first, every)}</Td>
                {metric.series.map(({ label }, at) => {
                  const value = values[at];
                  return (
                    <Td key={label} end>
                      {value === null || value === undefined ? "–" : format(value)}
                    </Td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

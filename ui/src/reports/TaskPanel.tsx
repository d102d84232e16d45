import type { OutcomeCounts, ReadReport, Report, TaskFigures } from "@/api/model";
import { ShareBar } from "@/parts/charts/ShareBar";
import { Fold } from "@/parts/Fold";
import { count } from "@/task/words";
import { HowCounted } from "./HowCounted";
import { Panel, Scroll, Td, Th } from "./Panel";
import { outcomeSeries, percent } from "./report-words";

/** Each task: how its runs ended, and after which block customers were lost. */
export function TaskPanel({ report, args }: { report: Report; args: ReadReport }) {
  return (
    <Panel title="Tasks" definition="runs" report={args} table="tasks">
      {report.tasks.length === 0 ? (
        <p className="text-muted">No task ran in these conversations.</p>
      ) : (
        <ul className="flex flex-col gap-1">
          {report.tasks.map((task) => (
            <li key={task.task} className="border-t border-line pt-1 first:border-t-0 first:pt-0">
              <Task task={task} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

const valuesOf = (counts: OutcomeCounts): number[] => [
  counts.done,
  counts.not_possible,
  counts.handed_off,
  counts.cancelled,
  counts.unfinished,
];

function Task({ task }: { task: TaskFigures }) {
  const { outcomes, title } = task;
  return (
    <Fold
      title={
        <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1">
          <span className="min-w-40 flex-1 truncate">{title || "Untitled task"}</span>
          <span className="tabular text-12 font-normal text-muted">
            {count(outcomes.started, "run")}, {percent(outcomes.done, outcomes.started)} done
          </span>
          <span className="w-48">
            <ShareBar label={title} series={outcomeSeries} values={valuesOf(outcomes)} />
          </span>
        </span>
      }
    >
      <div className="flex flex-col gap-3 pt-1 pb-3 pl-5">
        <ul className="tabular flex flex-wrap gap-x-4 gap-y-0.5 text-12 text-muted">
          {outcomeSeries.map(({ label, color }, at) => (
            <li key={label} className="inline-flex items-center gap-1.5">
              <span className="size-2.5 rounded-[3px]" style={{ background: color }} aria-hidden />
              {label} {valuesOf(outcomes)[at]}
            </li>
          ))}
        </ul>
        <Blocks task={task} />
      </div>
    </Fold>
  );
}

function Blocks({ task: { blocks, outcomes, title } }: { task: TaskFigures }) {
  if (blocks.length === 0) return <p className="text-12 text-muted">No run came to a block.</p>;
  return (
    <Scroll label={`How far runs of ${title} came`}>
      <table className="w-full border-collapse">
        <caption className="sr-only">How far runs of {title} came</caption>
        <thead>
          <tr>
            <Th>
              <span className="inline-flex items-center gap-1">
                Block <HowCounted what="blocks" of={`Blocks of ${title}`} />
              </span>
            </Th>
            <Th end>Runs that came here</Th>
            <Th>{""}</Th>
            <Th end>Lost here</Th>
            <Th>Of these</Th>
          </tr>
        </thead>
        <tbody>
          {blocks.map(({ block, name, reached, last }) => {
            const lost = last.started - last.done;
            return (
              <tr key={block}>
                <Td>{name || <span className="text-faint">A block that is gone</span>}</Td>
                <Td end>
                  {reached}{" "}
                  <span className="text-faint">({percent(reached, outcomes.started)})</span>
                </Td>
                <Td>
                  <span aria-hidden className="block h-2.5 w-32 rounded-full bg-hover">
                    <span
                      className="block h-full rounded-full"
                      style={{
                        width: `${(reached / Math.max(1, outcomes.started)) * 100}%`,
                        background: "var(--chart-accent)",
                      }}
                    />
                  </span>
                </Td>
                <Td end>{lost === 0 ? "–" : `${lost} (${percent(lost, reached)})`}</Td>
                <Td>
                  <span className="text-12 text-muted">{lostWords(last)}</span>
                </Td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

function lostWords(last: OutcomeCounts): string {
  return [
    [last.handed_off, "to a person"],
    [last.not_possible, "not possible"],
    [last.cancelled, "cancelled"],
    [last.unfinished, "unfinished"],
  ]
    .filter(([count]) => count !== 0)
    .map(([count, words]) => `${count} ${words}`)
    .join(", ");
}

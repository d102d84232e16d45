import { Ban, CircleCheck } from "lucide-react";
import { useId, useMemo, useState, type ReactNode } from "react";
import type { TriedExample, TriggerStudy } from "@/api/model";
import { Button } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { EmptyState } from "@/parts/EmptyState";
import { useTaskDesk } from "../task-desk";
import { count } from "../words";
import { mixUpRows, wrongTasks, type MixUpRow } from "./mix-ups";
import { outcomeWords, type Titles } from "./outcome-words";
import { TaskTitle } from "./TaskTitle";
import { useMessageMoves } from "./use-message-moves";

/** Tasks up to which the table shows those without a mix-up as well. */
const few = 12;
/** Rows that are added at a time. */
const page = 50;

/** Which cell's messages are shown: by row, and what would happen. */
interface Place {
  row: string;
  column: string;
}

/** Every example of every task, tried as if its task did not have it: whose it is, and what would happen. */
export function MixUps({ study, titles }: { study: TriggerStudy; titles: Titles }) {
  const { task } = useTaskDesk();
  const rows = useMemo(() => mixUpRows(study.tasks, study.examples), [study]);
  const [all, setAll] = useState(false);
  const [most, setMost] = useState(page);
  const [place, setPlace] = useState<Place | null>(null);
  const listId = useId();
  const off = rows.filter((row) => row.off > 0 || row.task.id === task.id);
  const chosen = all || rows.length <= few ? rows : off;
  const shown = chosen.slice(0, most);
  const wrong = wrongTasks(shown);
  const right = rows.reduce((sum, row) => sum + row.right.length, 0);
  const cell = (
    row: MixUpRow,
    column: string,
    label: string,
    examples: readonly TriedExample[],
  ) => (
    <Cell
      key={column}
      label={`${titles(row.task.id)}: ${label}`}
      number={examples.length}
      good={column === "right"}
      open={place?.row === row.task.id && place.column === column}
      controls={listId}
      onOpen={() =>
        setPlace((old) =>
          old?.row === row.task.id && old.column === column ? null : { row: row.task.id, column },
        )
      }
    />
  );
  if (rows.length === 0) {
    return (
      <EmptyState
        className="py-8!"
        icon={<CircleCheck size={18} aria-hidden />}
        title="No examples yet"
      >
        Add example messages under “When to use this task”. Each is tried as if a customer wrote it.
      </EmptyState>
    );
  }
  const open = place ? rows.find((row) => row.task.id === place.row) : undefined;
  return (
    <div className="p-4">
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-12 text-muted">
        <p className="tabular">
          {right} of {count(study.examples.length, "example")} start their own task.
        </p>
        {rows.length > few ? (
          <Button look="link" size="sm" onClick={() => setAll(!all)}>
            {all ? "Only tasks with mix-ups" : `All ${rows.length} tasks`}
          </Button>
        ) : null}
      </div>
      <div className="overflow-x-auto rounded-md border border-line">
        <table className="tabular w-full border-collapse text-12">
          <caption className="sr-only">
            Whose example it is, and what would happen if a customer wrote it
          </caption>
          <thead>
            <tr className="border-b border-line text-left text-muted">
              <Head className="min-w-40">Examples of</Head>
              <Head>Start their own task</Head>
              {wrong.map((id) => (
                <Head key={id} className="max-w-36 min-w-24">
                  Start “{titles(id)}”
                </Head>
              ))}
              <Head>Are asked about</Head>
              <Head>Start nothing</Head>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {shown.map((row) => (
              <tr key={row.task.id}>
                <th
                  scope="row"
                  className={cx(
                    "px-3 py-1.5 text-left align-middle",
                    row.task.id === task.id ? "font-semibold" : "font-normal",
                  )}
                >
                  <TaskTitle id={row.task.id} titles={titles} />
                </th>
                {cell(row, "right", "start their own task", row.right)}
                {wrong.map((id) => cell(row, id, `start “${titles(id)}”`, row.wrong.get(id) ?? []))}
                {cell(row, "asked", "are asked about", row.asked)}
                {cell(row, "nothing", "start nothing", row.nothing)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {chosen.length > shown.length ? (
        <Button size="sm" className="mt-2" onClick={() => setMost(most + page)}>
          Show {Math.min(page, chosen.length - shown.length)} more
        </Button>
      ) : null}
      <div id={listId} role="status">
        {open && place ? <Messages row={open} column={place.column} titles={titles} /> : null}
      </div>
    </div>
  );
}

function Head({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <th scope="col" className={cx("px-3 py-1.5 align-bottom font-medium", className)}>
      {children}
    </th>
  );
}

function Cell({
  label,
  number,
  good,
  open,
  controls,
  onOpen,
}: {
  label: string;
  number: number;
  good: boolean;
  open: boolean;
  controls: string;
  onOpen: () => void;
}) {
  return (
    <td className="p-1">
      {number === 0 ? (
        <span className="px-2 text-faint">
          <span aria-hidden>·</span>
          <span className="sr-only">0</span>
        </span>
      ) : (
        <button
          type="button"
          aria-label={`${label}: ${count(number, "message")}`}
          aria-expanded={open}
          aria-controls={controls}
          onClick={onOpen}
          className={cx(
            "h-6 min-w-10 rounded-sm border px-2 text-left font-medium",
            good
              ? "border-transparent text-green hover:bg-hover"
              : "border-amber-line bg-amber-surface text-amber",
            open && "outline-2 outline-accent",
          )}
        >
          {number}
        </button>
      )}
    </td>
  );
}

function Messages({ row, column, titles }: { row: MixUpRow; column: string; titles: Titles }) {
  const { task } = useTaskDesk();
  const { addCounter } = useMessageMoves();
  const examples =
    column === "right"
      ? row.right
      : column === "asked"
        ? row.asked
        : column === "nothing"
          ? row.nothing
          : (row.wrong.get(column) ?? []);
  const mine = row.task.id === task.id;
  if (examples.length === 0) return null;
  return (
    <section aria-label={`Messages of ${titles(row.task.id)}`} className="mt-3">
      <h3 className="text-12 font-medium text-muted">Messages of “{titles(row.task.id)}”</h3>
      <ul className="divide-y divide-line">
        {examples.map((example) => (
          <li key={example.text} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
            <div className="min-w-48 flex-1">
              <p className="line-clamp-3 wrap-anywhere">“{example.text}”</p>
              {column === "right" ? null : (
                <p className="text-12 text-faint">
                  {outcomeWords(example.outcome, titles, task.id)}
                </p>
              )}
            </div>
            {!mine && column === task.id && !task.counter_examples.includes(example.text) ? (
              <Button
                size="sm"
                icon={<Ban size={12} aria-hidden />}
                onClick={() => addCounter(example.text)}
              >
                Should not start it
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

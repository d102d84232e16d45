import { ArrowRight, Ban, Plus } from "lucide-react";
import { call } from "@/api/client";
import type { Candidate, Task, TriedMessage } from "@/api/model";
import { Badge } from "@/parts/Badge";
import { Button } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { TextArea } from "@/parts/Field";
import { Fold } from "@/parts/Fold";
import { useSlow } from "@/parts/Skeleton";
import { useTaskDesk } from "../task-desk";
import { count } from "../words";
import { outcomeLabel, outcomeWords, scoreWords, type Titles } from "./outcome-words";
import { useLatest } from "./use-latest";
import { useMessageMoves } from "./use-message-moves";

/** The most that the program tries at once. */
const most = 500;
/** Candidates shown; who comes after them is far behind. */
const candidatesShown = 5;

/** A message, or many, one a line: which task would start, and why. */
export function TryMessages({
  before,
  chosenBy,
  titles,
  text,
  onText,
  autoFocus,
}: {
  before: Task;
  chosenBy: string;
  titles: Titles;
  text: string;
  onText: (text: string) => void;
  autoFocus: boolean;
}) {
  const { task } = useTaskDesk();
  const messages = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const key = messages.length > 0 ? `${chosenBy}\n${messages.join("\n")}` : null;
  const { result, failure, waiting, retry } = useLatest(key, () =>
    call("try_messages", { task, before, messages: messages.slice(0, most) }),
  );
  const slow = useSlow(waiting, 400);
  const tried = key === null ? [] : (result?.messages ?? []);
  const [only] = tried;
  return (
    <div className="flex flex-col gap-3 p-4">
      <TextArea
        autoFocus={autoFocus}
        minRows={1}
        aria-label="Messages to try, one a line"
        placeholder="Type a message as a customer would, or paste many, one a line"
        value={text}
        onChange={(event) => onText(event.target.value)}
        className="max-h-24 overflow-y-auto!"
      />
      {messages.length > most ? (
        <p className="text-12 text-amber">
          The first {most} of {messages.length} lines are tried.
        </p>
      ) : null}
      {failure && key !== null ? (
        <div role="alert" className="flex flex-wrap items-center gap-3">
          <p className="text-red">{failure.message}</p>
          <Button onClick={retry}>Try again</Button>
        </div>
      ) : null}
      <div aria-live="polite" aria-busy={waiting} className={cx(slow && "opacity-60")}>
        {slow && tried.length === 0 ? (
          <p className="text-12 text-muted">Getting the tasks ready…</p>
        ) : null}
        {tried.length === 1 && only ? <One tried={only} titles={titles} /> : null}
        {tried.length > 1 ? <Many tried={tried} titles={titles} /> : null}
        {key === null ? (
          <p className="text-12 text-faint">
            You see which task would start, what else came close, and the words that counted.
          </p>
        ) : null}
      </div>
    </div>
  );
}

function Many({ tried, titles }: { tried: readonly TriedMessage[]; titles: Titles }) {
  const { task } = useTaskDesk();
  const counts = new Map<string, number>();
  for (const { outcome } of tried) {
    const { label } = outcomeLabel(outcome, task.id);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return (
    <>
      <p className="tabular text-12 text-muted">
        {count(tried.length, "message")}:{" "}
        {[...counts].map(([label, number]) => `${number} × ${label.toLowerCase()}`).join(", ")}
      </p>
      <ul className="mt-1 divide-y divide-line">
        {tried.map((one, at) => {
          const { label, tone } = outcomeLabel(one.outcome, task.id);
          return (
            // The same message may be pasted twice; its place tells it apart.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={at} className="py-1">
              <Fold
                title={<span className="truncate font-normal">{one.message}</span>}
                aside={
                  <Badge tone={tone}>
                    {one.outcome.type === "starts" && one.outcome.task !== task.id ? (
                      <span className="max-w-44 truncate narrow:max-w-28">
                        Starts “{titles(one.outcome.task)}”
                      </span>
                    ) : (
                      label
                    )}
                  </Badge>
                }
              >
                <div className="py-2 pl-5">
                  <One tried={one} titles={titles} />
                </div>
              </Fold>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function One({ tried, titles }: { tried: TriedMessage; titles: Titles }) {
  const { task } = useTaskDesk();
  const { addExample, addCounter } = useMessageMoves();
  const { message, outcome, before, ranking, words } = tried;
  const involved =
    (outcome.type === "starts" && outcome.task === task.id) ||
    (outcome.type === "asks" && outcome.between.includes(task.id));
  const starts = outcome.type === "starts" && outcome.task === task.id;
  return (
    <div className="flex flex-col gap-2.5">
      <div>
        <p className="text-15 font-semibold">{outcomeWords(outcome, titles, task.id)}</p>
        <p className="text-12 text-muted">{ranking.reason}</p>
        {before ? (
          <p className="mt-1 flex flex-wrap items-center gap-1 text-12 text-blue">
            Before your edit: {outcomeWords(before, titles, task.id)}
            <ArrowRight size={12} aria-hidden />
            now: {outcomeWords(outcome, titles, task.id)}
          </p>
        ) : null}
      </div>
      {ranking.candidates.length > 0 ? (
        <Candidates
          candidates={ranking.candidates.slice(0, candidatesShown)}
          threshold={ranking.threshold}
          here={task.id}
        />
      ) : null}
      {words.length > 0 ? (
        <p className="flex flex-wrap items-center gap-1.5 text-12 text-muted">
          Words that counted
          {words.map(({ word, weight }) => (
            <span key={word} className="rounded-md bg-hover px-1.5 py-0.5 text-ink">
              {word} <span className="tabular text-faint">{scoreWords(weight)}</span>
            </span>
          ))}
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {!starts && !task.examples.includes(message) ? (
          <Button
            size="sm"
            icon={<Plus size={12} aria-hidden />}
            onClick={() => addExample(message)}
          >
            Add as an example
          </Button>
        ) : null}
        {involved && !task.counter_examples.includes(message) ? (
          <Button
            size="sm"
            icon={<Ban size={12} aria-hidden />}
            onClick={() => addCounter(message)}
          >
            Should not start it
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function Candidates({
  candidates,
  threshold,
  here,
}: {
  candidates: readonly Candidate[];
  threshold: number;
  here: string;
}) {
  return (
    <div>
      <ol aria-label="Tasks that came close" className="flex flex-col gap-1.5">
        {candidates.map((candidate) => (
          <li
            key={candidate.task}
            className="grid grid-cols-[minmax(0,14rem)_minmax(0,1fr)_3rem] items-center gap-2"
          >
            <span className={cx("truncate", candidate.task === here && "font-semibold")}>
              {candidate.title || "Untitled task"}
            </span>
            <span aria-hidden className="relative h-2 rounded-full bg-hover">
              <span
                className={cx(
                  "absolute inset-y-0 left-0 rounded-full",
                  candidate.score >= threshold ? "bg-accent" : "bg-control-line",
                )}
                style={{ width: `${candidate.score / 10}%` }}
              />
              <span
                className="absolute -inset-y-1 w-px bg-ink"
                style={{ left: `${threshold / 10}%` }}
              />
            </span>
            <span className="tabular text-right text-12 text-muted">
              {scoreWords(candidate.score)}
            </span>
          </li>
        ))}
      </ol>
      <p className="mt-1 text-12 text-faint">A task starts from {scoreWords(threshold)} on.</p>
    </div>
  );
}

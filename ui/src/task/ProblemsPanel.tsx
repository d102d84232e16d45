import { ChevronDown, ChevronUp, CircleAlert, CircleCheck, Lightbulb } from "lucide-react";
import type { Problem } from "@/api/model";
import { Button } from "@/parts/Button";
import { Kbd } from "@/parts/Kbd";
import { blockTitle } from "./block-kinds";
import { findBlock } from "./block-tree";
import { useTaskDesk } from "./task-desk";
import { count } from "./words";

/** Everything that is wrong, counted quietly and listed in order, each with its mend. */
export function ProblemsPanel({ open, onToggle }: { open: boolean; onToggle: () => void }) {
  const { view } = useTaskDesk();
  const { problems } = view;
  return (
    <section aria-label="Problems" className="shrink-0 border-t border-line bg-surface">
      <button
        type="button"
        aria-expanded={open}
        onClick={onToggle}
        className="inset-focus flex h-9 w-full items-center gap-2 px-4 text-12 text-muted hover:text-ink"
      >
        {problems.length === 0 ? (
          <CircleCheck size={14} className="text-green" aria-hidden />
        ) : (
          <CircleAlert size={14} className="text-amber" aria-hidden />
        )}
        <span className="font-medium">
          {problems.length === 0 ? "No problems" : count(problems.length, "problem")}
        </span>
        <Sentences />
        <span className="flex-1" />
        {problems.length > 0 ? (
          <span className="flex items-center gap-1.5 text-faint">
            Next <Kbd keys="F8" />
          </span>
        ) : null}
        {open ? <ChevronDown size={14} aria-hidden /> : <ChevronUp size={14} aria-hidden />}
      </button>
      {open ? (
        <ul className="max-h-64 overflow-y-auto border-t border-line">
          {problems.map((problem, at) => (
            // Two problems may be alike in everything but their place in the list.
            // oxlint-disable-next-line react/no-array-index-key
            <ProblemRow key={`${problem.code}-${at}`} problem={problem} />
          ))}
          {problems.length === 0 ? (
            <li className="px-4 py-3 text-13 text-muted">
              Nothing stands in the way of publishing.
            </li>
          ) : null}
        </ul>
      ) : null}
    </section>
  );
}

/** "14 of 16 sentences run; 2 need you" */
function Sentences() {
  const { view } = useTaskDesk();
  const all = Object.values(view.readings).flatMap((reading) => reading?.sentences ?? []);
  const unclear = all.filter((sentence) => sentence.meaning.kind === "unclear").length;
  if (all.length === 0) return null;
  return (
    <span className="tabular text-faint">
      {all.length - unclear} of {count(all.length, "sentence")} run
      {unclear > 0 ? `; ${unclear} ${unclear === 1 ? "needs" : "need"} you` : ""}
    </span>
  );
}

function ProblemRow({ problem }: { problem: Problem }) {
  const { task, select, mend } = useTaskDesk();
  const block = problem.place.block ? findBlock(task, problem.place.block)?.block : undefined;
  const Icon = problem.severity === "blocks" ? CircleAlert : Lightbulb;
  return (
    <li className="flex items-start gap-2.5 border-b border-line px-4 py-2 last:border-0 hover:bg-subtle">
      <Icon
        size={15}
        className={
          problem.severity === "blocks" ? "mt-0.5 shrink-0 text-amber" : "mt-0.5 shrink-0 text-blue"
        }
        aria-label={problem.severity === "blocks" ? "Stops publishing" : "Could be better"}
      />
      <button
        type="button"
        onClick={() => select(problem.place.block ?? undefined, problem.place.span ?? undefined)}
        className="min-w-0 flex-1 rounded-sm text-left"
      >
        <span className="block">{problem.message}</span>
        <span className="block text-12 text-faint">
          {block ? blockTitle(block) : "This task"}
          {problem.severity === "blocks" ? "" : " · could be better"}
        </span>
      </button>
      <span className="flex flex-wrap justify-end gap-1">
        {problem.remedies.slice(0, 3).map((remedy, at) => (
          <Button key={remedy.label} size="sm" onClick={() => mend(problem, at)}>
            {remedy.label}
          </Button>
        ))}
      </span>
    </li>
  );
}

import {
  BookOpenText,
  ChevronDown,
  ChevronUp,
  CircleAlert,
  CircleCheck,
  Lightbulb,
  ListTree,
} from "lucide-react";
import type { Problem } from "@/api/model";
import { Button } from "@/parts/Button";
import { Kbd } from "@/parts/Kbd";
import { blockTitle } from "./block-kinds";
import { findBlock } from "./block-tree";
import { ProblemMends } from "./ProblemMends";
import { bySeverity, problemWords } from "./problem-words";
import { isFollowed } from "./sentence-kinds";
import { useTaskDesk } from "./task-desk";
import { count } from "./words";

/**
 * The foot of the page: two other ways to look at the task, and everything that is wrong, counted
 * quietly and listed in order, each with its mend.
 */
export function ProblemsPanel({
  open,
  onToggle,
  outline,
  onOutline,
  onExplain,
}: {
  open: boolean;
  onToggle: () => void;
  outline: boolean;
  onOutline: () => void;
  onExplain: () => void;
}) {
  const { view } = useTaskDesk();
  const { problems } = view;
  const { blocking, hints } = bySeverity(problems);
  return (
    <section aria-label="Problems" className="shrink-0 border-t border-line bg-surface">
      <div className="flex items-center gap-1 pl-2">
        <Button
          look="quiet"
          size="sm"
          pressed={outline}
          icon={<ListTree size={13} aria-hidden />}
          onClick={onOutline}
        >
          Outline
        </Button>
        <Button
          look="quiet"
          size="sm"
          icon={<BookOpenText size={13} aria-hidden />}
          onClick={onExplain}
        >
          Explain
        </Button>
        <span aria-hidden className="ml-1 h-4 w-px bg-line" />
        <button
          type="button"
          aria-expanded={open}
          onClick={onToggle}
          className="inset-focus flex h-9 min-w-0 flex-1 items-center gap-2 pr-4 pl-3 text-12 text-muted hover:text-ink"
        >
          {blocking === 0 ? (
            <CircleCheck size={14} className="shrink-0 text-green" aria-hidden />
          ) : (
            <CircleAlert size={14} className="shrink-0 text-amber" aria-hidden />
          )}
          <span className="font-medium whitespace-nowrap">
            {blocking === 0 ? "No problems" : count(blocking, "problem")}
          </span>
          {hints > 0 ? (
            <span className="tabular whitespace-nowrap">{hints} could be better</span>
          ) : null}
          <Sentences />
          <span className="flex-1" />
          {problems.length > 0 ? (
            <span className="flex items-center gap-1.5 text-faint max-[560px]:hidden">
              Next <Kbd keys="F8" />
            </span>
          ) : null}
          {open ? <ChevronDown size={14} aria-hidden /> : <ChevronUp size={14} aria-hidden />}
        </button>
      </div>
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
  const unclear = all.filter((sentence) => !isFollowed(sentence)).length;
  if (all.length === 0) return null;
  return (
    <span className="tabular truncate text-faint max-[560px]:hidden">
      {all.length - unclear} of {count(all.length, "sentence")} run
      {unclear > 0 ? `; ${unclear} ${unclear === 1 ? "needs" : "need"} you` : ""}
    </span>
  );
}

function ProblemRow({ problem }: { problem: Problem }) {
  const { task, select, catalogue } = useTaskDesk();
  const action = catalogue.actions.find(({ id }) => id === problem.place.action);
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
        <span className="block">{problemWords(problem)}</span>
        <span className="block text-12 text-faint">
          {block ? blockTitle(block) : action ? action.name || "Untitled action" : "This task"}
          {problem.severity === "blocks" ? "" : " · could be better"}
        </span>
      </button>
      <span className="flex flex-wrap justify-end gap-1">
        <ProblemMends problem={problem} />
      </span>
    </li>
  );
}

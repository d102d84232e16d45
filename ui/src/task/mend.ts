import { call, queries } from "@/api/client";
import { sliceCodePoints } from "@/api/code-points";
import type { Editing } from "@/api/editing";
import { unitsAt } from "@/api/code-points";
import type { Block, Problem } from "@/api/model";
import { tellProblem } from "@/frame/problem-toast";
import { notify } from "@/parts/toast";
import { newAttribute } from "./attribute-moves";
import { changeBlock } from "./block-tree";
import type { TaskDesk } from "./task-desk";

/** Does what the remedy of a problem promises. Everything it does can be undone. */
export function mendProblem(
  problem: Problem,
  at: number,
  { change, select, editing }: Pick<TaskDesk, "change" | "select" | "editing">,
): void {
  const remedy = problem.remedies[at];
  if (!remedy) return;
  const { fix, label } = remedy;
  switch (fix.type) {
    case "replace": {
      const { block } = problem.place;
      if (!block) return;
      change(
        (task) =>
          changeBlock(
            task,
            block,
            (old) => ({ ...old, ...replaced(old, fix.span, fix.text) }) as Block,
          ),
        { label, apart: true },
      );
      return;
    }
    case "add_attribute":
      change(
        (task) => ({
          ...task,
          attributes: [...task.attributes, newAttribute(fix.name, fix.key, fix.kind)],
        }),
        { label, apart: true },
      );
      return;
    case "add_action":
      make(
        call("create_action", { name: fix.name }),
        `Made the action “${fix.name}”`,
        "It needs one sample answer before it can run in the preview.",
      );
      return;
    case "add_team":
      make(call("create_team", { name: fix.name }), `Made the team “${fix.name}”`);
      return;
    case "rename_answer":
      renameAnswer(editing, editing.current().doc.id, fix);
      return;
    case "open":
      select(fix.place.block ?? undefined, fix.place.span ?? undefined);
  }
}

/** Gives the answer of an action another name wherever it is written, as a step of what is open. */
export function renameAnswer<View, Doc extends object>(
  editing: Editing<View, Doc>,
  document: string,
  { action, to }: { action: string; to: string },
): void {
  editing
    .flush()
    .then(() => call("rename_answer", { document, action, to }))
    .then(() => editing.refresh())
    .catch((thrown: unknown) => tellProblem(thrown, "The answer could not be renamed"));
}

function replaced(block: Block, span: { start: number; end: number }, text: string): object {
  if (!("text" in block)) return {};
  const from = unitsAt(block.text, span.start);
  const removed = sliceCodePoints(block.text, span.start, span.end);
  return { text: block.text.slice(0, from) + text + block.text.slice(from + removed.length) };
}

function make(done: Promise<unknown>, title: string, description?: string): void {
  done
    .then(() => queries.invalidateQueries())
    .then(() => notify({ title, description }))
    .catch((thrown: unknown) => tellProblem(thrown));
}

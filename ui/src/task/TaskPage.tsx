import { TextQuote } from "lucide-react";
import { useDeferredValue, useEffect, useState } from "react";
import { TextArea } from "@/parts/Field";
import { useShortcuts } from "@/parts/shortcuts";
import { Button } from "@/parts/Button";
import { AddBlock, focusBlock } from "./AddBlock";
import { AttributeSection } from "./AttributeSection";
import { BlockList } from "./BlockList";
import { findBlock, insertBlock, moveBlock, topList } from "./block-tree";
import { makeBlock } from "./block-kinds";
import { DescriptionCard } from "./DescriptionCard";
import { useTaskDesk } from "./task-desk";
import { EmptyState } from "@/parts/EmptyState";
import { WorkflowCard } from "@/workflow/WorkflowCard";
import { isWorkflow } from "./workflow-ids";

/** The middle of the editor: a page to write on. */
export function TaskPage() {
  const { task, change, selected, select } = useTaskDesk();
  const workflow = isWorkflow(task.id);
  const [adding, setAdding] = useState(false);
  // Each block brings its own editor: the first is on screen at once, the others a moment later.
  const whole = useDeferredValue(true, false);
  const block = selected.block;
  const found = block ? findBlock(task, block) : undefined;
  const move = (step: 1 | -1) => {
    if (!found) return;
    change((task) => moveBlock(task, found.block.id, step), {
      label: "Moved a block",
      apart: true,
    });
  };
  useShortcuts({
    "/": () => setAdding(true),
    "Alt+Up": found ? () => move(-1) : undefined,
    "Alt+Down": found ? () => move(1) : undefined,
  });
  const sentence = selected.span !== undefined;
  useEffect(() => {
    // A sentence is shown by its block.
    if (!block || sentence) return;
    const element = document.getElementById(`place-${block}`);
    const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
    element?.scrollIntoView({ block: "nearest", behavior: reduced ? "auto" : "smooth" });
  }, [block, sentence, whole]);
  const startWriting = () => {
    const block = makeBlock("instructions");
    change((task) => insertBlock(task, topList, 0, block), { label: "Added a block", apart: true });
    select(block.id);
    focusBlock(block.id);
  };
  // A new block goes below the selected one, so that writing flows downwards.
  const place = found?.place ?? topList;
  const at = found ? found.at + 1 : task.blocks.length;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto" id="task-page">
      <div className="mx-auto flex max-w-[860px] flex-col gap-4 px-6 pt-6 pb-24 narrow:px-3 narrow:pt-4">
        <TextArea
          bare
          minRows={1}
          aria-label="Title"
          autoFocus={task.title === "" && task.blocks.length === 0}
          placeholder={workflow ? "Untitled workflow" : "Untitled task"}
          value={task.title}
          onChange={(event) => {
            const title = event.target.value.replaceAll("\n", " ");
            change((task) => ({ ...task, title }));
          }}
          className="px-1 text-24 leading-8! font-semibold tracking-[-0.015em]"
        />
        {workflow ? <WorkflowCard /> : <DescriptionCard />}
        {task.blocks.length === 0 ? (
          <EmptyState
            className="py-8!"
            title="What should happen?"
            action={
              <>
                <Button
                  look="secondary"
                  icon={<TextQuote size={14} aria-hidden />}
                  onClick={startWriting}
                >
                  Write instructions
                </Button>
                <AddBlock place={topList} at={0} label="Another block" />
              </>
            }
          >
            {workflow
              ? "Greet the customer, let the assistant answer, then ask for a rating."
              : "Write it as you would explain it to a new colleague."}
          </EmptyState>
        ) : (
          <BlockList
            blocks={whole ? task.blocks : task.blocks.slice(0, 1)}
            place={topList}
            depth={0}
          />
        )}
        {task.blocks.length > 0 ? (
          <div>
            <AddBlock place={place} at={at} open={adding} onOpenChange={setAdding} />
          </div>
        ) : null}
        {whole ? <AttributeSection /> : null}
      </div>
    </div>
  );
}

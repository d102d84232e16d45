import { Plus } from "lucide-react";
import { useState } from "react";
import type { Block } from "@/api/model";
import { Button } from "@/parts/Button";
import { Menu } from "@/parts/Menu";
import { blockKinds, makeBlock, type BlockType } from "./block-kinds";
import { insertBlock, type ListPlace } from "./block-tree";
import { freeKey } from "./attribute-moves";
import { useTaskDesk } from "./task-desk";
import { isWorkflow } from "./workflow-ids";

/** The list of block kinds; the chosen one is put into `place` and selected. */
export function AddBlock({
  place,
  at,
  quiet,
  label = "Add block",
  open,
  onOpenChange,
}: {
  place: ListPlace;
  at: number;
  quiet?: boolean;
  label?: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}) {
  const { task, change, select, catalogue } = useTaskDesk();
  const [own, setOwn] = useState(false);
  const add = (type: BlockType) => {
    const block = named(
      isWorkflow(task.id) ? madeForWorkflow(type) : makeBlock(type),
      catalogue.webhooks.map((webhook) => webhook.key),
    );
    change((task) => insertBlock(task, place, at, block), { label: "Added a block", apart: true });
    select(block.id);
    focusBlock(block.id);
  };
  return (
    <Menu
      open={open ?? own}
      onOpenChange={onOpenChange ?? setOwn}
      trigger={
        <Button
          look={quiet ? "quiet" : "secondary"}
          size={quiet ? "sm" : "md"}
          icon={<Plus size={14} aria-hidden />}
          className={quiet ? "w-full justify-start!" : ""}
        >
          {label}
        </Button>
      }
      entries={blockKinds.map(({ type, label, about, Icon }) => ({
        label,
        hint: about,
        icon: <Icon size={15} />,
        onSelect: () => add(type),
      }))}
    />
  );
}

/** In a workflow the follow-up question comes after each answer, with *That helped* below it. */
function madeForWorkflow(type: BlockType): Block {
  const block = makeBlock(type);
  return block.type === "let_assistant_answer"
    ? { ...block, idle: { count: 10, unit: "minutes" }, follow_up: "Did that help?" }
    : block;
}

/** Waits for webhooks are told apart by their key. */
function named(block: Block, taken: readonly string[]): Block {
  return block.type === "wait_for_webhook" ? { ...block, key: freeKey(block.key, taken) } : block;
}

/** Puts the caret where one would write first in a new block. */
export function focusBlock(id: string): void {
  // The menu gives focus back to its trigger first; the block takes it after that.
  setTimeout(() => {
    document
      .querySelector<HTMLElement>(
        `#place-${id} .block-body :is([contenteditable="true"], textarea, input, button)`,
      )
      ?.focus();
  }, 60);
}

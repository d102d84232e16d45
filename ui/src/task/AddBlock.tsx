import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/parts/Button";
import { Menu } from "@/parts/Menu";
import { blockKinds, makeBlock, type BlockType } from "./block-kinds";
import { insertBlock, type ListPlace } from "./block-tree";
import { useTaskDesk } from "./task-desk";

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
  const { change, select } = useTaskDesk();
  const [own, setOwn] = useState(false);
  const add = (type: BlockType) => {
    const block = makeBlock(type);
    change((task) => insertBlock(task, place, at, block), { label: "Added a block", apart: true });
    select(block.id);
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

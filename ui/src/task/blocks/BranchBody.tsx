import { Plus, X } from "lucide-react";
import type { BranchArm } from "@/api/model";
import { Button, IconButton } from "@/parts/Button";
import { ConditionField } from "../ConditionField";
import { newId } from "../new-id";
import { useTaskDesk } from "../task-desk";
import type { BlockOf } from "./block-of";
import { Way } from "./Way";

export function BranchBody({ block, depth }: { block: BlockOf<"branch">; depth: number }) {
  const { changeBlock } = useTaskDesk();
  const set = (arms: BranchArm[], apart = true) => changeBlock(block.id, { arms }, { apart });
  const change = (id: string, next: Partial<BranchArm>, apart = false) =>
    set(
      block.arms.map((arm) => (arm.id === id ? { ...arm, ...next } : arm)),
      apart,
    );
  return (
    <div className="flex flex-col gap-3">
      {block.arms.map((arm, at) => (
        <Way
          key={arm.id}
          owner={block.id}
          slot={arm.id}
          blocks={arm.blocks}
          depth={depth}
          head={
            <div className="flex w-full flex-col gap-2">
              <div className="flex items-center gap-2">
                <span className="text-12 font-medium text-pill-field">
                  {at === 0 ? "If" : "Or else if"}
                </span>
                <input
                  aria-label={`Name of way ${at + 1}`}
                  placeholder={`Way ${at + 1}`}
                  value={arm.name ?? ""}
                  onChange={(event) => change(arm.id, { name: event.target.value })}
                  className="h-6.5 min-w-0 flex-1 rounded-sm bg-transparent px-1 font-medium"
                />
                <IconButton
                  label={`Remove way ${at + 1}`}
                  size="sm"
                  disabled={block.arms.length < 2}
                  onClick={() => set(block.arms.filter((other) => other.id !== arm.id))}
                >
                  <X size={14} />
                </IconButton>
              </div>
              <ConditionField
                condition={arm.condition ?? null}
                onChange={(condition) => change(arm.id, { condition })}
              />
            </div>
          }
        />
      ))}
      <div>
        <Button
          look="quiet"
          size="sm"
          icon={<Plus size={14} aria-hidden />}
          onClick={() => set([...block.arms, { id: newId("option"), condition: null, blocks: [] }])}
        >
          Add another way
        </Button>
      </div>
      <Way
        owner={block.id}
        slot="otherwise"
        blocks={block.otherwise}
        depth={depth}
        head={<span className="text-12 font-medium text-pill-field">Otherwise</span>}
      />
    </div>
  );
}

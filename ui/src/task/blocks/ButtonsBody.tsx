import { Plus, X } from "lucide-react";
import type { ButtonOption } from "@/api/model";
import { Button, IconButton } from "@/parts/Button";
import { Input } from "@/parts/Field";
import { newId } from "../new-id";
import { useTaskDesk } from "../task-desk";
import { TemplateInput } from "../TemplateInput";
import type { BlockOf } from "./block-of";
import { Way } from "./Way";

export function ButtonsBody({ block, depth }: { block: BlockOf<"buttons">; depth: number }) {
  const { changeBlock } = useTaskDesk();
  const set = (options: ButtonOption[], apart = true) =>
    changeBlock(block.id, { options }, { apart });
  return (
    <div className="flex flex-col gap-3">
      <TemplateInput
        label="Said above the buttons"
        placeholder="Said above the buttons"
        value={block.text}
        onChange={(text) => changeBlock(block.id, { text })}
      />
      {block.options.map((option, at) => (
        <Way
          key={option.id}
          owner={block.id}
          slot={option.id}
          blocks={option.blocks}
          depth={depth}
          head={
            <>
              <Input
                aria-label={`Button ${at + 1}`}
                placeholder="What the button says"
                value={option.label}
                onChange={(event) =>
                  set(
                    block.options.map((other) =>
                      other.id === option.id ? { ...other, label: event.target.value } : other,
                    ),
                    false,
                  )
                }
                className="w-60! font-medium"
              />
              <span className="flex-1" />
              <IconButton
                label={`Remove the button ${option.label}`}
                size="sm"
                disabled={block.options.length < 2}
                onClick={() => set(block.options.filter((other) => other.id !== option.id))}
              >
                <X size={14} />
              </IconButton>
            </>
          }
        />
      ))}
      <div>
        <Button
          look="quiet"
          size="sm"
          icon={<Plus size={14} aria-hidden />}
          onClick={() => set([...block.options, { id: newId("option"), label: "", blocks: [] }])}
        >
          Add button
        </Button>
      </div>
    </div>
  );
}

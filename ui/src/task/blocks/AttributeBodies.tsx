import { ArrowDown, ArrowUp, Tag, X } from "lucide-react";
import { IconButton } from "@/parts/Button";
import { ReferenceSelect } from "../ReferenceSelect";
import { useTaskDesk } from "../task-desk";
import { TemplateInput } from "../TemplateInput";
import { keyInWords, typeWords } from "../words";
import type { BlockOf } from "./block-of";

export function CollectBody({ block }: { block: BlockOf<"collect_attribute"> }) {
  const { changeBlock, catalogue } = useTaskDesk();
  const set = (attributes: string[]) => changeBlock(block.id, { attributes }, { apart: true });
  const swap = (at: number, step: 1 | -1) => {
    const next = [...block.attributes];
    const [moved] = next.splice(at, 1);
    if (moved !== undefined) next.splice(at + step, 0, moved);
    set(next);
  };
  return (
    <div className="flex flex-col gap-2">
      <ol className="flex flex-col gap-1">
        {block.attributes.map((key, at) => {
          const attribute = catalogue.attributes.find((one) => one.key === key);
          return (
            <li key={key} className="flex h-8 items-center gap-2 rounded-md bg-subtle pr-1 pl-2.5">
              <Tag size={13} className="text-pill-attribute" aria-hidden />
              <span className="min-w-0 flex-1 truncate">{attribute?.name || keyInWords(key)}</span>
              <span className="text-12 text-faint">
                {attribute ? typeWords[attribute.kind.type] : "No longer exists"}
              </span>
              <IconButton
                label="Earlier"
                size="sm"
                disabled={at === 0}
                onClick={() => swap(at, -1)}
              >
                <ArrowUp size={13} />
              </IconButton>
              <IconButton
                label="Later"
                size="sm"
                disabled={at === block.attributes.length - 1}
                onClick={() => swap(at, 1)}
              >
                <ArrowDown size={13} />
              </IconButton>
              <IconButton
                label={`Do not ask for ${attribute?.name ?? key}`}
                size="sm"
                onClick={() => set(block.attributes.filter((other) => other !== key))}
              >
                <X size={13} />
              </IconButton>
            </li>
          );
        })}
      </ol>
      <ReferenceSelect
        only="attributes"
        label="Ask for"
        placeholder="Ask for…"
        value=""
        onChange={(key) => {
          if (!block.attributes.includes(key)) set([...block.attributes, key]);
        }}
        className="w-64"
      />
    </div>
  );
}

export function SetBody({ block }: { block: BlockOf<"set_attribute"> }) {
  const { changeBlock } = useTaskDesk();
  return (
    <div className="flex flex-wrap items-start gap-2">
      <ReferenceSelect
        only="attributes"
        label="Attribute to set"
        value={block.attribute}
        onChange={(attribute) => changeBlock(block.id, { attribute }, { apart: true })}
        className="w-52"
      />
      <span className="leading-7.5 text-muted">to</span>
      <div className="min-w-48 flex-1">
        <TemplateInput
          single
          label="New value"
          placeholder="A value, or @ for another one"
          value={block.value}
          onChange={(value) => changeBlock(block.id, { value })}
        />
      </div>
    </div>
  );
}

import { Field } from "@/parts/Field";
import { TeamSelect } from "../TeamSelect";
import { useTaskDesk } from "../task-desk";
import { TemplateInput } from "../TemplateInput";
import type { BlockOf } from "./block-of";

export function HandOffBody({ block }: { block: BlockOf<"hand_off"> }) {
  const { changeBlock, catalogue } = useTaskDesk();
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-muted">Pass to</span>
        <TeamSelect
          teams={catalogue.teams}
          value={block.team}
          onChange={(team) => changeBlock(block.id, { team }, { apart: true })}
        />
      </div>
      <Field label="Said to the customer" optional>
        {() => (
          <TemplateInput
            label="Said to the customer"
            placeholder="The team’s own words"
            value={block.words}
            onChange={(words) => changeBlock(block.id, { words })}
          />
        )}
      </Field>
      <Field label="Note for the team" optional hint="The values so far are added by themselves.">
        {() => (
          <TemplateInput
            label="Note for the team"
            placeholder="What they should know"
            value={block.note}
            onChange={(note) => changeBlock(block.id, { note })}
          />
        )}
      </Field>
    </div>
  );
}

import { Field, Input } from "@/parts/Field";
import { Fold } from "@/parts/Fold";
import { BlockAddress } from "@/webhooks/BlockAddress";
import { FieldTable } from "../FieldTable";
import { PeriodInput } from "../PeriodInput";
import { useTaskDesk } from "../task-desk";
import { keyFor } from "../words";
import type { BlockOf } from "./block-of";
import { exampleFor, JsonInput } from "./webhook-example";
import { Way } from "./Way";

export function WebhookBody({
  block,
  depth,
}: {
  block: BlockOf<"wait_for_webhook">;
  depth: number;
}) {
  const { changeBlock } = useTaskDesk();
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3">
        <Field label="Called" hint="What it gives is written with this name.">
          {(ids) => (
            <Input
              {...ids}
              value={block.key.replaceAll("_", " ")}
              onChange={(event) => changeBlock(block.id, { key: keyFor(event.target.value) })}
            />
          )}
        </Field>
      </div>
      <section aria-label="What comes back">
        <h3 className="mb-1 text-12 font-medium text-muted">What comes back</h3>
        <FieldTable
          fields={block.fields}
          onChange={(fields) =>
            changeBlock(block.id, { fields, example: exampleFor(fields, block.example) })
          }
          add="Add a value"
        />
      </section>
      <BlockAddress block={block.id} />
      <PeriodInput
        label="Waits for"
        period={block.limit}
        onChange={(limit) => changeBlock(block.id, { limit })}
      />
      <Fold title={<span className="text-12 text-muted">For your engineers</span>}>
        <Field label="Example request" hint="What comes must have this shape.">
          {(ids) => (
            <JsonInput
              {...ids}
              value={block.example}
              onChange={(example) => changeBlock(block.id, { example })}
            />
          )}
        </Field>
      </Fold>
      <Way
        owner={block.id}
        slot="what_then"
        blocks={block.what_then}
        depth={depth}
        head={<span className="text-12 font-medium text-pill-field">If nothing comes in time</span>}
        empty="A person takes over, unless you add a block."
      />
    </div>
  );
}

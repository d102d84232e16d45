import { Plus, X } from "lucide-react";
import { Button, IconButton } from "@/parts/Button";
import { Input } from "@/parts/Field";
import { Select } from "@/parts/Select";
import { ReferenceSelect } from "../ReferenceSelect";
import { useTaskDesk } from "../task-desk";
import { TemplateInput } from "../TemplateInput";
import type { BlockOf } from "./block-of";

export function RunTaskBody({ block }: { block: BlockOf<"run_task"> }) {
  const { changeBlock, catalogue, task } = useTaskDesk();
  const inputs = Object.entries(block.inputs ?? {});
  const outputs = Object.entries(block.outputs ?? {});
  const setInputs = (rows: [string, string][]) =>
    changeBlock(block.id, { inputs: Object.fromEntries(rows) });
  const setOutputs = (rows: [string, string][]) =>
    changeBlock(block.id, { outputs: Object.fromEntries(rows) });
  return (
    <div className="flex flex-col gap-3">
      <Select
        label="Task"
        placeholder="Choose a task…"
        value={block.task}
        choices={catalogue.tasks
          .filter((one) => one.id !== task.id)
          .map((one) => ({ value: one.id, label: one.title || "Untitled task" }))}
        onChange={(id) => changeBlock(block.id, { task: id }, { apart: true })}
        className="w-72"
      />
      <section className="flex flex-col gap-1.5" aria-label="Values handed in">
        <h3 className="text-12 font-medium text-muted">Values handed in</h3>
        {inputs.map(([key, value], at) => (
          <div key={key} className="flex items-start gap-2">
            <Input
              aria-label="Their attribute"
              defaultValue={key}
              onBlur={(event) =>
                setInputs(
                  inputs.map((row, index) =>
                    index === at ? [event.target.value || key, row[1]] : row,
                  ),
                )
              }
              className="w-44!"
            />
            <div className="flex-1">
              <TemplateInput
                single
                label={`Value for ${key}`}
                value={value ?? ""}
                onChange={(next) =>
                  setInputs(inputs.map((row, index) => (index === at ? [key, next] : row)))
                }
              />
            </div>
            <IconButton
              label="Remove"
              size="sm"
              onClick={() => setInputs(inputs.filter((_, index) => index !== at))}
            >
              <X size={13} />
            </IconButton>
          </div>
        ))}
        <div>
          <Button
            look="quiet"
            size="sm"
            icon={<Plus size={13} aria-hidden />}
            onClick={() => setInputs([...inputs, [`value_${inputs.length + 1}`, ""]])}
          >
            Hand in a value
          </Button>
        </div>
      </section>
      <section className="flex flex-col gap-1.5" aria-label="Values handed back">
        <h3 className="text-12 font-medium text-muted">Values handed back</h3>
        {outputs.map(([key, reference], at) => (
          <div key={key} className="flex items-center gap-2">
            <span className="text-muted">Their</span>
            <Input
              aria-label="Their value"
              value={reference ?? ""}
              onChange={(event) =>
                setOutputs(
                  outputs.map((row, index) => (index === at ? [key, event.target.value] : row)),
                )
              }
              className="w-40!"
            />
            <span className="text-muted">becomes</span>
            <ReferenceSelect
              only="attributes"
              label="Our attribute"
              value={key}
              onChange={(next) =>
                setOutputs(outputs.map((row, index) => (index === at ? [next, row[1]] : row)))
              }
              className="w-44"
            />
            <IconButton
              label="Remove"
              size="sm"
              onClick={() => setOutputs(outputs.filter((_, index) => index !== at))}
            >
              <X size={13} />
            </IconButton>
          </div>
        ))}
        <ReferenceSelect
          only="attributes"
          label="Take a value back into"
          placeholder="Take a value back into…"
          value=""
          onChange={(key) => setOutputs([...outputs, [key, key]])}
          className="w-64"
        />
      </section>
    </div>
  );
}

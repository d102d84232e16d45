import { Plus, X } from "lucide-react";
import type { ActionInput } from "@/api/model";
import { Button, IconButton } from "@/parts/Button";
import { Input } from "@/parts/Field";
import { Select } from "@/parts/Select";
import { freeKey } from "@/task/attribute-moves";
import { fieldLabel } from "@/task/references";
import { OptionsInput, TypeSelect } from "@/task/TypeSelect";
import { keyFor } from "@/task/words";

const accepts = [
  { value: "anyone", label: "Anyone", hint: "What the customer writes may fill it" },
  {
    value: "not_customer",
    label: "Not the customer",
    hint: "What the customer writes never fills it",
  },
  { value: "systems_only", label: "Systems only", hint: "Only answers of actions fill it" },
] as const;

/** What an action needs, as a small table. */
export function InputTable({
  inputs,
  onChange,
}: {
  inputs: readonly ActionInput[];
  onChange: (inputs: ActionInput[]) => void;
}) {
  const set = (at: number, next: Partial<ActionInput>) =>
    onChange(inputs.map((input, index) => (index === at ? { ...input, ...next } : input)));
  return (
    <>
      {inputs.length > 0 ? (
        <div role="group" aria-label="Inputs" className="mb-1.5 flex flex-col gap-1.5">
          <div aria-hidden className="flex gap-2 text-12 text-faint narrow:hidden">
            <span className="flex-1">Name</span>
            <span className="w-44">Type</span>
            <span className="w-40">Who may fill it</span>
            <span className="w-6" />
          </div>
          {inputs.map((input, at) => (
            // An input has no id, and its key changes while its name is typed.
            // oxlint-disable-next-line react/no-array-index-key
            <div key={at} className="flex flex-col gap-1.5">
              <div className="flex items-center gap-2 narrow:flex-wrap">
                <Input
                  aria-label={`Name of input ${at + 1}`}
                  value={fieldLabel(input)}
                  onChange={(event) => {
                    const name = event.target.value;
                    const taken = inputs
                      .filter((_, index) => index !== at)
                      .map((other) => other.key);
                    const follows = !input.name || keyFor(input.name) === input.key;
                    set(at, { name, ...(follows && name ? { key: freeKey(name, taken) } : {}) });
                  }}
                  className="min-w-0 flex-1 narrow:basis-full"
                />
                <TypeSelect
                  kind={input.kind}
                  onChange={(kind) => set(at, { kind })}
                  label={`Type of ${fieldLabel(input)}`}
                />
                <Select
                  label={`Who may fill ${fieldLabel(input)}`}
                  value={input.accepts}
                  choices={accepts}
                  onChange={(next) => set(at, { accepts: next })}
                  className="w-40 shrink-0"
                />
                <IconButton
                  label={`Remove ${fieldLabel(input)}`}
                  size="sm"
                  onClick={() => onChange(inputs.filter((_, index) => index !== at))}
                >
                  <X size={13} />
                </IconButton>
              </div>
              {input.kind.type === "choice" ? (
                <OptionsInput kind={input.kind} onChange={(kind) => set(at, { kind })} />
              ) : null}
            </div>
          ))}
        </div>
      ) : null}
      <Button
        look="quiet"
        size="sm"
        icon={<Plus size={13} aria-hidden />}
        onClick={() =>
          onChange([
            ...inputs,
            {
              key: freeKey(
                "value",
                inputs.map((input) => input.key),
              ),
              name: "",
              kind: { type: "text" },
              from: { type: "same_name" },
              accepts: "anyone",
            },
          ])
        }
      >
        Add a value
      </Button>
    </>
  );
}

import { Plus, SlidersHorizontal, X } from "lucide-react";
import { useState } from "react";
import type { ActionInput } from "@/api/model";
import { Button, IconButton } from "@/parts/Button";
import { Field, Input } from "@/parts/Field";
import { Select } from "@/parts/Select";
import { Switch } from "@/parts/Switch";
import { freeKey } from "@/task/attribute-moves";
import { fieldLabel } from "@/task/references";
import { TokenInput } from "@/task/TokenInput";
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
  onChange: (inputs: ActionInput[], apart?: boolean) => void;
}) {
  const set = (at: number, next: Partial<ActionInput>, apart = false) =>
    onChange(
      inputs.map((input, index) => (index === at ? { ...input, ...next } : input)),
      apart,
    );
  return (
    <>
      {inputs.length > 0 ? (
        <div role="group" aria-label="Inputs" className="mb-1.5 flex flex-col gap-1.5">
          <div aria-hidden className="flex gap-2 text-12 text-faint narrow:hidden">
            <span className="flex-1">Name</span>
            <span className="w-44">Type</span>
            <span className="w-40">Who may fill it</span>
            <span className="w-14" />
          </div>
          {inputs.map((input, at) => (
            <Row
              // An input has no id, and its key changes while its name is typed.
              // oxlint-disable-next-line react/no-array-index-key
              key={at}
              at={at}
              input={input}
              taken={inputs.filter((_, index) => index !== at).map((other) => other.key)}
              set={(next, apart) => set(at, next, apart)}
              onRemove={() =>
                onChange(
                  inputs.filter((_, index) => index !== at),
                  true,
                )
              }
            />
          ))}
        </div>
      ) : null}
      <Button
        look="quiet"
        size="sm"
        icon={<Plus size={13} aria-hidden />}
        onClick={() =>
          onChange(
            [
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
            ],
            true,
          )
        }
      >
        Add a value
      </Button>
    </>
  );
}

/** What differs from the usual, in a few words: it stands in the table while the rest is folded. */
export function inputNotes(input: ActionInput): string {
  const notes = [
    input.optional ? "optional" : "",
    input.default ? `“${input.default}” where nothing else is given` : "",
    input.allowed?.length ? `only ${input.allowed.join(", ")}` : "",
    input.from.type === "fixed" ? `always “${input.from.value}”` : "",
  ];
  const told = notes.filter(Boolean).join(" · ");
  return [input.description ?? "", told].filter(Boolean).join(" · ");
}

function Row({
  at,
  input,
  taken,
  set,
  onRemove,
}: {
  at: number;
  input: ActionInput;
  taken: string[];
  set: (next: Partial<ActionInput>, apart?: boolean) => void;
  onRemove: () => void;
}) {
  const [open, setOpen] = useState(false);
  const label = fieldLabel(input);
  const notes = inputNotes(input);
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center gap-2 narrow:flex-wrap">
        <Input
          aria-label={`Name of input ${at + 1}`}
          value={label}
          onChange={(event) => {
            const name = event.target.value;
            const follows = !input.name || keyFor(input.name) === input.key;
            set({ name, ...(follows && name ? { key: freeKey(name, taken) } : {}) });
          }}
          className="min-w-0 flex-1 narrow:basis-full"
        />
        <TypeSelect
          kind={input.kind}
          onChange={(kind) => set({ kind }, true)}
          label={`Type of ${label}`}
        />
        <Select
          label={`Who may fill ${label}`}
          value={input.accepts}
          choices={accepts}
          onChange={(next) => set({ accepts: next }, true)}
          className="w-40 shrink-0 narrow:min-w-0 narrow:flex-1 narrow:shrink"
        />
        <IconButton
          label={`More about ${label}`}
          size="sm"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <SlidersHorizontal size={13} />
        </IconButton>
        <IconButton label={`Remove ${label}`} size="sm" onClick={onRemove}>
          <X size={13} />
        </IconButton>
      </div>
      {input.kind.type === "choice" ? (
        <OptionsInput kind={input.kind} onChange={(kind) => set({ kind })} />
      ) : null}
      {open ? <More input={input} set={set} /> : null}
      {!open && notes ? <p className="truncate pl-2.5 text-12 text-faint">{notes}</p> : null}
    </div>
  );
}

function More({
  input,
  set,
}: {
  input: ActionInput;
  set: (next: Partial<ActionInput>, apart?: boolean) => void;
}) {
  const label = fieldLabel(input);
  return (
    <div
      role="group"
      aria-label={`More about ${label}`}
      className="mb-1 grid grid-cols-2 gap-x-4 gap-y-3 rounded-md bg-subtle px-3 py-2.5 narrow:grid-cols-1"
    >
      <Field label="What it means" optional className="col-span-full">
        {(ids) => (
          <Input
            {...ids}
            value={input.description ?? ""}
            placeholder="Said to customers who ask what it is needed for"
            onChange={(event) => set({ description: event.target.value })}
          />
        )}
      </Field>
      <Field label="Taken where nothing else is given" optional>
        {(ids) => (
          <Input
            {...ids}
            value={input.default ?? ""}
            placeholder="79.00 EUR, yes, tomorrow"
            onChange={(event) => set({ default: event.target.value || null })}
          />
        )}
      </Field>
      <TokenInput
        label="Only these values (optional)"
        placeholder="Any"
        tokens={input.allowed ?? []}
        onChange={(allowed) => set({ allowed }, true)}
      />
      <Switch
        label="It works without"
        hint="Then nobody is asked for it."
        checked={Boolean(input.optional)}
        onChange={(optional) => set({ optional }, true)}
      />
    </div>
  );
}

import { CircleAlert, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import type { Action, FailureCause, Field as OutputField, Stub, StubValue } from "@/api/model";
import { Button, IconButton } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { Field, Input } from "@/parts/Field";
import { Select } from "@/parts/Select";
import { failureWords } from "@/preview/value-words";
import { JsonInput } from "@/task/blocks/webhook-example";
import { fieldLabel } from "@/task/references";
import { RowsTable } from "./RowsTable";
import { freeStubName } from "./stub-names";

const causes: FailureCause[] = [
  { type: "timeout" },
  { type: "not_found" },
  { type: "unreachable" },
  { type: "cut" },
  { type: "not_json" },
  { type: "status", status: 401 },
  { type: "status", status: 409 },
  { type: "status", status: 429 },
  { type: "status", status: 500 },
];

const causeKey = (cause: FailureCause): string =>
  cause.type === "status" ? `status ${cause.status}` : cause.type;

/** The sample answers of an action, failures among them, each as a table of fields. */
export function SampleTable({
  action,
  onChange,
}: {
  action: Action;
  onChange: (stubs: Stub[]) => void;
}) {
  const [at, setAt] = useState(0);
  const { stubs } = action;
  const chosen = Math.min(at, stubs.length - 1);
  const stub = stubs[chosen];
  const set = (next: Partial<Stub>) =>
    onChange(stubs.map((old, index) => (index === chosen ? { ...old, ...next } : old)));
  const add = (fresh: Stub) => {
    onChange([...stubs, fresh]);
    setAt(stubs.length);
  };
  const freeName = (name: string) => freeStubName(action, name);
  return (
    <div className="flex gap-4 narrow:flex-col">
      <div className="flex w-52 shrink-0 flex-col gap-0.5 narrow:w-full">
        {stubs.map((one, index) => (
          <button
            key={one.name}
            type="button"
            aria-pressed={index === chosen}
            onClick={() => setAt(index)}
            className={cx(
              "flex h-7.5 items-center gap-1.5 rounded-md px-2 text-left",
              index === chosen ? "bg-active" : "hover:bg-hover",
            )}
          >
            <span className="min-w-0 flex-1 truncate">{one.name}</span>
            {one.answer.type === "failure" ? (
              <CircleAlert size={13} className="shrink-0 text-red" aria-label="A failure" />
            ) : null}
          </button>
        ))}
        <Button
          look="quiet"
          size="sm"
          className="justify-start!"
          icon={<Plus size={13} aria-hidden />}
          onClick={() =>
            add({ name: freeName("Sample answer"), answer: { type: "fields", fields: {} } })
          }
        >
          Add an answer
        </Button>
        <Button
          look="quiet"
          size="sm"
          className="justify-start!"
          icon={<Plus size={13} aria-hidden />}
          onClick={() =>
            add({
              name: freeName("Does not answer"),
              answer: { type: "failure", cause: { type: "timeout" } },
            })
          }
        >
          Add a failure
        </Button>
      </div>
      <div className="min-w-0 flex-1 rounded-md border border-line p-3">
        {stub ? (
          <SampleForm
            key={chosen}
            action={action}
            stub={stub}
            set={set}
            onDelete={() => onChange(stubs.filter((_, index) => index !== chosen))}
          />
        ) : (
          <p className="text-muted">
            One sample answer is enough to rehearse every task that uses this action.
          </p>
        )}
      </div>
    </div>
  );
}

function SampleForm({
  action,
  stub,
  set,
  onDelete,
}: {
  action: Action;
  stub: Stub;
  set: (next: Partial<Stub>) => void;
  onDelete: () => void;
}) {
  const { answer } = stub;
  const when = stub.when ?? {};
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-end gap-2">
        <Field label="Name" className="flex-1">
          {(ids) => (
            <Input
              {...ids}
              value={stub.name}
              onChange={(event) => set({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label="Comes after">
          {(ids) => (
            <div className="flex items-center gap-1.5">
              <Input
                {...ids}
                type="number"
                min={0}
                step={0.5}
                value={(stub.delay_ms ?? 0) / 1000}
                onChange={(event) =>
                  set({
                    delay_ms: Math.max(
                      0,
                      Math.min(120_000, Math.round(Number(event.target.value) * 1000) || 0),
                    ),
                  })
                }
                className="tabular w-20!"
              />
              <span className="text-12 text-faint">s</span>
            </div>
          )}
        </Field>
        <IconButton label={`Delete ${stub.name}`} onClick={onDelete}>
          <Trash2 size={15} />
        </IconButton>
      </div>
      {action.inputs.length > 0 ? (
        <fieldset className="flex flex-col gap-1.5">
          <legend className="mb-1 text-12 font-medium text-muted">
            Given when <span className="font-normal text-faint">(always, where empty)</span>
          </legend>
          {action.inputs.map((input) => (
            <ValueRow
              key={input.key}
              label={fieldLabel(input)}
              value={when[input.key] ?? ""}
              placeholder="anything"
              onChange={(value) => {
                const next = { ...when, [input.key]: value };
                if (!value) delete next[input.key];
                set({ when: next });
              }}
            />
          ))}
        </fieldset>
      ) : null}
      {answer.type === "failure" ? (
        <Field label="What goes wrong">
          {(ids) => (
            <Select
              {...ids}
              value={causeKey(answer.cause)}
              choices={[...causes, answer.cause]
                .filter(
                  (cause, at, all) =>
                    all.findIndex((other) => causeKey(other) === causeKey(cause)) === at,
                )
                .map((cause) => ({
                  value: causeKey(cause),
                  label: failureWords(cause).replace(/^./, (c) => c.toUpperCase()),
                }))}
              onChange={(key) => {
                const cause = causes.find((one) => causeKey(one) === key);
                if (cause) set({ answer: { type: "failure", cause } });
              }}
            />
          )}
        </Field>
      ) : null}
      {answer.type === "fields" ? (
        <fieldset className="flex flex-col gap-1.5">
          <legend className="mb-1 text-12 font-medium text-muted">
            It gives{" "}
            <span className="font-normal text-faint">
              (write it as people do: 79.00 EUR, 12 days ago, yes)
            </span>
          </legend>
          {action.outputs.map((output) => (
            <OutputRow
              key={output.key}
              output={output}
              value={answer.fields[output.key]}
              onChange={(value) =>
                set({
                  answer: { type: "fields", fields: { ...answer.fields, [output.key]: value } },
                })
              }
            />
          ))}
          {action.outputs.length === 0 ? (
            <p className="text-12 text-faint">
              Say above what it gives; each field then appears here.
            </p>
          ) : null}
        </fieldset>
      ) : null}
      {answer.type === "http" ? (
        <>
          <Field label="Status">
            {(ids) => (
              <Input
                {...ids}
                type="number"
                min={100}
                max={599}
                value={answer.status}
                onChange={(event) => {
                  const status = Math.round(Number(event.target.value));
                  if (status >= 100 && status <= 599) set({ answer: { ...answer, status } });
                }}
                className="tabular w-24!"
              />
            )}
          </Field>
          <Field label="Answer, as it comes over the wire">
            {(ids) => (
              <JsonInput
                {...ids}
                value={answer.body}
                onChange={(body) => set({ answer: { ...answer, body } })}
              />
            )}
          </Field>
        </>
      ) : null}
    </div>
  );
}

function OutputRow({
  output,
  value,
  onChange,
}: {
  output: OutputField;
  value: StubValue | undefined;
  onChange: (value: StubValue) => void;
}) {
  if (output.kind.type === "list") {
    return (
      <RowsTable
        label={fieldLabel(output)}
        fields={output.kind.fields}
        rows={Array.isArray(value) ? value : []}
        onChange={onChange}
      />
    );
  }
  return (
    <ValueRow
      label={fieldLabel(output)}
      value={typeof value === "string" ? value : ""}
      onChange={onChange}
    />
  );
}

function ValueRow({
  label,
  value,
  placeholder,
  onChange,
}: {
  label: string;
  value: string;
  placeholder?: string;
  onChange: (value: string) => void;
}) {
  return (
    <label className="flex items-center gap-2">
      <span className="w-36 shrink-0 truncate text-muted">{label}</span>
      <Input
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="min-w-0 flex-1"
        {...(placeholder ? { placeholder } : {})}
      />
    </label>
  );
}

import { useSearch } from "@tanstack/react-router";
import { Plug, Plus, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { Action, HttpRequest, Method, Pair } from "@/api/model";
import { Button, IconButton } from "@/parts/Button";
import { Field, Input } from "@/parts/Field";
import { Fold } from "@/parts/Fold";
import { Select } from "@/parts/Select";
import { Switch } from "@/parts/Switch";
import { JsonInput } from "@/task/blocks/webhook-example";
import { FieldTable } from "@/task/FieldTable";
import type { ChangeAction } from "./ActionEditor";

const methods: Method[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

const emptyRequest: HttpRequest = {
  method: "GET",
  path: "/",
  timeout_ms: 15_000,
  max_bytes: 1 << 20,
};

/** How the action is called: folded, because only engineers need it. */
export function Connection({ action, change }: { action: Action; change: ChangeAction }) {
  const { request } = action;
  const { connect = false } = useSearch({ strict: false });
  const [open, setOpen] = useState(connect);
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (connect) setOpen(true);
  }, [connect]);
  useEffect(() => {
    if (connect && open) section.current?.scrollIntoView({ block: "end" });
  }, [connect, open]);
  const set = (next: Partial<HttpRequest>) => {
    if (request) change({ request: { ...request, ...next } });
  };
  return (
    <section
      ref={section}
      aria-label="For your engineers"
      className="scroll-mt-4 rounded-lg border border-line bg-surface px-4 py-2.5"
    >
      <Fold
        title="For your engineers"
        open={open}
        onOpenChange={setOpen}
        aside={
          <span className="text-12 text-faint">
            {request ? `${request.method} ${request.path}` : "Not connected yet"}
          </span>
        }
      >
        {request ? (
          <div className="flex flex-col gap-3.5 pt-2">
            <div className="flex items-end gap-2">
              <Field label="Method">
                {(ids) => (
                  <Select
                    {...ids}
                    value={request.method}
                    choices={methods.map((value) => ({ value, label: value }))}
                    onChange={(method) => set({ method })}
                    className="w-24"
                  />
                )}
              </Field>
              <Field label="Path below the base URL" className="flex-1">
                {(ids) => (
                  <Input
                    {...ids}
                    spellCheck={false}
                    value={request.path}
                    placeholder="/orders/{order_number}"
                    onChange={(event) => set({ path: event.target.value })}
                    className="font-mono text-12!"
                  />
                )}
              </Field>
              <Field label="Timeout (ms)">
                {(ids) => (
                  <Input
                    {...ids}
                    type="number"
                    min={100}
                    step={500}
                    value={request.timeout_ms}
                    onChange={(event) =>
                      set({
                        timeout_ms: Math.max(100, Math.round(Number(event.target.value) || 0)),
                      })
                    }
                    className="tabular w-28!"
                  />
                )}
              </Field>
            </div>
            <Pairs label="Query" pairs={request.query ?? []} onChange={(query) => set({ query })} />
            <Pairs
              label="Headers"
              pairs={request.headers ?? []}
              onChange={(headers) => set({ headers })}
            />
            {request.method === "GET" || request.method === "DELETE" ? null : (
              <Field label="Body" hint="“{amount}” alone in a string becomes the typed value.">
                {(ids) => (
                  <JsonInput
                    {...ids}
                    value={request.body?.type === "json" ? request.body.json : {}}
                    onChange={(json) => set({ body: { type: "json", json } })}
                  />
                )}
              </Field>
            )}
            <div>
              <h3 className="mb-1 text-12 font-medium text-muted">
                Where each field stands in the answer
              </h3>
              <FieldTable
                engineers
                fields={action.outputs}
                onChange={(outputs) => change({ outputs })}
                add="Add a field"
              />
            </div>
            <Switch
              label="The receiver honours the Idempotency-Key"
              hint="Then it may be sent again after a crash, without changing anything twice."
              checked={action.receiver_honours_key}
              onChange={(receiver_honours_key) => change({ receiver_honours_key }, true)}
            />
            <div>
              <Button onClick={() => change({ request: null }, true)}>Disconnect</Button>
            </div>
          </div>
        ) : (
          <div className="flex items-center gap-3 py-3">
            <p className="flex-1 text-12 text-muted">
              The preview works without this. When you export, engineers get a sheet with what it
              needs, what it gives and your sample answers.
            </p>
            <Button
              icon={<Plug size={14} aria-hidden />}
              onClick={() => change({ request: emptyRequest }, true)}
            >
              Connect it
            </Button>
          </div>
        )}
      </Fold>
    </section>
  );
}

function Pairs({
  label,
  pairs,
  onChange,
}: {
  label: string;
  pairs: readonly Pair[];
  onChange: (pairs: Pair[]) => void;
}) {
  const set = (at: number, next: Partial<Pair>) =>
    onChange(pairs.map((pair, index) => (index === at ? { ...pair, ...next } : pair)));
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-12 font-medium text-muted">{label}</legend>
      {pairs.map((pair, at) => (
        // Pairs have no id; their place is all they are known by.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className="flex items-center gap-2">
          <Input
            aria-label={`${label}, name ${at + 1}`}
            value={pair.name}
            onChange={(event) => set(at, { name: event.target.value })}
            className="w-52! font-mono text-12!"
          />
          <Input
            aria-label={`${label}, value ${at + 1}`}
            value={pair.value}
            onChange={(event) => set(at, { value: event.target.value })}
            className="min-w-0 flex-1 font-mono text-12!"
          />
          <IconButton
            label="Remove"
            size="sm"
            onClick={() => onChange(pairs.filter((_, index) => index !== at))}
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
          onClick={() => onChange([...pairs, { name: "", value: "" }])}
        >
          Add
        </Button>
      </div>
    </fieldset>
  );
}

import { useSearch } from "@tanstack/react-router";
import { Plug } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Action, HttpRequest, Method } from "@/api/model";
import { Button } from "@/parts/Button";
import { Field, Input } from "@/parts/Field";
import { Fold } from "@/parts/Fold";
import { Select } from "@/parts/Select";
import { Switch } from "@/parts/Switch";
import { FieldTable } from "@/task/FieldTable";
import type { ChangeAction } from "./ActionEditor";
import { AuthForm } from "./request/AuthForm";
import { BodyForm } from "./request/BodyForm";
import { Pairs } from "./request/Pairs";
import { PlaceInput } from "./request/PlaceInput";
import { requestPlaces } from "./request/places";

const methods: Method[] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

const emptyRequest: HttpRequest = {
  method: "GET",
  path: "/",
  auth: { type: "none" },
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
          <span className="min-w-0 truncate font-mono text-12 text-faint">
            {request ? `${request.method} ${request.path}` : "Not connected yet"}
          </span>
        }
      >
        {request ? (
          <RequestForm action={action} request={request} change={change} />
        ) : (
          <div className="flex items-center gap-3 py-3 narrow:flex-wrap">
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

function RequestForm({
  action,
  request,
  change,
}: {
  action: Action;
  request: HttpRequest;
  change: ChangeAction;
}) {
  const places = useMemo(() => requestPlaces(action), [action]);
  const set = (next: Partial<HttpRequest>, apart = false) =>
    change({ request: { ...request, ...next } }, apart);
  const sends = request.method !== "GET";
  return (
    <div className="flex flex-col gap-4 pt-2">
      <div className="flex items-end gap-2 narrow:flex-wrap">
        <Field label="Method">
          {(ids) => (
            <Select
              {...ids}
              value={request.method}
              choices={methods.map((value) => ({ value, label: value }))}
              onChange={(method) => set({ method }, true)}
              className="w-24"
            />
          )}
        </Field>
        <div className="flex min-w-0 flex-1 flex-col gap-1 narrow:basis-full">
          <span aria-hidden className="text-12 font-medium text-muted">
            Path below the base URL
          </span>
          <PlaceInput
            label="Path below the base URL"
            value={request.path}
            places={places}
            placeholder="/orders/…, @ for a pill"
            onChange={(path) => set({ path })}
          />
        </div>
        <Field label="Timeout (ms)">
          {(ids) => (
            <Input
              {...ids}
              type="number"
              min={100}
              step={500}
              value={request.timeout_ms}
              onChange={(event) =>
                set({ timeout_ms: Math.max(100, Math.round(Number(event.target.value) || 0)) })
              }
              className="tabular w-28!"
            />
          )}
        </Field>
      </div>
      <AuthForm
        action={action}
        auth={request.auth ?? { type: "none" }}
        places={places}
        onChange={(auth, apart) => set({ auth }, apart)}
      />
      <Pairs
        label="Query"
        add="Add to the query"
        pairs={request.query ?? []}
        places={places}
        onChange={(query) => set({ query })}
      />
      <Pairs
        label="Headers"
        add="Add a header"
        pairs={request.headers ?? []}
        places={places}
        onChange={(headers) => set({ headers })}
      />
      {sends ? (
        <BodyForm
          action={action}
          body={request.body ?? undefined}
          places={places}
          onChange={(body, apart) => set({ body } as Partial<HttpRequest>, apart)}
        />
      ) : null}
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
      {action.changes_data ? (
        <Switch
          label="The receiver honours the Idempotency-Key"
          hint="Then it may be sent again after a crash, without changing anything twice."
          checked={action.receiver_honours_key}
          onChange={(receiver_honours_key) => change({ receiver_honours_key }, true)}
        />
      ) : null}
      <div>
        <Button onClick={() => change({ request: null }, true)}>Disconnect</Button>
      </div>
    </div>
  );
}

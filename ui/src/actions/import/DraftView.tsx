import { Info, KeyRound } from "lucide-react";
import type { DraftAction } from "@/api/model";
import { Badge } from "@/parts/Badge";
import { Field, Input } from "@/parts/Field";
import { Checkbox } from "@/parts/Switch";
import { fieldLabel } from "@/task/references";
import { typeWords } from "@/task/words";

/** An action as it would be made: what it needs and gives first, the call below. */
export function DraftView({
  draft,
  name,
  onName,
  fixed,
  onFixed,
}: {
  draft: DraftAction;
  name: string;
  onName: (name: string) => void;
  /** Values that stay as the example has them. */
  fixed?: readonly string[];
  onFixed?: (key: string) => void;
}) {
  const { action } = draft;
  const { request } = action;
  return (
    <section aria-label={name} className="flex flex-col gap-3 rounded-lg border border-line p-3.5">
      <div className="flex items-end gap-2 narrow:flex-wrap">
        <Field label="Name" className="flex-1">
          {(ids) => (
            <Input {...ids} value={name} onChange={(event) => onName(event.target.value)} />
          )}
        </Field>
        {action.changes_data ? (
          <Badge tone="amber" className="mb-1.5">
            Changes something, asks first
          </Badge>
        ) : (
          <Badge tone="neutral" className="mb-1.5">
            Looks something up
          </Badge>
        )}
      </div>
      <p className="truncate font-mono text-12 text-muted">
        {request?.method} <span className="text-faint">{draft.base_url ?? "…"}</span>
        {request?.path}
      </p>
      <div className="grid grid-cols-2 gap-4 narrow:grid-cols-1">
        <div>
          <h3 className="mb-1 text-12 font-medium text-muted">It needs</h3>
          <Inputs draft={draft} fixed={fixed} onFixed={onFixed} />
        </div>
        <div>
          <h3 className="mb-1 text-12 font-medium text-muted">It gives</h3>
          {action.outputs.length > 0 ? (
            <ul className="flex flex-col gap-0.5 text-12">
              {action.outputs.slice(0, 8).map((field) => (
                <li key={field.key}>
                  {fieldLabel(field)}{" "}
                  <span className="text-faint">
                    {typeWords[field.kind.type]}
                    {field.optional ? ", not always" : ""}
                  </span>
                </li>
              ))}
              {action.outputs.length > 8 ? (
                <li className="text-faint">and {action.outputs.length - 8} more</li>
              ) : null}
            </ul>
          ) : (
            <p className="text-12 text-faint">Try it afterwards and pick from what comes back.</p>
          )}
        </div>
      </div>
      {draft.secrets.length > 0 ? (
        <ul className="flex flex-col gap-1 text-12" aria-label="Secrets">
          {draft.secrets.map((secret) => (
            <li key={secret.name} className="flex items-center gap-1.5">
              <KeyRound size={13} aria-hidden className="shrink-0 text-faint" />
              <span className="font-mono">{secret.name}</span>
              <span className="text-faint">
                {secret.purpose}.{" "}
                {secret.value
                  ? "Pasted; it is not kept in the action."
                  : "To be entered under Settings."}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {draft.notes.length > 0 ? (
        <ul
          className="flex flex-col gap-1 rounded-md bg-subtle px-3 py-2 text-12"
          aria-label="Not taken over"
        >
          {draft.notes.map((note) => (
            <li key={note} className="flex gap-1.5">
              <Info size={13} aria-hidden className="mt-0.5 shrink-0 text-faint" />
              <span className="min-w-0 wrap-anywhere">{note}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function Inputs({
  draft,
  fixed,
  onFixed,
}: {
  draft: DraftAction;
  fixed: readonly string[] | undefined;
  onFixed: ((key: string) => void) | undefined;
}) {
  const { inputs } = draft.action;
  if (!onFixed) {
    if (inputs.length === 0) return <p className="text-12 text-faint">Nothing.</p>;
    return (
      <ul className="flex flex-col gap-0.5 text-12">
        {inputs.map((input) => (
          <li key={input.key}>
            {fieldLabel(input)}{" "}
            <span className="text-faint">
              {typeWords[input.kind.type]}
              {input.optional ? ", optional" : ""}
            </span>
          </li>
        ))}
      </ul>
    );
  }
  // Until the program has answered, what was just chosen still stands among the inputs.
  const keys = [...new Set([...inputs.map((input) => input.key), ...(fixed ?? [])])].toSorted();
  if (keys.length === 0) return <p className="text-12 text-faint">Nothing.</p>;
  return (
    <ul className="flex flex-col gap-1 text-12">
      {keys.map((key) => {
        const input = fixed?.includes(key) ? undefined : inputs.find((one) => one.key === key);
        const label = input ? fieldLabel(input) : key.replaceAll("_", " ");
        const sample = draft.samples[key];
        return (
          <li key={key} className="flex min-h-6 items-center gap-2">
            {sample === undefined && input ? (
              <span>{label}</span>
            ) : (
              <Checkbox label={label} checked={Boolean(input)} onChange={() => onFixed(key)} />
            )}
            <span className="min-w-0 truncate text-faint">
              {input
                ? sample
                  ? `e.g. ${sample}`
                  : typeWords[input.kind.type]
                : "stays as in the example"}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

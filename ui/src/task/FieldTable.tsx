import { Plus, X } from "lucide-react";
import type { AttributeType, Field } from "@/api/model";
import { Button, IconButton } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { Input } from "@/parts/Field";
import { freeKey } from "./attribute-moves";
import { fieldLabel } from "./references";
import { OptionsInput, TypeSelect } from "./TypeSelect";
import { keyFor } from "./words";

/** Named, typed fields as a small table: what an action gives, or what a webhook brings. */
export function FieldTable({
  fields,
  onChange,
  add,
  engineers,
  depth = 0,
}: {
  fields: readonly Field[];
  onChange: (fields: Field[]) => void;
  add: string;
  /** Shows where in the answer each field stands, which only engineers know. */
  engineers?: boolean;
  depth?: number;
}) {
  const set = (at: number, next: Partial<Field>) =>
    onChange(fields.map((field, index) => (index === at ? { ...field, ...next } : field)));
  return (
    <div className={depth > 0 ? "border-l border-line pl-3" : ""}>
      {fields.length > 0 ? (
        <ul className="mb-1.5 flex flex-col gap-1.5">
          {fields.map((field, at) => (
            // A field has no id, and its key changes while its name is typed.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={at}>
              <div className={cx("flex items-center gap-2", engineers && "narrow:flex-wrap")}>
                <Input
                  aria-label={`Name of field ${at + 1}`}
                  value={fieldLabel(field)}
                  onChange={(event) => {
                    const name = event.target.value;
                    const taken = fields
                      .filter((_, index) => index !== at)
                      .map((other) => other.key);
                    // A key that was set by hand stays; one made from the name follows it.
                    const follows = !field.name || keyFor(field.name) === field.key;
                    set(at, { name, ...(follows && name ? { key: freeKey(name, taken) } : {}) });
                  }}
                  className="min-w-0 flex-1"
                />
                <TypeSelect
                  kind={field.kind}
                  onChange={(kind) => set(at, { kind })}
                  label={`Type of ${fieldLabel(field)}`}
                />
                {engineers ? (
                  <Input
                    aria-label={`Path of ${fieldLabel(field)}`}
                    placeholder={`$.${field.key}`}
                    value={field.path ?? ""}
                    onChange={(event) => set(at, { path: event.target.value })}
                    className="w-40! font-mono text-12!"
                  />
                ) : null}
                <IconButton
                  label={`Remove ${fieldLabel(field)}`}
                  size="sm"
                  onClick={() => onChange(fields.filter((_, index) => index !== at))}
                >
                  <X size={13} />
                </IconButton>
              </div>
              {field.kind.type === "choice" ? (
                <div className="mt-1.5 pr-8 pl-3">
                  <OptionsInput kind={field.kind} onChange={(kind) => set(at, { kind })} />
                </div>
              ) : null}
              {field.kind.type === "object" || field.kind.type === "list" ? (
                <div className="mt-1.5">
                  <FieldTable
                    fields={field.kind.fields}
                    onChange={(inner) =>
                      set(at, { kind: { ...field.kind, fields: inner } as AttributeType })
                    }
                    add={
                      field.kind.type === "list"
                        ? "Add what each item holds"
                        : "Add a field of the group"
                    }
                    {...(engineers ? { engineers } : {})}
                    depth={depth + 1}
                  />
                </div>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      <Button
        look="quiet"
        size="sm"
        icon={<Plus size={13} aria-hidden />}
        onClick={() =>
          onChange([
            ...fields,
            {
              key: freeKey(
                "value",
                fields.map((field) => field.key),
              ),
              name: "",
              kind: { type: "text" },
            },
          ])
        }
      >
        {add}
      </Button>
    </div>
  );
}

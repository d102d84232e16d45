import { ChevronRight, Plus, Tag, Trash2 } from "lucide-react";
import type { Attribute } from "@/api/model";
import { Badge } from "@/parts/Badge";
import { Button, IconButton } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { Field, Input } from "@/parts/Field";
import { Select } from "@/parts/Select";
import { Switch } from "@/parts/Switch";
import { notify } from "@/parts/toast";
import { freeKey, retyped } from "./attribute-moves";
import { PickedFields, PickedFrom, WorkedOut } from "./AttributeOrigin";
import { isNumber } from "./calculations";
import { FieldTable } from "./FieldTable";
import { keptWords, scopesFor } from "./kept";
import { useTaskDesk } from "./task-desk";
import { OptionsInput, TypeSelect } from "./TypeSelect";
import { keyFor, typeWords } from "./words";

/** The values this task works with, each with its type and how it is asked for. */
export function AttributeSection() {
  const { task, selected, select, makeAttribute, editing } = useTaskDesk();
  return (
    <section aria-label="Attributes" className="mt-4 flex flex-col gap-2">
      <div className="flex items-baseline gap-2 px-1">
        <h2 className="text-15 font-semibold">Attributes</h2>
        <p className="text-12 text-faint">
          What this task needs to know while it runs. Their values are never a column in reports or
          CSV files.
        </p>
      </div>
      {task.attributes.length > 0 ? (
        <ul className="rounded-lg border border-line bg-surface">
          {task.attributes.map((attribute) => {
            const place = `attribute:${attribute.id}`;
            const open = selected.block === place;
            return (
              <li
                key={attribute.id}
                id={`place-${place}`}
                className="scroll-mt-4 border-b border-line last:border-0"
              >
                <button
                  type="button"
                  aria-expanded={open}
                  onClick={() => select(open ? undefined : place)}
                  className="inset-focus flex h-10 w-full items-center gap-2 px-3 text-left hover:bg-subtle"
                >
                  <ChevronRight
                    size={14}
                    aria-hidden
                    className={cx("text-faint transition-transform", open && "rotate-90")}
                  />
                  <Tag size={14} className="text-pill-attribute" aria-hidden />
                  <span className="min-w-0 flex-1 truncate font-medium">
                    {attribute.name || "Untitled attribute"}
                  </span>
                  {attribute.sensitive ? <Badge>Sensitive</Badge> : null}
                  {attribute.scope === "temporary" ? null : (
                    <Badge>{keptWords[attribute.scope].badge}</Badge>
                  )}
                  <OriginBadge attribute={attribute} />
                  <span className="text-12 text-faint">{typeWords[attribute.kind.type]}</span>
                </button>
                {open ? <AttributeForm attribute={attribute} /> : null}
              </li>
            );
          })}
        </ul>
      ) : (
        <p className="px-1 text-13 text-muted">
          None yet. Type <span className="font-medium">@</span> in the instructions to make one
          where you need it.
        </p>
      )}
      <div>
        <Button
          icon={<Plus size={14} aria-hidden />}
          onClick={() => {
            makeAttribute(`Attribute ${task.attributes.length + 1}`);
            const made = editing.current().doc.attributes.at(-1);
            if (made) select(`attribute:${made.id}`);
          }}
        >
          Add attribute
        </Button>
      </div>
    </section>
  );
}

function OriginBadge({ attribute }: { attribute: Attribute }) {
  if (attribute.worked_out) return <Badge>Worked out</Badge>;
  if (!attribute.customer_may_fill) return <Badge>From systems only</Badge>;
  return attribute.picked_from ? <Badge>Picked</Badge> : null;
}

/** Types that a customer could as well pick from a list, as far as an author can tell. */
const pickable: ReadonlySet<Attribute["kind"]["type"]> = new Set([
  "text",
  "identifier",
  "choice",
  "object",
  "list",
]);

function AttributeForm({ attribute }: { attribute: Attribute }) {
  const { change, catalogue, editing } = useTaskDesk();
  const set = (next: Partial<Attribute>, apart = false) =>
    change(
      (task) => ({
        ...task,
        attributes: task.attributes.map((one) =>
          one.id === attribute.id ? { ...one, ...next } : one,
        ),
      }),
      { apart },
    );
  const ask = (next: Partial<Attribute["how_to_ask"]>) =>
    set({ how_to_ask: { ...attribute.how_to_ask, ...next } });
  const asked = attribute.customer_may_fill && !attribute.worked_out;
  const rename = (name: string) => {
    const taken = catalogue.attributes
      .filter((one) => one.id !== attribute.id)
      .map((one) => one.key);
    // Texts name it by its key: only a name nobody has written with yet may change it.
    const written = JSON.stringify(editing.current().doc.blocks).includes(`{${attribute.key}`);
    const follows = !written && keyFor(attribute.name) === attribute.key.replace(/_\d+$/, "");
    set({ name, ...(follows || (!written && name) ? { key: freeKey(name, taken) } : {}) });
  };
  const remove = () => {
    change(
      (task) => ({ ...task, attributes: task.attributes.filter((one) => one.id !== attribute.id) }),
      { label: "Deleted an attribute", apart: true },
    );
    notify({
      title: `Deleted “${attribute.name}”`,
      undo: () => void editing.undo().catch(() => undefined),
    });
  };
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-3 border-t border-line bg-canvas px-4 py-3.5">
      <Field label="Name">
        {(ids) => (
          <Input {...ids} value={attribute.name} onChange={(event) => rename(event.target.value)} />
        )}
      </Field>
      <Field label="Type">
        {(ids) => (
          <TypeSelect
            {...ids}
            kind={attribute.kind}
            onChange={(kind) => set(retyped(attribute, kind), true)}
          />
        )}
      </Field>
      {attribute.kind.type === "choice" ? (
        <div className="col-span-2">
          <OptionsInput kind={attribute.kind} onChange={(kind) => set({ kind })} />
        </div>
      ) : null}
      {attribute.picked_from || pickable.has(attribute.kind.type) ? (
        <PickedFrom attribute={attribute} onChange={(next) => set(next, true)} />
      ) : null}
      {attribute.worked_out || isNumber(attribute.kind) ? (
        <WorkedOut attribute={attribute} onChange={(next) => set(next, true)} />
      ) : null}
      {attribute.picked_from ? (
        <PickedFields attribute={attribute} />
      ) : attribute.kind.type === "object" || attribute.kind.type === "list" ? (
        <div className="col-span-2">
          <h3 className="mb-1 text-12 font-medium text-muted">Fields</h3>
          <FieldTable
            fields={attribute.kind.fields}
            onChange={(fields) => set({ kind: { ...attribute.kind, fields } as Attribute["kind"] })}
            add="Add a field"
          />
        </div>
      ) : null}
      <Field label="What it means" optional className="col-span-2">
        {(ids) => (
          <Input
            {...ids}
            value={attribute.description}
            placeholder="The number on the order confirmation"
            onChange={(event) => set({ description: event.target.value })}
          />
        )}
      </Field>
      {asked ? (
        <>
          <Field label="How to ask" className="col-span-2">
            {(ids) => (
              <Input
                {...ids}
                value={attribute.how_to_ask.question ?? ""}
                placeholder={questionFor(attribute)}
                onChange={(event) => ask({ question: event.target.value })}
              />
            )}
          </Field>
          <Field
            label="When the answer did not fit"
            className={attribute.picked_from ? "col-span-2" : ""}
          >
            {(ids) => (
              <Input
                {...ids}
                value={attribute.how_to_ask.re_ask ?? ""}
                placeholder="Sorry, I could not read that. …"
                onChange={(event) => ask({ re_ask: event.target.value })}
              />
            )}
          </Field>
          {attribute.picked_from ? null : (
            <Field label="A good answer, for example">
              {(ids) => (
                <Input
                  {...ids}
                  value={attribute.how_to_ask.example ?? ""}
                  onChange={(event) => ask({ example: event.target.value })}
                />
              )}
            </Field>
          )}
        </>
      ) : null}
      {attribute.worked_out ? null : (
        <Field
          label="How long it is kept"
          hint={keptWords[attribute.scope].hint}
          className="col-span-2"
        >
          {({ id, "aria-describedby": describedBy }) => (
            <Select
              id={id}
              {...(describedBy ? { "aria-describedby": describedBy } : {})}
              value={attribute.scope}
              choices={scopesFor(attribute.kind).map((scope) => ({
                value: scope,
                label: keptWords[scope].label,
              }))}
              onChange={(scope) => set({ scope }, true)}
            />
          )}
        </Field>
      )}
      {attribute.worked_out ? null : (
        <Switch
          label="The customer may fill it"
          hint="Off: only your systems can, and customers are never asked."
          checked={attribute.customer_may_fill}
          onChange={(customer_may_fill) => set({ customer_may_fill }, true)}
        />
      )}
      <Switch
        label="Sensitive"
        hint="Stored apart and masked everywhere."
        checked={attribute.sensitive}
        onChange={(sensitive) => set({ sensitive }, true)}
      />
      <div className="col-span-2 flex justify-end">
        <IconButton label={`Delete ${attribute.name}`} onClick={remove}>
          <Trash2 size={15} />
        </IconButton>
      </div>
    </div>
  );
}

/** The question that the program makes where the author wrote none. */
function questionFor({ name, kind }: Attribute): string {
  const what = name.toLowerCase() || "…";
  if (kind.type === "object") return `Which ${what}?`;
  if (kind.type === "list") return `Which are the ${what}?`;
  return `Can you tell me your ${what}?`;
}

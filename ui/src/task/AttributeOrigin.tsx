import { useId } from "react";
import type { Attribute, Field as GroupField } from "@/api/model";
import { same } from "@/api/diff-json";
import { Field } from "@/parts/Field";
import { Segmented } from "@/parts/Segmented";
import { Select, type Choice } from "@/parts/Select";
import { calculationsOf, calculationWords, type CalculationOffer } from "./calculations";
import { fieldsOf, listsOf, listWithSameFields, pickFrom } from "./lists";
import { fieldLabel } from "./references";
import { useTaskDesk } from "./task-desk";
import { listWords, typeWords } from "./words";

const none = "none";

/** From which list the customer picks the value, and whether one or several of its items. */
export function PickedFrom({
  attribute,
  onChange,
}: {
  attribute: Attribute;
  onChange: (next: Partial<Attribute>) => void;
}) {
  const { catalogue } = useTaskDesk();
  const lists = listsOf(catalogue);
  const alike = listWithSameFields(attribute, catalogue);
  const reference = attribute.picked_from ?? alike?.reference;
  const gone = lists.every((list) => list.reference !== reference) && reference !== undefined;
  const { kind } = attribute;
  const group = "fields" in kind;
  if (lists.length === 0 && !reference) {
    if (!group) return null;
    return (
      <p className="col-span-2 text-12 text-faint">
        Customers could pick it from a list, but no action gives a list yet.
      </p>
    );
  }
  const hint = gone
    ? "No action gives this list any more, so there is nothing to pick from."
    : alike
      ? "It has the same fields, so customers pick it from there."
      : undefined;
  return (
    <>
      <Field label="Picked from" {...(gone ? { problem: hint } : { hint })} className="col-start-1">
        {({ id, "aria-describedby": describedBy }) => (
          <Select
            id={id}
            {...(describedBy ? { "aria-describedby": describedBy } : {})}
            value={reference ?? none}
            choices={[
              { value: none, label: "Nothing", hint: "The customer says it, or a system gives it" },
              ...(gone ? [{ value: reference, label: listWords(reference) }] : []),
              ...lists.map((list) => ({
                value: list.reference,
                label: list.label,
                hint: `From ${list.from}`,
              })),
            ]}
            onChange={(value) =>
              onChange(pickFrom(attribute, lists.find((list) => list.reference === value) ?? null))
            }
          />
        )}
      </Field>
      {reference && group ? (
        <div className="flex flex-col items-start gap-1">
          <span aria-hidden className="text-12 font-medium text-muted">
            How many of them
          </span>
          <Segmented
            label="How many of them"
            value={kind.type === "list" ? "several" : "one"}
            choices={[
              { value: "one", label: "One" },
              { value: "several", label: "Several" },
            ]}
            onChange={(many) =>
              onChange({
                kind: { type: many === "several" ? "list" : "object", fields: kind.fields },
              })
            }
          />
        </div>
      ) : null}
    </>
  );
}

/** What an item of the list holds, to be read: the list says it. */
export function PickedFields({ attribute }: { attribute: Attribute }) {
  const { catalogue } = useTaskDesk();
  const title = useId();
  const fields = fieldsOf(attribute, catalogue);
  if (fields.length === 0) return null;
  return (
    <div className="col-span-2">
      <h3 id={title} className="mb-1 text-12 font-medium text-muted">
        {attribute.kind.type === "list" ? "Each of them has" : "It has"}
      </h3>
      <ul aria-labelledby={title} className="flex flex-wrap gap-1.5">
        {fields.map((field) => (
          <FieldWords key={field.key} field={field} />
        ))}
      </ul>
    </div>
  );
}

function FieldWords({ field }: { field: GroupField }) {
  return (
    <li className="rounded-md border border-line bg-surface px-2 py-0.5 text-12">
      {fieldLabel(field)} <span className="text-faint">{typeWords[field.kind.type]}</span>
    </li>
  );
}

/** How a number follows from a list, so that nobody is asked for it. */
export function WorkedOut({
  attribute,
  onChange,
}: {
  attribute: Attribute;
  onChange: (next: Partial<Attribute>) => void;
}) {
  const { catalogue } = useTaskDesk();
  const worked = attribute.worked_out ?? null;
  const offers = calculationsOf(catalogue);
  if (offers.length === 0 && !worked) {
    return (
      <p className="col-span-2 text-12 text-faint">
        It could be worked out from a list, but no action gives a list yet.
      </p>
    );
  }
  const at = worked ? offers.findIndex((offer) => same(offer.calculation, worked)) : -1;
  const gone = worked !== null && at < 0;
  return (
    <Field
      label="Worked out"
      className="col-span-2"
      {...(gone
        ? { problem: "There is no such list any more, so it cannot be worked out." }
        : worked
          ? { hint: "It follows from the list. Nobody is asked for it." }
          : {})}
    >
      {({ id, "aria-describedby": describedBy }) => (
        <Select
          id={id}
          {...(describedBy ? { "aria-describedby": describedBy } : {})}
          value={gone ? "gone" : at < 0 ? none : String(at)}
          choices={[
            { value: none, label: "No", hint: "The customer says it, or a system gives it" },
            ...(worked && gone ? [{ value: "gone", label: calculationWords(worked) }] : []),
            ...offers.map(choiceOf),
          ]}
          onChange={(value) => {
            const offer = offers[Number(value)];
            if (offer) onChange({ worked_out: offer.calculation, kind: offer.kind });
            else if (value === none) onChange({ worked_out: null });
          }}
        />
      )}
    </Field>
  );
}

function choiceOf({ label, of }: CalculationOffer, at: number): Choice<string> {
  return { value: String(at), label, group: of.charAt(0).toUpperCase() + of.slice(1) };
}

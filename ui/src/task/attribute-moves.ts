import type { TaskView } from "@/api/model";
import type { Editing } from "@/api/editing";
import type { Attribute, AttributeType, Task } from "@/api/model";
import { scopesFor } from "./kept";
import { newId } from "./new-id";
import { keyFor } from "./words";

/** A key of that name that nothing else in the task uses. */
export function freeKey(name: string, taken: readonly string[]): string {
  const key = keyFor(name);
  if (!taken.includes(key)) return key;
  for (let number = 2; ; number += 1) {
    const next = `${key}_${number}`;
    if (!taken.includes(next)) return next;
  }
}

/** An attribute with sensible first settings; the name tells what it probably holds. */
export function newAttribute(name: string, key: string, kind = guessType(name)): Attribute {
  return {
    id: newId("attribute"),
    key,
    name,
    description: "",
    kind,
    scope: "temporary",
    sensitive: false,
    how_to_ask: {},
    customer_may_fill: true,
  };
}

/** The attribute with another type; where its value comes from, and where it is kept, stays only as far as it fits. */
export function retyped(
  { picked_from, worked_out, kind: old, scope }: Attribute,
  kind: AttributeType,
): Partial<Attribute> {
  const group = "fields" in kind && "fields" in old;
  return {
    // One item or several: what they hold is the same.
    kind: group && picked_from ? { type: kind.type, fields: old.fields } : kind,
    ...(picked_from && !group ? { picked_from: null } : {}),
    ...(worked_out ? { worked_out: null } : {}),
    ...(scopesFor(kind).includes(scope) ? {} : { scope: "conversation" as const }),
  };
}

const guesses: [RegExp, AttributeType["type"]][] = [
  [/\be-?mail\b/i, "email"],
  [/\bphone\b|\bmobile\b/i, "phone"],
  [/\b(number|code|id|reference)\b/i, "identifier"],
  [/\bamount|price|total|refund\b/i, "amount"],
  [/\bdate|day|birthday\b/i, "date"],
  [/\baddress\b/i, "address"],
  [/\bname\b/i, "person_name"],
];

function guessType(name: string): AttributeType {
  const type = guesses.find(([pattern]) => pattern.test(name))?.[1] ?? "text";
  return { type } as AttributeType;
}

/** Makes an attribute from a name and tells the key it can be written with. */
export function makeAttributeIn(editing: Editing<TaskView, Task>, name: string): string {
  const { doc, view } = editing.current();
  const taken = [...doc.attributes, ...view.catalogue.attributes].map((attribute) => attribute.key);
  const key = freeKey(name, taken);
  editing.change(
    (task) => ({ ...task, attributes: [...task.attributes, newAttribute(name, key)] }),
    { label: `Added the attribute ${name}`, apart: true },
  );
  return key;
}

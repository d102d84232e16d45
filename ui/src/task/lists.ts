import { same } from "@/api/diff-json";
import type { Attribute, Catalogue, Field } from "@/api/model";
import { keyInWords, listWords } from "./words";

/** A list whose items are groups of fields. */
export interface GivenList {
  /** As it is written, e.g. `order.items`. */
  reference: string;
  /** As people call it: "the order’s items". */
  label: string;
  /** What gives it. */
  from: string;
  /** What each item holds. */
  fields: readonly Field[];
}

/** A list of plain values has one field without a key. */
const holdsGroups = (fields: readonly Field[]): boolean => fields.some((field) => field.key !== "");

/** Actions that look up the same thing may each give the list. */
function allLists(catalogue: Catalogue): GivenList[] {
  const givers = [
    ...catalogue.actions.map(({ result_name, outputs, name }) => ({
      owner: result_name,
      fields: outputs,
      from: name,
    })),
    ...catalogue.webhooks.map(({ key, fields, name }) => ({
      owner: key,
      fields,
      from: name || keyInWords(key),
    })),
  ];
  return givers.flatMap(({ owner, fields, from }) =>
    fields.flatMap(({ key, kind }) => {
      const reference = `${owner}.${key}`;
      return kind.type === "list" && holdsGroups(kind.fields)
        ? [{ reference, label: listWords(reference), from, fields: kind.fields }]
        : [];
    }),
  );
}

/** The lists of groups that actions and other systems give: what customers can pick from. */
export function listsOf(catalogue: Catalogue): GivenList[] {
  const seen = new Set<string>();
  return allLists(catalogue).filter(({ reference }) => !seen.has(reference) && seen.add(reference));
}

/** The fields of what is picked: those of the list, as soon as one is named; none once it is gone. */
export function fieldsOf(attribute: Attribute, catalogue: Catalogue): readonly Field[] {
  if (attribute.picked_from) {
    const list = listsOf(catalogue).find(({ reference }) => reference === attribute.picked_from);
    return list?.fields ?? [];
  }
  return "fields" in attribute.kind ? attribute.kind.fields : [];
}

const keysOf = (fields: readonly Field[]) => fields.map(({ key }) => key).toSorted();

/** The only list whose items have the same fields; the program lets customers pick from it unasked. */
export function listWithSameFields(attribute: Attribute, catalogue: Catalogue): GivenList | null {
  if (attribute.picked_from || !attribute.customer_may_fill || !("fields" in attribute.kind))
    return null;
  const own = keysOf(attribute.kind.fields);
  const [only, ...others] = allLists(catalogue).filter(({ fields }) => same(keysOf(fields), own));
  return own.length > 0 && others.length === 0 ? (only ?? null) : null;
}

/** What changes when the attribute is picked from a list, or no longer is. */
export function pickFrom(
  { kind }: Attribute,
  list: GivenList | null,
): Pick<Attribute, "kind" | "picked_from"> {
  const type = kind.type === "list" ? "list" : "object";
  // The fields were the list's: with them the program would go on picking from it.
  if (!list) return { kind: { type, fields: [] }, picked_from: null };
  return { kind: { type, fields: [...list.fields] }, picked_from: list.reference };
}

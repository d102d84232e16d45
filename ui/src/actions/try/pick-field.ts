import type { AttributeType, Field } from "@/api/model";
import { freeKey } from "@/task/attribute-moves";
import { keyFor } from "@/task/words";

/** The steps of a JSON pointer. */
export function stepsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** `lineItems` as people call it: "Line items". */
export function nameOf(step: string): string {
  const words = step
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The path of a property below another, as JSONPath. */
export function pathBelow(path: string, step: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(step)
    ? `${path}.${step}`
    : `${path}[${JSON.stringify(step)}]`;
}

/** Where a field stands below its owner, whether it says so or its key does. */
export function pathOf(field: Field): string {
  const written = (field.path ?? "").trim();
  if (!written) return pathBelow("$", field.key);
  if (written.startsWith("$")) return written;
  return written.startsWith("[") ? `$${written}` : `$.${written}`;
}

/** A place in an answer, taken apart: the list it stands in, and where inside. */
interface Place {
  /** Path of the outermost list on the way, if there is one. */
  list?: { path: string; steps: string[]; name: string };
  /** Path below the answer, or below an item of the list. */
  path: string;
  name: string;
}

function placeOf(pointer: string, body: unknown): Place {
  let path = "$";
  let at: unknown = body;
  const steps = stepsOf(pointer);
  for (const [index, step] of steps.entries()) {
    if (Array.isArray(at)) {
      const inside = steps.slice(index + 1);
      if (inside.length === 0) break;
      const before = steps.slice(0, index);
      const name = before.at(-1) ?? "items";
      const below = inside.reduce(pathBelow, "$");
      return {
        list: { path, steps: before, name },
        path: below,
        name: inside.at(-1) ?? "",
      };
    }
    path = pathBelow(path, step);
    at = (at as Record<string, unknown> | null)?.[step];
  }
  return {
    path,
    name:
      (Array.isArray(at) ? stepsOf(pointer).filter((s) => !/^\d+$/.test(s)) : steps).at(-1) ??
      "items",
  };
}

/** Whether the answer's place is a field already. */
export function isPicked(fields: readonly Field[], pointer: string, body: unknown): boolean {
  const place = placeOf(pointer, body);
  if (!place.list) return fields.some((field) => pathOf(field) === place.path);
  const list = fields.find((field) => pathOf(field) === place.list?.path);
  return (
    list?.kind.type === "list" && list.kind.fields.some((field) => pathOf(field) === place.path)
  );
}

function fieldFor(taken: readonly Field[], name: string, path: string, kind: AttributeType): Field {
  const key = freeKey(
    keyFor(nameOf(name)),
    taken.map((field) => field.key),
  );
  return { key, name: nameOf(name), kind, ...(path === pathBelow("$", key) ? {} : { path }) };
}

/**
 * The fields with one more, picked from an answer. What stands in a list belongs to the items of that list; a place that
 * is a field already is given up again.
 */
export function pickField(
  fields: readonly Field[],
  pointer: string,
  kind: AttributeType,
  body: unknown,
): Field[] {
  const place = placeOf(pointer, body);
  const { list } = place;
  if (!list) {
    const rest = fields.filter((field) => pathOf(field) !== place.path);
    if (rest.length < fields.length) return rest;
    return [...fields, fieldFor(fields, place.name, place.path, kind)];
  }
  const at = fields.findIndex((field) => pathOf(field) === list.path);
  const known = fields[at];
  const inside = known?.kind.type === "list" ? known.kind.fields : [];
  const without = inside.filter((field) => pathOf(field) !== place.path);
  const items =
    without.length < inside.length
      ? without
      : [...inside, fieldFor(inside, place.name, place.path, kind)];
  const next: Field = known
    ? { ...known, kind: { type: "list", fields: items } }
    : fieldFor(fields, list.name, list.path, { type: "list", fields: items });
  if (at < 0) return [...fields, next];
  return fields.map((field, index) => (index === at ? next : field));
}

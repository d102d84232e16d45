import type { Change } from "./model";
import { codePointLength } from "./code-points";

type Json = unknown;
type Fields = Record<string, Json>;

/** JSON that other systems read: in it, empty and absent are two things. */
const foreign = /\/(json|example|answer\/body)$/;
const foreignKeys: ReadonlySet<string> = new Set(["json", "example", "body"]);

/**
 * The changes that make `after` of `before`. The screens change a document freely and this works
 * out what to tell the history: texts as splices, list items by their id, everything else as `set`.
 */
export function diffJson(before: Json, after: Json, path = ""): Change[] {
  if (foreign.test(path)) {
    if (exactly(before, after)) return [];
    return [{ type: "set", path, before: before ?? null, after: after ?? null }];
  }
  if (same(before, after)) return [];
  if (typeof before === "string" && typeof after === "string") return [splice(before, after, path)];
  if (Array.isArray(before) && Array.isArray(after)) return diffLists(before, after, path);
  if (isFields(before) && isFields(after)) return diffFields(before, after, path);
  return [{ type: "set", path, before: before ?? null, after: after ?? null }];
}

function diffFields(before: Fields, after: Fields, path: string): Change[] {
  const type = before["type"];
  if (type !== after["type"] && type !== undefined) {
    return [{ type: "set", path, before, after }];
  }
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => {
    const inner = `${path}/${escape(key)}`;
    const was = before[key];
    const is = after[key];
    if (was === undefined || was === null || is === undefined || is === null) {
      if (foreign.test(inner) ? exactly(was, is) : same(was, is)) return [];
      return [{ type: "set" as const, path: inner, before: was ?? null, after: is ?? null }];
    }
    return diffJson(was, is, inner);
  });
}

function diffLists(before: Json[], after: Json[], path: string): Change[] {
  const changes: Change[] = [];
  const working = [...before];
  const names = new Set(after.map(nameOf));
  if (
    after.some((item) => nameOf(item) === null) ||
    working.some((item) => nameOf(item) === null)
  ) {
    return diffPlainLists(before, after, path);
  }
  for (let at = working.length - 1; at >= 0; at -= 1) {
    if (names.has(nameOf(working[at]))) continue;
    changes.push({ type: "remove", path: `${path}/${at}`, value: working[at] });
    working.splice(at, 1);
  }
  after.forEach((item, at) => {
    if (nameOf(working[at]) !== nameOf(item)) {
      const from = working.findIndex(
        (other, index) => index > at && nameOf(other) === nameOf(item),
      );
      if (from >= 0) {
        const [moved] = working.splice(from, 1);
        changes.push({ type: "remove", path: `${path}/${from}`, value: moved });
        changes.push({ type: "insert", path: `${path}/${at}`, value: moved });
        working.splice(at, 0, moved);
      } else {
        changes.push({ type: "insert", path: `${path}/${at}`, value: item });
        working.splice(at, 0, item);
        return;
      }
    }
    changes.push(...diffJson(working[at], item, `${path}/${at}`));
  });
  return changes;
}

function diffPlainLists(before: Json[], after: Json[], path: string): Change[] {
  if (before.length === after.length) {
    return after.flatMap((item, at) => diffJson(before[at], item, `${path}/${at}`));
  }
  let head = 0;
  while (head < before.length && head < after.length && same(before[head], after[head])) head += 1;
  let tail = 0;
  while (
    tail < before.length - head &&
    tail < after.length - head &&
    same(before[before.length - 1 - tail], after[after.length - 1 - tail])
  ) {
    tail += 1;
  }
  const changes: Change[] = [];
  for (let at = before.length - tail - 1; at >= head; at -= 1) {
    changes.push({ type: "remove", path: `${path}/${at}`, value: before[at] });
  }
  for (let at = head; at < after.length - tail; at += 1) {
    changes.push({ type: "insert", path: `${path}/${at}`, value: after[at] });
  }
  return changes;
}

function splice(before: string, after: string, path: string): Change {
  const from = [...before];
  const to = [...after];
  let head = 0;
  while (head < from.length && head < to.length && from[head] === to[head]) head += 1;
  let tail = 0;
  while (
    tail < from.length - head &&
    tail < to.length - head &&
    from[from.length - 1 - tail] === to[to.length - 1 - tail]
  ) {
    tail += 1;
  }
  return {
    type: "splice",
    path,
    at: codePointLength(from.slice(0, head).join("")),
    removed: from.slice(head, from.length - tail).join(""),
    inserted: to.slice(head, to.length - tail).join(""),
  };
}

/** What a list item is known by: an id where it has one, itself where it is a word. */
function nameOf(item: Json): string | null {
  if (isFields(item) && typeof item["id"] === "string") return item["id"];
  return null;
}

/** Absent, null and empty are one thing: the program leaves empty fields out when it stores. */
function isNothing(value: Json): boolean {
  return (
    value === undefined ||
    value === null ||
    value === "" ||
    value === false ||
    (Array.isArray(value) && value.length === 0) ||
    (isFields(value) && Object.keys(value).length === 0)
  );
}

/** Whether two documents mean the same. */
export function same(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (a === undefined || a === null || b === undefined || b === null) {
    return isNothing(a) && isNothing(b);
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, at) => same(item, b[at]));
  }
  if (isFields(a) && isFields(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) =>
      foreignKeys.has(key) ? exactly(a[key], b[key]) : same(a[key], b[key]),
    );
  }
  return false;
}

/** Whether two values are the same to the letter; a missing one is none. */
function exactly(a: Json, b: Json): boolean {
  if ((a ?? null) === (b ?? null)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, at) => exactly(item, b[at]));
  }
  if (!isFields(a) || !isFields(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && exactly(a[key], b[key]))
  );
}

function isFields(value: Json): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function escape(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

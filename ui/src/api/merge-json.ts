import { same } from "./diff-json";

type Json = unknown;
type Fields = Record<string, Json>;
type Named = Fields & { id: string };

export interface Merged<T> {
  merged: T;
  /** Both changed the same thing: mine stands, the other one is a step of the history. */
  clash: boolean;
}

/**
 * Brings together two documents that both came from `base`: what is being written here, and what
 * somebody else has saved meanwhile. Nothing that only one of them changed is lost.
 */
export function mergeJson<T>(base: T, mine: T, theirs: T): Merged<T> {
  const merge = new Merge();
  const merged = merge.value(base, mine, theirs) as T;
  // A block that one moved and the other wrote in would be there twice.
  if (merge.clash && namesTwice(merged)) return { merged: mine, clash: true };
  return { merged, clash: merge.clash };
}

class Merge {
  clash = false;

  value(base: Json, mine: Json, theirs: Json): Json {
    if (same(mine, theirs) || same(base, theirs)) return mine;
    if (same(base, mine)) return theirs;
    if (typeof base === "string" && typeof mine === "string" && typeof theirs === "string") {
      return this.stretch([...base], [...mine], [...theirs]).join("");
    }
    if (Array.isArray(base) && Array.isArray(mine) && Array.isArray(theirs)) {
      return this.list(base, mine, theirs);
    }
    if (isFields(base) && isFields(mine) && isFields(theirs) && sameType(base, mine, theirs)) {
      return this.fields(base, mine, theirs);
    }
    this.clash = true;
    return mine;
  }

  private fields(base: Fields, mine: Fields, theirs: Fields): Fields {
    const keys = new Set([...Object.keys(theirs), ...Object.keys(mine)]);
    return Object.fromEntries(
      [...keys].map((key) => [key, this.value(base[key], mine[key], theirs[key])]),
    );
  }

  private list(base: Json[], mine: Json[], theirs: Json[]): Json[] {
    if (isNamed(base) && isNamed(mine) && isNamed(theirs)) return this.named(base, mine, theirs);
    if (base.length === mine.length && base.length === theirs.length) {
      return base.map((item, at) => this.value(item, mine[at], theirs[at]));
    }
    return this.stretch(base, mine, theirs);
  }

  /** Items known by their id: each is merged by itself, and everybody's new ones stay. */
  private named(base: Named[], mine: Named[], theirs: Named[]): Named[] {
    const was = byId(base);
    const here = byId(mine);
    const there = byId(theirs);
    const reordered = !same(kept(base, here, there), kept(theirs, was, here));
    const [order, others] = reordered ? [theirs, mine] : [mine, theirs];
    return withNew(order, others)
      .map((id) => this.item(was.get(id), here.get(id), there.get(id)))
      .filter((item) => item !== undefined);
  }

  private item(was?: Named, mine?: Named, theirs?: Named): Named | undefined {
    if (mine && theirs) return this.value(was, mine, theirs) as Named;
    const left = mine ?? theirs;
    if (!was) return left;
    // One of us took it away: gone, unless the other was just writing in it.
    if (!left || same(was, left)) return undefined;
    this.clash = true;
    return left;
  }

  /** One stretch changed here, one there: both stay where they do not touch. */
  private stretch<T>(base: readonly T[], mine: readonly T[], theirs: readonly T[]): T[] {
    const a = changed(base, mine);
    const b = changed(base, theirs);
    const [first, second] = a.from < b.from || (a.from === b.from && a.to < b.to) ? [a, b] : [b, a];
    if (first.to > second.from) {
      this.clash = true;
      return [...mine];
    }
    return [
      ...base.slice(0, first.from),
      ...first.put,
      ...base.slice(first.to, second.from),
      ...second.put,
      ...base.slice(second.to),
    ];
  }
}

/** The one stretch of `base` in whose place something else stands. */
function changed<T>(
  base: readonly T[],
  after: readonly T[],
): { from: number; to: number; put: T[] } {
  const most = Math.min(base.length, after.length);
  let from = 0;
  while (from < most && same(base[from], after[from])) from += 1;
  let tail = 0;
  while (tail < most - from && same(base[base.length - 1 - tail], after[after.length - 1 - tail])) {
    tail += 1;
  }
  return { from, to: base.length - tail, put: after.slice(from, after.length - tail) };
}

const byId = (list: readonly Named[]): Map<string, Named> =>
  new Map(list.map((item) => [item.id, item]));

/** The ids of a list that both others have too, in its order. */
function kept(list: readonly Named[], a: Map<string, Named>, b: Map<string, Named>): string[] {
  return list.map((item) => item.id).filter((id) => a.has(id) && b.has(id));
}

/** The ids of `order`, with those only `others` has put behind the one they stand behind there. */
function withNew(order: readonly Named[], others: readonly Named[]): string[] {
  const ids = order.map((item) => item.id);
  others.forEach(({ id }, at) => {
    if (ids.includes(id)) return;
    const before = others[at - 1];
    ids.splice(before ? ids.indexOf(before.id) + 1 : 0, 0, id);
  });
  return ids;
}

function namesTwice(value: Json, seen = new Set<string>()): boolean {
  if (Array.isArray(value)) return value.some((item) => namesTwice(item, seen));
  if (!isFields(value)) return false;
  const { id } = value;
  if (typeof id === "string") {
    if (seen.has(id)) return true;
    seen.add(id);
  }
  return Object.values(value).some((inner) => namesTwice(inner, seen));
}

function sameType(...all: Fields[]): boolean {
  return all.every((one) => one["type"] === all[0]?.["type"]);
}

function isNamed(list: readonly Json[]): list is Named[] {
  return list.every((item) => isFields(item) && typeof item["id"] === "string");
}

function isFields(value: Json): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

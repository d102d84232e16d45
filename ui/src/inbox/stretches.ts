import type { ConversationList, ConversationSummary, ListPlace } from "@/api/model";

/** A stretch of the list: below one row, down to another; open where none. */
export interface Stretch {
  after: ListPlace | null;
  until: ListPlace | null;
}

/** The stretches that begin at the top and at each of these rows; the last one is open at its end. */
export function stretchesAt(marks: readonly ListPlace[]): Stretch[] {
  return [null, ...marks].map((after, at) => ({ after, until: marks[at] ?? null }));
}

/** What is read of the list so far, from the top on. */
export interface Read {
  rows: ConversationSummary[];
  /** How many rows each stretch has given. */
  sizes: number[];
  total: number;
  /** Where a further stretch begins: below the last one, or in one that became too long. */
  next: { place: ListPlace; within: number } | null;
}

/**
 * Puts together what was read. Who wrote between two readings stands at the top only. A stretch in the middle that is being
 * read leaves what is below it in place: whoever looks at that is not thrown out.
 */
export function joined(lists: readonly (ConversationList | undefined)[]): Read | null {
  const [head] = lists;
  if (!head) return null;
  const read: Read = { rows: [], sizes: [], total: head.total, next: null };
  const seen = new Set<string>();
  for (const [within, list] of lists.entries()) {
    const fresh = (list?.rows ?? []).filter(({ id }) => !seen.has(id));
    for (const { id } of fresh) seen.add(id);
    read.rows.push(...fresh);
    read.sizes.push(fresh.length);
    if (list?.next) read.next ??= { place: list.next, within };
  }
  return read;
}

/** The first and the last stretch that rows of this range belong to. */
export function stretchesOf(
  sizes: readonly number[],
  first: number,
  last: number,
): [number, number] {
  const of = (row: number) => {
    let before = 0;
    const found = sizes.findIndex((size) => (before += size) > row);
    return found === -1 ? Math.max(0, sizes.length - 1) : found;
  };
  return [of(first), of(last)];
}

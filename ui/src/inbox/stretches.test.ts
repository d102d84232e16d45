import { describe, expect, it } from "vitest";
import type { ConversationList, ConversationSummary, ListPlace } from "@/api/model";
import { joined, stretchesAt, stretchesOf } from "./stretches";

const place = (at: number): ListPlace => ({ last_at: at, conversation: `c${at}` });
const list = (ids: readonly number[], next: number | null = null): ConversationList => ({
  rows: ids.map((id) => ({ id: `c${id}`, last_at: id }) as ConversationSummary),
  total: 7,
  next: next === null ? null : place(next),
});

describe("a long list that is read in stretches", () => {
  it("has one from each mark to the next, and the last one open", () => {
    expect(stretchesAt([])).toEqual([{ after: null, until: null }]);
    expect(stretchesAt([place(5), place(3)])).toEqual([
      { after: null, until: place(5) },
      { after: place(5), until: place(3) },
      { after: place(3), until: null },
    ]);
  });

  it("is put together in order, and nobody stands in it twice", () => {
    const read = joined([list([9, 7, 6]), list([5, 9, 4], 4)]);
    expect(read?.rows.map(({ id }) => id)).toEqual(["c9", "c7", "c6", "c5", "c4"]);
    expect(read?.sizes).toEqual([3, 2]);
    expect(read?.next).toEqual({ place: place(4), within: 1 });
    const late = joined([list([9]), undefined, list([3])]);
    expect(late?.rows, "what is below one that is being read stays").toHaveLength(2);
    expect(late?.sizes).toEqual([1, 0, 1]);
    expect(joined([undefined, list([3])])).toBeNull();
  });

  it("goes on inside a stretch that became too long", () => {
    expect(joined([list([9, 8], 8), list([5])])?.next).toEqual({ place: place(8), within: 0 });
  });

  it("knows which of them rows in sight belong to", () => {
    expect(stretchesOf([3, 2, 4], 0, 2)).toEqual([0, 0]);
    expect(stretchesOf([3, 2, 4], 2, 5)).toEqual([0, 2]);
    expect(stretchesOf([3, 0, 4], 3, 90)).toEqual([2, 2]);
    expect(stretchesOf([], 0, 0)).toEqual([0, 0]);
  });
});

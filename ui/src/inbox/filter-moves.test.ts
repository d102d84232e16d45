import { describe, expect, it } from "vitest";
import { filterIn, isOpen, isSameFilter, tidied } from "./filter-moves";

describe("a filter", () => {
  it("keeps only what leaves something out", () => {
    expect(
      tidied({
        tags: [],
        tasks: ["task_a"],
        no_task: false,
        words: "  ",
        began: { type: "always" },
      }),
    ).toEqual({ tasks: ["task_a"] });
  });

  it("is the same as another that means the same", () => {
    expect(isSameFilter({ tags: ["a"], words: "b" }, { words: "b", tags: ["a"], states: [] })).toBe(
      true,
    );
    expect(isSameFilter({ tags: ["a"] }, { tags: ["b"] })).toBe(false);
    expect(isOpen({ places: [] })).toBe(true);
  });

  it("is read from an address that somebody wrote by hand", () => {
    expect(filterIn("nonsense")).toEqual({});
    expect(filterIn({ began: { type: "last_days", days: 7 } })).toEqual({
      began: { type: "last_days", days: 7 },
    });
  });
});

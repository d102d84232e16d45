import { describe, expect, it } from "vitest";
import { niceEnd } from "./StackedColumns";

describe("the end of a scale", () => {
  it("is a round number that holds the highest column", () => {
    expect([0, 1, 3, 7, 12, 41, 99, 1234].map(niceEnd)).toEqual([2, 2, 4, 8, 20, 50, 100, 2000]);
  });
});

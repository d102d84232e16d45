import { describe, expect, it } from "vitest";
import { task } from "@/test/fixture-data";
import { coach, sentenceCount } from "./description-coach";

describe("the coach of the description", () => {
  it("counts sentences as people do", () => {
    expect(sentenceCount("")).toBe(0);
    expect(sentenceCount("One. Two! Three?")).toBe(3);
    expect(sentenceCount("For returns, e.g. shoes. Not for parcels.")).toBe(2);
    expect(sentenceCount("No full stop\nAnother line")).toBe(2);
  });

  it("has nothing to say about a good description", () => {
    expect(coach(task).filter((point) => !point.done)).toEqual([]);
  });

  it("puts what is missing first", () => {
    const points = coach({ ...task, title: "Refunds", description: "Refunds." });
    expect(points[0]?.done).toBe(false);
    expect(points.filter((point) => !point.done).map((point) => point.id)).toEqual([
      "title",
      "length",
      "when",
      "when_not",
    ]);
  });
});

import { describe, expect, it } from "vitest";
import type { Group } from "@/api/model";
import { durationWords, filled, percent } from "./report-words";

const group = (key: string) => ({ key, name: "" }) as Group;

describe("figures in words", () => {
  it("never divide by nothing, and do not round something to nothing", () => {
    expect([percent(0, 0), percent(1, 3), percent(1, 400), percent(0, 5), percent(5, 5)]).toEqual([
      "–",
      "33%",
      "0.3%",
      "0%",
      "100%",
    ]);
  });

  it("tell times in the unit people would use", () => {
    expect([null, 320, 41_000, 380_000, 11_520_000, 260_000_000].map(durationWords)).toEqual([
      "–",
      "320 ms",
      "41 s",
      "6 min",
      "3.2 h",
      "3 days",
    ]);
  });

  it("leave no day out on the axis of time", () => {
    const days = filled([group("2026-10-30"), group("2026-11-02")], "day");
    expect(days.map(({ first, group }) => [first, group !== null])).toEqual([
      ["2026-10-30", true],
      ["2026-10-31", false],
      ["2026-11-01", false],
      ["2026-11-02", true],
    ]);
    expect(filled([group("2026-11-01"), group("2027-01-01")], "month")).toHaveLength(3);
    expect(filled([], "week")).toEqual([]);
  });
});

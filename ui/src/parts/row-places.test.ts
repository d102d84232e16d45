import { describe, expect, it } from "vitest";
import { RowPlaces } from "./row-places";

/** The same by adding up. */
class Plain {
  heights: number[] = [];
  top = (row: number): number =>
    this.heights.slice(0, row).reduce((sum, height) => sum + height, 0);
  rowAt(place: number): number {
    let top = 0;
    for (const [row, height] of this.heights.entries()) {
      if (place < top + height) return row;
      top += height;
    }
    return Math.max(0, this.heights.length - 1);
  }
}

/** A fixed sequence that looks random. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

describe("the places of rows", () => {
  it("are the sums of their heights, whatever is measured, added or taken away", () => {
    const next = numbers(7);
    const places = new RowPlaces(28);
    const plain = new Plain();
    for (let step = 0; step < 400; step += 1) {
      const count = next(5) === 0 ? next(3000) : plain.heights.length;
      places.setCount(count);
      plain.heights.length = Math.min(plain.heights.length, count);
      while (plain.heights.length < count) plain.heights.push(28);
      if (count === 0) continue;
      const row = next(count);
      const height = next(80);
      const before = plain.heights[row] ?? 0;
      expect(places.setHeight(row, height)).toBe(height - before);
      plain.heights[row] = height;
      const asked = next(count + 1);
      expect(places.top(asked)).toBe(plain.top(asked));
      expect(places.total()).toBe(plain.top(count));
      const place = next(plain.top(count) + 40);
      expect(places.rowAt(place)).toBe(plain.rowAt(place));
    }
  });

  it("answer for a hundred thousand rows before any was measured", () => {
    const places = new RowPlaces(28);
    places.setCount(100_000);
    expect(places.total()).toBe(2_800_000);
    expect(places.rowAt(2_799_999)).toBe(99_999);
    expect(places.rowAt(9e9)).toBe(99_999);
    expect(places.rowAt(-5)).toBe(0);
  });

  it("have no row where there are none", () => {
    const places = new RowPlaces(28);
    expect(places.total()).toBe(0);
    expect(places.rowAt(10)).toBe(0);
  });
});

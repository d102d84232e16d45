import { describe, expect, it } from "vitest";
import { fitting, inSight, opening, zoomed } from "./plan-view";

const room = { width: 600, height: 300 };

describe("the view of a drawing", () => {
  it("shows all of a small one in the middle and never larger than it is", () => {
    expect(fitting({ width: 200, height: 100 }, room)).toEqual({ x: 200, y: 100, scale: 1 });
  });

  it("begins a large one at its top, where it can be read", () => {
    const large = { width: 900, height: 4000 };
    expect(opening(large, room).scale).toBe(0.8);
    expect(opening(large, room).y).toBeGreaterThan(0);
    expect(fitting(large, room).scale).toBeLessThan(0.8);
  });

  it("keeps the point under the pointer where it is while it zooms, within bounds", () => {
    const view = { x: 40, y: 10, scale: 1 };
    const at = { x: 140, y: 60 };
    const nearer = zoomed(view, 1.5, at);
    expect((at.x - nearer.x) / nearer.scale).toBeCloseTo(100);
    expect((at.y - nearer.y) / nearer.scale).toBeCloseTo(50);
    expect(zoomed(view, 100, at).scale).toBe(2.5);
    expect(zoomed(view, 0.001, at).scale).toBe(0.15);
  });

  it("moves no further than it takes to have a part in sight", () => {
    const view = { x: 0, y: 0, scale: 1 };
    const part = { x: 10, y: 500, width: 100, height: 40 };
    expect(inSight(view, part, room)).toEqual({ x: 0, y: -240, scale: 1 });
    expect(inSight(view, { ...part, y: 20 }, room)).toBe(view);
    const wide = { x: -50, y: 0, width: 2000, height: 40 };
    expect(inSight(view, wide, room).x).toBe(50);
  });
});

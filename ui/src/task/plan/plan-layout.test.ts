import { describe, expect, it } from "vitest";
import type { PlanNode } from "@/api/model";
import { step, way } from "@/test/plan-steps";
import { boxWidth, drawBeside, drawPlan, wrap, type Box, type Drawing } from "./plan-layout";
import { listenerRows, planRows } from "./plan-rows";

const measure = (words: string) => words.length * 6;

const draw = (nodes: PlanNode[]): Drawing => drawPlan(nodes, planRows(nodes, true), measure);

const check = (...ways: PlanNode[][]): PlanNode =>
  step("Goes one way or the other", {
    kind: "check",
    ends: ways.every((steps) => steps.some(({ ends }) => ends)),
    ways: ways.map((steps, at) =>
      at < ways.length - 1
        ? way(`If it is number ${at}`, steps)
        : way("Otherwise", steps, { when: "otherwise" }),
    ),
  });

const handOff = step("Hands off to Billing", { kind: "hand_off", ends: true });

function overlapping(boxes: readonly Box[]): string[] {
  return boxes.flatMap((a, at) =>
    boxes.slice(at + 1).flatMap((b) => {
      const apart =
        a.x + a.width <= b.x ||
        b.x + b.width <= a.x ||
        a.y + a.height <= b.y ||
        b.y + b.height <= a.y;
      return apart ? [] : [`${a.row.words} / ${b.row.words}`];
    }),
  );
}

const tell = (at: number) =>
  step(`Tells the customer the ${at}th thing that there is to tell about the order`);

/** Forty steps with checks in checks, a frame and a repetition. */
function longPlan(): PlanNode[] {
  const inner = check(
    [tell(1), check([tell(2)], [handOff])],
    [check([handOff], [handOff]), tell(3)],
    [],
  );
  const repeat = step("Repeats at most 3 times", {
    kind: "repeat",
    ways: [way("", [tell(4), check([tell(5)], [])], { when: "repeat" })],
  });
  const steps = Array.from({ length: 8 }, (_, at) => [tell(at + 10), inner, repeat]).flat();
  return [
    step("Instructions", { kind: "instructions", ways: [way("", steps, { when: "always" })] }),
  ];
}

describe("the drawing of a plan", () => {
  it("puts what is listened for beside the flow, with no line between them", () => {
    const nodes = longPlan();
    const listeners = [
      step("At any time, if the customer mentions lawyer", {
        kind: "listen",
        ends: true,
        ways: [way("", [tell(20), handOff], { when: "always" })],
      }),
      step("At any time, if the customer mentions refund", {
        kind: "listen",
        ways: [way("", [check([tell(21)], [tell(22)])], { when: "always" })],
      }),
    ];
    const flow = draw(nodes);
    const drawing = drawBeside(flow, listeners, listenerRows(listeners), measure);
    expect(drawing.frames.length).toBe(flow.frames.length + 2);
    expect(overlapping(drawing.boxes)).toEqual([]);
    const beside = drawing.boxes.slice(flow.boxes.length);
    expect(Math.min(...beside.map(({ x }) => x))).toBeGreaterThan(flow.width);
    const added = drawing.lines.slice(flow.lines.length);
    expect(Math.min(...added.flatMap(({ from, to }) => [from.x, to.x]))).toBeGreaterThan(
      flow.width,
    );
    expect(drawing.width).toBeGreaterThan(Math.max(...beside.map(({ x }) => x + boxWidth)));
    expect(drawing.end).toEqual(flow.end);
    expect(drawBeside(flow, [], [], measure)).toBe(flow);
  });

  it("has room for everything, however long it is", () => {
    const nodes = longPlan();
    const drawing = draw(nodes);
    expect(overlapping(drawing.boxes)).toEqual([]);
    const drawn = new Set([...drawing.boxes, ...drawing.frames].map(({ row }) => row.id));
    expect(planRows(nodes, true).filter(({ id }) => !drawn.has(id))).toEqual([]);
    for (const { x, y, width, height } of [...drawing.boxes, ...drawing.frames]) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(drawing.width);
      expect(y + height).toBeLessThanOrEqual(drawing.height);
    }
  });

  it("lets ways that go on meet again, and those that end end", () => {
    const drawing = draw([check([handOff], []), step("Says goodbye")]);
    const goodbye = drawing.boxes.find(({ row }) => row.words === "Says goodbye");
    const away = drawing.boxes.find(({ row }) => row.words === "Hands off to Billing");
    const into = drawing.lines.filter(({ to }) => to.y === goodbye?.y);
    expect(into).toHaveLength(1);
    const leaving = drawing.lines.filter(
      ({ from }) => away && from.y === away.y + away.height && from.x === away.x + boxWidth / 2,
    );
    expect(leaving).toEqual([]);
    expect(drawing.end).not.toBeNull();
  });

  it("draws no end where every way ends before", () => {
    expect(draw([check([handOff], [handOff])]).end).toBeNull();
  });

  it("draws what is switched off without ending there", () => {
    expect(draw([{ ...handOff, off: true }, step("Says goodbye")]).end).not.toBeNull();
  });

  it("draws nothing but a beginning and an end where there is nothing", () => {
    const drawing = draw([]);
    expect(drawing.boxes).toEqual([]);
    expect(drawing.end).not.toBeNull();
  });

  it("breaks words into lines and says that there is more", () => {
    expect(wrap("one two three", 48, 3, measure)).toEqual(["one two", "three"]);
    const [first, second, third] = wrap("one two three four five six", 48, 2, measure);
    expect([first, second, third]).toEqual(["one two", "three…", undefined]);
    const [long = ""] = wrap("Donaudampfschifffahrt", 60, 2, measure);
    expect(measure(long)).toBeLessThanOrEqual(60);
    expect(long.endsWith("…")).toBe(true);
  });
});

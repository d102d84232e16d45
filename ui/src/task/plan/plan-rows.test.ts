import { describe, expect, it } from "vitest";
import type { PlanNode } from "@/api/model";
import { step, way } from "@/test/plan-steps";
import { listenerRows, nodesOf, placeOf, planRows, rowAt, ruleRows } from "./plan-rows";

const always = (steps: PlanNode[]) => way("", steps, { when: "always" });

const check = step("Goes one way or the other", {
  kind: "check",
  span: { start: 10, end: 30 },
  ways: [
    way("If it shipped", [step("Hands off", { span: { start: 32, end: 40 } })], {
      span: { start: 10, end: 30 },
    }),
    way("Otherwise", [], { when: "otherwise" }),
  ],
});
const block = step("Instructions", {
  kind: "instructions",
  name: "Look it up",
  ways: [always([step("Runs Get order", { span: { start: 0, end: 9 } }), check])],
});

describe("the rows of an outline", () => {
  it("says a check by its ways and leaves out a way that only goes on", () => {
    const rows = planRows([block], true);
    expect(rows.map(({ level, words }) => `${level} ${words}`)).toEqual([
      "1 Look it up",
      "2 Runs Get order",
      "2 If it shipped",
      "3 Hands off",
    ]);
    expect(rows[0]).toMatchObject({ number: 1, opens: true, nth: 1, of: 1 });
    expect(rows[3]).toMatchObject({ parent: rows[2]?.id, opens: false });
  });

  it("finds the row of a sentence, and the closest one of words inside it", () => {
    const rows = planRows([block], true);
    const at = (start: number, end: number, of = "a") =>
      rowAt(rows, { block: of, span: { start, end } })?.words;
    expect(at(10, 30)).toBe("If it shipped");
    expect(at(33, 36)).toBe("Hands off");
    expect(at(10, 30, "b")).toBeUndefined();
    expect(at(50, 60)).toBeUndefined();
  });

  it("leads from a row without words of its own to the closest one around it", () => {
    const bare = step("Ends the task", { kind: "finish" });
    const confirm = step("Asks for a yes", {
      kind: "confirm",
      span: { start: 5, end: 8 },
      ways: [way("If the customer says no", [bare], { when: "answer" })],
    });
    const rows = planRows([confirm], false);
    const last = rows.at(-1);
    expect(last?.words).toBe("Ends the task");
    expect(last && placeOf(rows, last)).toEqual({ block: "a", span: { start: 5, end: 8 } });
  });

  it("finds a block inside a way of another one", () => {
    const inner = { ...block, block: "inner" };
    const outer = step("Offers buttons", {
      block: "outer",
      kind: "buttons",
      ways: [way("If the customer chooses “Yes”", [inner], { when: "answer" })],
    });
    const plan = { nodes: [outer], rules: [], listeners: [] };
    expect(nodesOf(plan, "inner")).toEqual([inner]);
    expect(nodesOf(plan, "nowhere")).toBeUndefined();
  });

  it("says what is listened for with what it leads to, apart from the steps", () => {
    const listener = step("At any time, if the customer mentions lawyer", {
      kind: "listen",
      span: { start: 50, end: 70 },
      ways: [always([step("Hands off", { kind: "hand_off" })])],
    });
    const rows = listenerRows([listener]);
    expect(rows.map(({ level, words }) => `${level} ${words}`)).toEqual([
      "1 At any time, if the customer mentions lawyer",
      "2 Hands off",
    ]);
    expect(rows[1]?.parent).toBe(rows[0]?.id);
    const ids = [...planRows([block], true), ...rows].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const inside = rows[1];
    expect(inside && placeOf(rows, inside)).toEqual({ block: "a", span: { start: 50, end: 70 } });
  });

  it("keeps the rows of rules apart from those of steps", () => {
    const ids = new Set(
      [
        ...planRows([block], true),
        ...ruleRows([{ block: "a", span: { start: 50, end: 60 }, actions: [], words: "Never" }]),
      ].map(({ id }) => id),
    );
    expect(ids.size).toBe(5);
  });
});

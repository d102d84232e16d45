import type { PlanNode, PlanWay } from "../api/model";

/** A node of a plan that only says something. */
export const step = (words: string, more: Partial<PlanNode> = {}): PlanNode => ({
  block: "a",
  span: null,
  kind: "inform",
  name: "",
  words,
  changes_data: false,
  guards: [],
  missing: null,
  off: false,
  ends: false,
  ways: [],
  ...more,
});

/** A way that a condition leads to. */
export const way = (words: string, steps: PlanNode[], more: Partial<PlanWay> = {}): PlanWay => ({
  span: null,
  when: "condition",
  words,
  steps,
  ...more,
});

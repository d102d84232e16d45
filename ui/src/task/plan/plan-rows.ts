import type { Plan, PlanNode, PlanRule, PlanWay, Span } from "@/api/model";
import type { TextPlace } from "./text-place";

/** One line of the outline; the diagram draws a box for each. */
export type PlanRow = {
  /** Its place in the tree; the same place is the same row while the text changes around it. */
  id: string;
  /** The row it belongs to. */
  parent: string | null;
  level: number;
  /** How many rows stand beside it under the same parent, and the which it is, from 1. */
  of: number;
  nth: number;
  block: string | null;
  span: Span | null;
  words: string;
  /** Whether rows belong to it. */
  opens: boolean;
} & (
  | { type: "node"; node: PlanNode; number: number | null }
  | { type: "way"; way: PlanWay }
  | { type: "rule"; rule: PlanRule }
);

/** What a row says before it is put in its place. */
type Draft = Pick<PlanRow, "block" | "span" | "words"> & { inside: Draft[] } & (
    | { type: "node"; node: PlanNode; number: number | null }
    | { type: "way"; way: PlanWay }
    | { type: "rule"; rule: PlanRule }
  );

/** The words of a node as the outline says them. */
export function nodeWords(node: PlanNode): string {
  if (!node.name) return node.words;
  return node.kind === "instructions" ? node.name : `${node.name}: ${node.words}`;
}

/** A check without a name says nothing that its ways do not say. */
export const isSilent = (node: PlanNode): boolean =>
  node.kind === "check" && !node.name && !node.missing;

/** The steps inside a node: of a block, or of what is done again. */
export const isInside = (way: PlanWay): boolean => way.when === "always" || way.when === "repeat";

/** A way that only goes on is worth no line, unless it is the one a condition leads to. */
export const isBare = (way: PlanWay): boolean => way.steps.length === 0 && way.when !== "condition";

function drafts(nodes: readonly PlanNode[], numbered: boolean): Draft[] {
  return nodes.flatMap((node, at): Draft[] => {
    const ways = node.ways.flatMap((way): Draft[] => {
      if (isInside(way)) return drafts(way.steps, false);
      if (isBare(way)) return [];
      const inside = drafts(way.steps, false);
      return [{ type: "way", way, block: node.block, span: way.span, words: way.words, inside }];
    });
    if (isSilent(node)) return ways;
    const number = numbered ? at + 1 : null;
    const { block, span } = node;
    return [{ type: "node", node, number, block, span, words: nodeWords(node), inside: ways }];
  });
}

function placed(drafts: readonly Draft[], parent: string | null, level: number): PlanRow[] {
  return drafts.flatMap((draft, at): PlanRow[] => {
    const { inside, ...said } = draft;
    const id = parent === null ? String(at) : `${parent}.${at}`;
    const row = { ...said, id, parent, level, nth: at + 1, of: drafts.length };
    return [{ ...row, opens: inside.length > 0 }, ...placed(inside, id, level + 1)];
  });
}

/** Every line of a plan, in reading order. */
export function planRows(nodes: readonly PlanNode[], numbered: boolean): PlanRow[] {
  return placed(drafts(nodes, numbered), null, 1);
}

/** The lines of the rules. */
export function ruleRows(rules: readonly PlanRule[]): PlanRow[] {
  const rows = rules.map((rule): Draft => {
    const { block, span, words } = rule;
    return { type: "rule", rule, block, span, words, inside: [] };
  });
  return placed(rows, null, 1).map((row) => ({ ...row, id: `rule ${row.id}` }));
}

/** The lines of what is listened for at any time, each with what it leads to. */
export function listenerRows(listeners: readonly PlanNode[]): PlanRow[] {
  return placed(drafts(listeners, false), null, 1).map((row) => ({
    ...row,
    id: `listener ${row.id}`,
    parent: row.parent === null ? null : `listener ${row.parent}`,
  }));
}

/** The sentence a row stands on: its own, or that of the closest row it belongs to. */
export function placeOf(rows: readonly PlanRow[], row: PlanRow): TextPlace | null {
  if (!row.block) return null;
  if (row.span) return { block: row.block, span: row.span };
  const parent = rows.find(({ id }) => id === row.parent);
  if (parent && parent.block === row.block) return placeOf(rows, parent);
  return { block: row.block, span: { start: 0, end: 0 } };
}

const length = (span: Span): number => span.end - span.start;

/** The row of a sentence: the one read from just these words, or else the closest one around or inside them. */
export function rowAt(rows: readonly PlanRow[], place: TextPlace | null): PlanRow | undefined {
  if (!place) return undefined;
  const { block, span } = place;
  const near = rows.filter(
    (row) =>
      row.block === block && row.span && row.span.start < span.end && span.start < row.span.end,
  );
  const distance = ({ span: own }: PlanRow): number =>
    own
      ? Math.abs(own.start - span.start) + Math.abs(own.end - span.end) + length(own) / 1e6
      : Number.POSITIVE_INFINITY;
  return near.sort((a, b) => distance(a) - distance(b))[0];
}

/** The nodes of one block only, wherever it stands in the task. */
export function nodesOf(plan: Plan, block: string | undefined): readonly PlanNode[] | undefined {
  const find = (nodes: readonly PlanNode[]): PlanNode | undefined => {
    for (const node of nodes) {
      if (node.block === block && node.span === null && node.kind !== "finish") return node;
      if (node.block === block) continue;
      const inside = find(node.ways.flatMap((way) => way.steps));
      if (inside) return inside;
    }
    return undefined;
  };
  const found = find(plan.nodes);
  return found ? [found] : undefined;
}

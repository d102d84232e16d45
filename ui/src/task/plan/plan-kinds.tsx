import {
  Bot,
  CircleHelp,
  GitBranch,
  MousePointerClick,
  Scale,
  Star,
  TextQuote,
  type LucideIcon,
} from "lucide-react";
import type { PlanKind, PlanNode } from "@/api/model";
import { sentenceKinds } from "../sentence-kinds";
import type { PlanRow } from "./plan-rows";

export interface RowLook {
  Icon: LucideIcon;
  tint: string;
}

const blockLooks: Partial<Record<PlanKind, RowLook>> = {
  instructions: { Icon: TextQuote, tint: "text-muted" },
  buttons: { Icon: MousePointerClick, tint: "text-blue" },
  rate: { Icon: Star, tint: "text-blue" },
  answer: { Icon: Bot, tint: "text-green" },
};

function nodeLook({ kind, missing }: PlanNode): RowLook {
  if (missing && kind !== "instructions") return { Icon: CircleHelp, tint: "text-amber" };
  const sentence = kind in sentenceKinds ? sentenceKinds[kind as keyof typeof sentenceKinds] : null;
  return blockLooks[kind] ?? sentence ?? { Icon: CircleHelp, tint: "text-muted" };
}

/** The mark of a row: the same as in the margin of the text. */
export function rowLook(row: PlanRow): RowLook {
  if (row.type === "rule") return sentenceKinds.rule;
  if (row.type === "node") return nodeLook(row.node);
  return row.way.when === "condition"
    ? { Icon: Scale, tint: "text-pill-field" }
    : { Icon: GitBranch, tint: "text-pill-field" };
}

/** What stands below the words of a row. */
export interface RowNote {
  words: string;
  tone: "action" | "rule" | "missing" | "quiet";
}

export const noteTints: Record<RowNote["tone"], string> = {
  action: "text-pill-action",
  rule: "text-accent-text",
  missing: "text-amber",
  quiet: "text-faint",
};

export function rowNotes(row: PlanRow): RowNote[] {
  if (row.type !== "node") return [];
  const { node } = row;
  const notes: RowNote[] = [];
  if (node.off) notes.push({ words: "Switched off", tone: "quiet" });
  if (node.changes_data) notes.push({ words: "Changes data", tone: "action" });
  for (const guard of node.guards) notes.push({ words: guard, tone: "rule" });
  if (node.missing) notes.push({ words: node.missing, tone: "missing" });
  return notes;
}

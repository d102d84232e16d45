import {
  Bot,
  CircleStop,
  Clock,
  FormInput,
  GitBranch,
  MessageSquare,
  MousePointerClick,
  PencilLine,
  PlayCircle,
  StickyNote,
  Star,
  Tags,
  TextQuote,
  UserRound,
  Zap,
  type LucideIcon,
} from "lucide-react";
import type { Block } from "@/api/model";
import { newId } from "./new-id";

export type BlockType = Block["type"];

export interface BlockKindInfo {
  type: BlockType;
  label: string;
  about: string;
  Icon: LucideIcon;
}

/** Every kind of block, in the order people look for them. */
export const blockKinds: readonly BlockKindInfo[] = [
  {
    type: "instructions",
    label: "Instructions",
    about: "Say in your own words what happens",
    Icon: TextQuote,
  },
  { type: "message", label: "Message", about: "Say fixed words", Icon: MessageSquare },
  {
    type: "buttons",
    label: "Buttons",
    about: "Offer options, each with its own path",
    Icon: MousePointerClick,
  },
  {
    type: "collect_attribute",
    label: "Collect attribute",
    about: "Ask the customer for values",
    Icon: FormInput,
  },
  {
    type: "run_action",
    label: "Run action",
    about: "Look something up or change something",
    Icon: Zap,
  },
  { type: "branch", label: "Branch", about: "Go one of several ways", Icon: GitBranch },
  {
    type: "hand_off",
    label: "Hand off",
    about: "Pass the conversation to people",
    Icon: UserRound,
  },
  {
    type: "wait_for_webhook",
    label: "Wait for webhook",
    about: "Pause until another system calls back",
    Icon: Clock,
  },
  { type: "set_attribute", label: "Set attribute", about: "Write down a value", Icon: PencilLine },
  { type: "note", label: "Note", about: "Leave a note for colleagues", Icon: StickyNote },
  { type: "tags", label: "Tags", about: "Tag the conversation", Icon: Tags },
  {
    type: "ask_for_rating",
    label: "Ask for rating",
    about: "Ask for one to five stars",
    Icon: Star,
  },
  {
    type: "let_assistant_answer",
    label: "Let the assistant answer",
    about: "Answer questions freely",
    Icon: Bot,
  },
  {
    type: "run_task",
    label: "Run task",
    about: "Run another task and come back",
    Icon: PlayCircle,
  },
  { type: "end", label: "End", about: "End the task", Icon: CircleStop },
];

const byType = new Map(blockKinds.map((kind) => [kind.type, kind]));

export function kindOf(type: BlockType): BlockKindInfo {
  const kind = byType.get(type);
  if (!kind) throw new Error(`no block kind ${type}`);
  return kind;
}

/** The name shown for a block: the author's, else its kind. */
export function blockTitle(block: Block): string {
  return block.name || kindOf(block.type).label;
}

/** An empty block of a kind, ready to be filled in. */
export function makeBlock(type: BlockType): Block {
  const id = newId("block");
  switch (type) {
    case "instructions":
      return { id, type, text: "" };
    case "run_action":
      return { id, type, action: null };
    case "wait_for_webhook":
      return {
        id,
        type,
        key: "callback",
        example: {},
        fields: [],
        limit: { count: 30, unit: "minutes" },
        what_then: [],
      };
    case "message":
    case "note":
      return { id, type, text: "" };
    case "buttons":
      return {
        id,
        type,
        text: "",
        options: ["Yes", "No"].map((label) => ({ id: newId("option"), label, blocks: [] })),
      };
    case "collect_attribute":
      return { id, type, attributes: [] };
    case "set_attribute":
      return { id, type, attribute: "", value: "" };
    case "branch":
      return {
        id,
        type,
        arms: [{ id: newId("option"), condition: null, blocks: [] }],
        otherwise: [],
      };
    case "tags":
      return { id, type, add: [], remove: [] };
    case "hand_off":
      return { id, type, team: null, words: "", note: "" };
    case "ask_for_rating":
      return { id, type, question: "How did I do?" };
    case "let_assistant_answer":
      return {
        id,
        type,
        idle: { count: 5, unit: "minutes" },
        follow_up: "Is there anything else?",
      };
    case "run_task":
      return { id, type, task: null };
    case "end":
      return { id, type, outcome: "done" };
  }
}

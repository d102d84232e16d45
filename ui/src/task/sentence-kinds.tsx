import {
  ArrowRightLeft,
  CircleHelp,
  CircleStop,
  Clock,
  CornerDownRight,
  Ear,
  Info,
  ListTodo,
  MessageCircleQuestion,
  MessageSquare,
  PencilLine,
  Repeat,
  Scale,
  ShieldCheck,
  StickyNote,
  Tags,
  UserRound,
  Zap,
  type LucideIcon,
} from "lucide-react";
import type { Meaning, Sentence } from "@/api/model";

export interface SentenceKind {
  /** The word in the margin. */
  word: string;
  Icon: LucideIcon;
  tint: string;
  /** Said on the card. */
  about: string;
}

/** Whether a run can follow it. */
export const isFollowed = ({ incomplete, meaning }: Sentence): boolean =>
  !incomplete && meaning.kind !== "unclear";

/** What it lacks is as amber as what is not understood. */
export const tintOf = (sentence: Sentence): string =>
  isFollowed(sentence) ? sentenceKinds[sentence.meaning.kind].tint : "text-amber";

const quiet = "text-faint";

/** How each meaning is marked: an icon, a word and, on the card, what it does. */
export const sentenceKinds: Record<Meaning["kind"], SentenceKind> = {
  goal: {
    word: "goal",
    Icon: Info,
    tint: quiet,
    about: "Says what the task is for. Nothing runs here.",
  },
  context: {
    word: "background",
    Icon: Info,
    tint: quiet,
    about: "Kept for colleagues; replies use your own words.",
  },
  need: {
    word: "needs",
    Icon: ListTodo,
    tint: "text-blue",
    about: "Asked for when it is not known yet.",
  },
  ask: {
    word: "asks",
    Icon: MessageCircleQuestion,
    tint: "text-blue",
    about: "Asks the customer.",
  },
  run: { word: "runs", Icon: Zap, tint: "text-pill-action", about: "Runs an action." },
  run_task: {
    word: "runs",
    Icon: CornerDownRight,
    tint: "text-pill-action",
    about: "Runs another task and comes back.",
  },
  set: {
    word: "sets",
    Icon: PencilLine,
    tint: "text-pill-attribute",
    about: "Writes down a value.",
  },
  classify: {
    word: "sorts",
    Icon: ArrowRightLeft,
    tint: "text-pill-attribute",
    about: "Sorts what the customer said.",
  },
  check: {
    word: "checks",
    Icon: Scale,
    tint: "text-pill-field",
    about: "Goes one way or the other.",
  },
  listen: {
    word: "listens",
    Icon: Ear,
    tint: "text-pill-field",
    about:
      "Heard in any message of the customer, whatever was asked; then the task goes on where it was.",
  },
  confirm: {
    word: "confirms",
    Icon: MessageCircleQuestion,
    tint: "text-blue",
    about: "Waits for the customer’s yes.",
  },
  inform: { word: "tells", Icon: MessageSquare, tint: "text-green", about: "Tells the customer." },
  rule: {
    word: "rule",
    Icon: ShieldCheck,
    tint: "text-accent-text",
    about:
      "Guards the action wherever it is called from. If it cannot be checked, the action does not run.",
  },
  repeat: {
    word: "repeats",
    Icon: Repeat,
    tint: "text-muted",
    about: "Does something again, never without an end.",
  },
  jump: {
    word: "goes to",
    Icon: CornerDownRight,
    tint: "text-muted",
    about: "Goes on at another step.",
  },
  hand_off: {
    word: "hands off",
    Icon: UserRound,
    tint: "text-amber",
    about: "Passes the conversation to people.",
  },
  tag: { word: "tags", Icon: Tags, tint: "text-muted", about: "Tags the conversation." },
  note: {
    word: "notes",
    Icon: StickyNote,
    tint: "text-muted",
    about: "Leaves a note for colleagues.",
  },
  wait: {
    word: "waits",
    Icon: Clock,
    tint: "text-muted",
    about: "Pauses until another system calls back.",
  },
  finish: { word: "ends", Icon: CircleStop, tint: "text-muted", about: "Ends the task." },
  unclear: {
    word: "unclear",
    Icon: CircleHelp,
    tint: "text-amber",
    about: "This sentence cannot run yet. A conversation that reaches it offers a person.",
  },
};

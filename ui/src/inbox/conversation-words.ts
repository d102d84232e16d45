import type {
  ConversationPlace,
  ConversationProblem,
  ConversationState,
  ConversationSummary,
  DateRange,
  HandOffKind,
  HandOffSummary,
} from "@/api/model";
import { dayWords } from "@/frame/time-words";
import type { Tone } from "@/parts/Badge";

/** What came of a conversation, in the words and the colour of every screen. */
export const stateWords: Record<ConversationState, { label: string; tone: Tone }> = {
  hard_resolution: { label: "Confirmed solved", tone: "green" },
  soft_resolution: { label: "Assumed solved", tone: "blue" },
  routed_to_team: { label: "Passed to a person", tone: "amber" },
  abandoned_negative_feedback: { label: "Left unhappy", tone: "red" },
  not_answered: { label: "Not answered", tone: "neutral" },
};

export const problemWords: Record<ConversationProblem, string> = {
  action_failed: "An action failed",
  action_unresolved: "Nobody knows whether a change went through",
  blocked: "Blocked by your rule",
  could_not_follow: "A sentence could not be carried out",
  faulted: "Something failed",
  not_understood: "Not understood",
  wait_expired: "Nobody called back in time",
  call_rejected: "A call back did not fit",
};

export const placeWords: Record<ConversationPlace, string> = {
  channel: "Customers",
  preview: "Previews",
  test: "Tests",
};

export const handOffWords: Record<HandOffKind, string> = {
  task: "The task says so",
  customer_asked: "The customer asked for a person",
  blocked: "Held back by your rule",
  action_failed: "An action failed",
  action_unresolved: "Nobody knows whether a change went through",
  not_understood: "The customer was not understood",
  could_not_follow: "A sentence could not be carried out",
  wait_expired: "Nobody called back in time",
  fault: "Something failed",
};

/** Who took over and why, in one line. */
export function handOffLine({ kind, detail, team }: HandOffSummary): string {
  const why = handOffWords[kind];
  return `${team || "A person"} took over. ${why}${detail ? `: ${detail}` : ""}.`;
}

/** A customer by the best name there is. */
export function customerWords(row: ConversationSummary): string {
  return row.customer_name ?? row.customer_email ?? row.customer.replace(/^customer_/, "");
}

/** What a conversation is about, for its row. */
export function openingWords({ opening, messages }: ConversationSummary): string {
  return (
    opening ?? (messages === 0 ? "Nothing was written yet" : "No words, only buttons or files")
  );
}

export function rangeWords(range: DateRange | undefined): string {
  if (!range || range.type === "always") return "Any time";
  if (range.type === "last_days") {
    return range.days === 1 ? "Today" : `Last ${range.days} days`;
  }
  const { from, until } = range;
  return from === until ? dateWords(from) : `${dateWords(from)} – ${dateWords(until)}`;
}

const dateWords = (day: string): string => dayWords(Date.parse(`${day}T12:00:00`));

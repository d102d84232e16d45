import type { CallMode, LogEvent } from "@/api/model";

/** What answers one action in a rehearsal, apart from all others. */
export type Answer = { from: "sample"; stub: string | null } | { from: "test" } | { from: "live" };

/** By action id; what is not in it does as all do. */
export type Answers = Readonly<Record<string, Answer>>;

/** Where the calls of an action go: its own choice, or the one for all. */
export function modeOf(answer: Answer | undefined, all: CallMode): CallMode {
  return answer?.from ?? all;
}

/** The named sample answer that was chosen; none for the first that fits. */
export function stubOf(answer: Answer | undefined): string | null {
  return answer?.from === "sample" ? answer.stub : null;
}

/** A real system is never the default of a new chat. */
export function withoutLive(answers: Answers): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer.from !== "live"));
}

/** What a conversation was last told about single actions. */
export function callsInForce(events: readonly LogEvent[]): Map<string, CallMode> {
  const known = new Map<string, CallMode>();
  for (const event of events) if (event.kind === "calls_set") known.set(event.action, event.calls);
  return known;
}

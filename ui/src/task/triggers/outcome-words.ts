import type { EncoderState, TriggerOutcome } from "@/api/model";
import type { Tone } from "@/parts/Badge";

/** A task's title by its id. */
export type Titles = (task: string) => string;

/** What would happen to a message, in words. */
export function outcomeWords(outcome: TriggerOutcome, titles: Titles, here: string): string {
  switch (outcome.type) {
    case "starts":
      return outcome.task === here ? "Starts this task" : `Starts “${titles(outcome.task)}”`;
    case "asks":
      if (outcome.between.length === 1)
        return `Asks whether “${titles(outcome.between[0] ?? "")}” is meant`;
      return `Asks: ${outcome.between.map((task) => `“${titles(task)}”`).join(" or ")}?`;
    case "nothing":
      return "Starts nothing";
  }
}

/** The same in a word or two, as it is counted. */
export function outcomeLabel(outcome: TriggerOutcome, here: string): { label: string; tone: Tone } {
  switch (outcome.type) {
    case "starts":
      return outcome.task === here
        ? { label: "Starts this task", tone: "green" }
        : { label: "Starts another", tone: "blue" };
    case "asks":
      return { label: "Asks", tone: "amber" };
    case "nothing":
      return { label: "Starts nothing", tone: "neutral" };
  }
}

/** A score in thousandths as people read it. */
export function scoreWords(score: number): string {
  return `${Math.round(score / 10)} %`;
}

/** How tasks are chosen on this machine, and what to know about it. */
export function encoderWords(state: EncoderState): { label: string; note: string; weak: boolean } {
  switch (state.state) {
    case "ready":
      return {
        label: "By meaning",
        note: `By what a message means, and a little by its words. (${state.version})`,
        weak: false,
      };
    case "not_loaded":
      return {
        label: "By meaning",
        note: "By what a message means, and a little by its words. Loaded with the first message.",
        weak: false,
      };
    case "off":
      return {
        label: "By words",
        note: "The sentence encoder is switched off (TASKWRIGHT_NO_ENCODER), so only words in common count.",
        weak: true,
      };
    case "missing":
      return { label: "By words", note: `Only words in common count: ${state.why}.`, weak: true };
  }
}

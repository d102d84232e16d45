import type { TriggerOverlap } from "@/api/model";
import type { Titles } from "./outcome-words";

/** What would tell two tasks apart, in words. */
export function overlapAdvice(overlap: TriggerOverlap, titles: Titles): string[] {
  const task = titles(overlap.task);
  const other = titles(overlap.other);
  const words = overlap.words.map((word) => `“${word}”`).join(", ");
  return [
    words
      ? `Add an example to “${task}” that has none of ${words}.`
      : `Add an example to “${task}” that says it in other words.`,
    `Say in the description of “${other}”: “Do not use it for: ${lowered(task)}.”`,
  ];
}

/** The message that should not start the task on screen, if the overlap has one to offer. */
export function counterExample(overlap: TriggerOverlap, here: string): string | null {
  if (overlap.other === here) return overlap.text;
  return overlap.task === here ? overlap.closest : null;
}

/** A title inside a sentence; what is written in capitals stays so. */
function lowered(title: string): string {
  const [first = "", second = ""] = title;
  return second === second.toUpperCase() && second !== second.toLowerCase()
    ? title
    : first.toLowerCase() + title.slice(first.length);
}

import type { Problem } from "@/api/model";

/** What is wrong, without the marks of emphasis around names. */
export function problemWords(problem: Problem): string {
  return problem.message.replaceAll(/\*([^*\n]+)\*/g, "“$1”");
}

/** The problems that stand in the way of publishing, and what could only be better. */
export function bySeverity(problems: readonly Problem[]): { blocking: number; hints: number } {
  const blocking = problems.filter((problem) => problem.severity === "blocks").length;
  return { blocking, hints: problems.length - blocking };
}

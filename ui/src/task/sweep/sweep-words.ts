import type { Fault, Verdict } from "@/api/model";
import type { Tone } from "@/parts/Badge";

/** How a system fails, in the table. */
export const faultWords: Record<Fault, string> = {
  timeout: "No answer in time",
  connection_refused: "Cannot be reached",
  unauthorized: "Does not let us in (401)",
  not_found: "Finds nothing (404)",
  conflict: "In conflict (409)",
  too_many: "Asked too often (429)",
  server_error: "Breaks (500)",
  bad_json: "Answers something unreadable",
  wrong_shape: "Answers with other fields",
  slow: "Slow",
  late: "Answers too late",
  duplicate: "Everything comes twice",
  never: "Never answers, and a restart",
};

/** For a system that calls back, some faults mean something else. */
export const callFaultWords: Record<Fault, string> = {
  ...faultWords,
  timeout: "Does not hear our answer, calls again",
  connection_refused: "Cannot reach us",
  unauthorized: "Is turned away (401)",
  not_found: "Is turned away (404)",
  conflict: "Calls again with other content (409)",
  too_many: "Is turned away (429)",
  server_error: "Meets a failure of ours (500)",
  bad_json: "Sends something unreadable",
  wrong_shape: "Sends other fields",
  slow: "Calls in the last moment",
  late: "Calls too late",
  duplicate: "Calls twice",
  never: "Never calls",
};

export const verdictWords: Record<Verdict, { label: string; tone: Tone }> = {
  not_met: { label: "Not tried", tone: "neutral" },
  goes_on: { label: "Goes on", tone: "green" },
  told: { label: "Customer is told", tone: "blue" },
  person: { label: "A person takes over", tone: "blue" },
  silent: { label: "Says nothing", tone: "amber" },
  twice: { label: "Done twice", tone: "red" },
  against_rule: { label: "Against a rule", tone: "red" },
};

export const isFinding = (verdict: Verdict): boolean =>
  verdict === "silent" || verdict === "twice" || verdict === "against_rule";

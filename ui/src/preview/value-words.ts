import type { CallMode, FailureCause, HandOffReason, Resolution, Source, Value } from "@/api/model";
import { listWords } from "@/task/words";

const dates = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const instants = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** A value as people read it. */
export function valueWords(value: Value | null | undefined): string {
  if (!value) return "nothing";
  switch (value.type) {
    case "boolean":
      return value.value ? "yes" : "no";
    case "amount":
      return `${value.value.amount} ${value.value.currency}`;
    case "date":
      return dateWords(value.value);
    case "date_time":
      return instantWords(value.value);
    case "time":
      return value.value.slice(0, 5);
    case "list":
      return value.value.length === 0 ? "none" : value.value.map(valueWords).join("; ");
    case "object":
      return Object.entries(value.value)
        .map(([key, inner]) => `${key.replaceAll("_", " ")} ${valueWords(inner)}`)
        .join(", ");
    case "sealed":
      return value.value.mask;
    case "file":
      return value.value.name || "a file";
    default:
      return String(value.value);
  }
}

function dateWords(day: string): string {
  const at = Date.parse(`${day}T12:00:00`);
  return Number.isNaN(at) ? day : dates.format(at);
}

function instantWords(instant: string): string {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? instant : instants.format(at);
}

/** Where a value came from. */
export function sourceWords(source: Source, actionName?: (id: string) => string): string {
  switch (source.type) {
    case "customer":
      return "customer said";
    case "known":
      return "already known";
    case "action":
      return actionName ? `from ${actionName(source.action)}` : "from an action";
    case "webhook":
      return "from a call back";
    case "chosen":
      return `chosen by the customer from ${listWords(source.from)}`;
    case "computed":
      return "worked out";
    case "author":
      return "written in the task";
    case "model":
      return "from the language model";
    case "picture":
      return "from a picture";
  }
}

export const callWords: Record<CallMode, string> = {
  sample: "Sample answers",
  test: "Test system",
  live: "Real system",
};

export const shortCallWords: Record<CallMode, string> = {
  sample: "sample answer",
  test: "test system",
  live: "real system",
};

export const resolutionWords: Record<Resolution, string> = {
  soft_resolution: "Assumed solved",
  hard_resolution: "Confirmed solved",
  routed_to_team: "Passed to a person",
  abandoned_negative_feedback: "Left unhappy",
};

/** Why a call gave nothing. */
export function failureWords(cause: FailureCause): string {
  switch (cause.type) {
    case "timeout":
      return "nothing answered in time";
    case "unreachable":
      return "the system could not be reached";
    case "cut":
      return "the connection broke before the answer";
    case "not_found":
      return "nothing was found";
    case "status":
      return `the system answered with ${cause.status}`;
    case "not_json":
      return "the answer could not be read";
    case "wrong_shape":
      return `the answer has another shape: ${cause.difference}`;
    case "too_large":
      return "the answer was too large";
    case "not_connected":
      return "it is not connected yet";
    case "no_stub":
      return "no sample answer fits";
    case "bad_request":
      return `it could not be asked: ${cause.reason}`;
    case "refused":
      return `it may not be called from here: ${cause.reason}`;
    case "circuit_open":
      return `it was not tried: ${cause.reason}`;
    case "no_token":
      return `no token was given out for it: ${cause.reason}`;
  }
}

/** Why people took over. */
export function reasonWords(reason: HandOffReason): string {
  switch (reason.type) {
    case "task":
      return "the task says so";
    case "customer_asked":
      return "the customer asked for a person";
    case "blocked":
      return `your rule held it back: ${reason.rule}`;
    case "action_failed":
      return `${reason.action} failed`;
    case "action_unresolved":
      return `nobody knows whether ${reason.action} went through`;
    case "not_understood":
      return "the customer was not understood";
    case "could_not_follow":
      return `a sentence could not be carried out: “${reason.sentence}”`;
    case "wait_expired":
      return "nobody called back in time";
    case "fault":
      return "something failed";
  }
}

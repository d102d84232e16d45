import type { AttributeType, Outcome, Period, PeriodUnit, TaskStatus, Template } from "@/api/model";
import type { Tone } from "@/parts/Badge";

/** The words of the screens for the nouns of the program, in one place. */
export const statusWords: Record<TaskStatus, { label: string; tone: Tone }> = {
  draft: { label: "Draft", tone: "neutral" },
  on: { label: "On", tone: "green" },
  on_with_changes: { label: "On, with unpublished changes", tone: "blue" },
  paused: { label: "Paused", tone: "amber" },
};

export const typeWords: Record<AttributeType["type"], string> = {
  text: "Text",
  identifier: "Number or code",
  choice: "Choice",
  boolean: "Yes/No",
  integer: "Whole number",
  decimal: "Number",
  amount: "Amount of money",
  date: "Date",
  time: "Time",
  date_time: "Date and time",
  email: "E-mail address",
  phone: "Phone number",
  person_name: "Person’s name",
  address: "Postal address",
  place: "Place",
  image: "Picture",
  file: "File",
  object: "Group of fields",
  list: "List",
};

export const outcomeWords: Record<Outcome, string> = {
  done: "Done",
  not_possible: "Not possible",
  cancelled: "Cancelled by the customer",
  handed_off: "Passed to a person",
};

export const unitWords: Record<PeriodUnit, string> = {
  minutes: "minutes",
  hours: "hours",
  days: "days",
  working_days: "working days",
  weeks: "weeks",
  months: "months",
  years: "years",
};

/** "30 days", "1 hour" */
export function periodWords({ count, unit }: Period): string {
  const word = unitWords[unit];
  return `${count} ${count === 1 ? word.replace(/s$/, "") : word}`;
}

/** A type of its own kind, with nothing in it yet. */
export function typeOf(type: AttributeType["type"]): AttributeType {
  switch (type) {
    case "choice":
      return { type, options: ["", ""] };
    case "object":
    case "list":
      return { type, fields: [] };
    case "identifier":
      return { type };
    default:
      return { type };
  }
}

/** `order_number` as people read it. */
export function keyInWords(key: string): string {
  return key.replaceAll(/[_.]/g, " ");
}

/** `order.items` as people call it: "the order’s items". */
export function listWords(reference: string): string {
  const [owner = "", ...path] = reference.split(".");
  if (path.length === 0) return keyInWords(owner);
  return `the ${keyInWords(owner)}${owner.endsWith("s") ? "’" : "’s"} ${keyInWords(path.join("."))}`;
}

/** The key that fits a name; never empty, the same rule as the program's own. */
export function keyFor(name: string): string {
  const key = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "");
  if (!key) return "value";
  return /^[a-z]/.test(key) ? key : `value_${key}`;
}

/** A template without its braces, for one-line summaries. */
export function templateWords(template: Template): string {
  return template.replaceAll(/\{([a-z][a-z0-9_.]*)\}/g, (_whole, reference: string) =>
    keyInWords(reference),
  );
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

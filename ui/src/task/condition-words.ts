import type { AttributeType, Comparison, Condition, Operand, Value } from "@/api/model";

export type ComparisonType = Comparison["type"];

export const comparisonWords: Record<ComparisonType, string> = {
  is: "is",
  is_not: "is not",
  one_of: "is one of",
  contains: "contains",
  starts_with: "starts with",
  more_than: "is more than",
  less_than: "is less than",
  at_least: "is at least",
  at_most: "is at most",
  between: "is between",
  before: "is before",
  after: "is after",
  older_than: "is older than",
  within_last: "was within the last",
  within_next: "is within the next",
  further_than: "is further away than",
  on_weekday: "falls on",
  present: "is known",
  missing: "is not known",
};

const numbers: ComparisonType[] = [
  "is",
  "is_not",
  "more_than",
  "less_than",
  "at_least",
  "at_most",
  "between",
];
const days: ComparisonType[] = [
  "older_than",
  "within_last",
  "within_next",
  "further_than",
  "before",
  "after",
  "is",
  "between",
  "on_weekday",
];
const words: ComparisonType[] = ["is", "is_not", "one_of", "contains", "starts_with"];

/** The comparisons that make sense for a type. */
export function comparisonsFor(type: AttributeType["type"] | undefined): ComparisonType[] {
  switch (type) {
    case "integer":
    case "decimal":
    case "amount":
      return [...numbers, "present", "missing"];
    case "date":
    case "date_time":
      return [...days, "present", "missing"];
    case "time":
      return ["before", "after", "between", "is", "present", "missing"];
    case "boolean":
      return ["is", "present", "missing"];
    case "choice":
      return ["is", "is_not", "one_of", "present", "missing"];
    case "list":
      return ["contains", "present", "missing"];
    default:
      return [...words, "present", "missing"];
  }
}

/** A first value of a type, so that a comparison is never without one. */
export function startValue(kind: AttributeType | undefined): Value {
  switch (kind?.type) {
    case "integer":
      return { type: "integer", value: 0 };
    case "decimal":
      return { type: "decimal", value: "0" };
    case "amount":
      return { type: "amount", value: { amount: "0", currency: "EUR" } };
    case "boolean":
      return { type: "boolean", value: true };
    case "date":
    case "date_time":
      return { type: "date", value: new Date().toISOString().slice(0, 10) };
    case "time":
      return { type: "time", value: "17:00:00" };
    case "choice":
      return { type: "choice", value: kind.options[0] ?? "" };
    default:
      return { type: "text", value: "" };
  }
}

const period = { count: 30, unit: "days" } as const;

/** The same comparison in another way; what was compared with is kept where it fits. */
export function retype(
  type: ComparisonType,
  old: Comparison,
  kind: AttributeType | undefined,
): Comparison {
  const first = rightSide(old)[0];
  const constant: Operand = { type: "constant", value: startValue(kind) };
  const right = first ?? constant;
  switch (type) {
    case "is":
    case "is_not":
      return { type, to: right };
    case "one_of":
      return { type, of: old.type === "one_of" ? old.of : [right] };
    case "contains":
    case "starts_with":
      return { type, what: right };
    case "between":
      return { type, low: right, high: constant };
    case "older_than":
    case "within_last":
    case "within_next":
    case "further_than":
      return { type, period: "period" in old ? old.period : { ...period } };
    case "on_weekday":
      return { type, days: old.type === type ? old.days : ["saturday", "sunday"] };
    case "present":
    case "missing":
      return { type };
    default:
      return { type, than: right };
  }
}

/** What a comparison compares with. */
export function rightSide(comparison: Comparison): Operand[] {
  if ("to" in comparison) return [comparison.to];
  if ("of" in comparison) return comparison.of;
  if ("what" in comparison) return [comparison.what];
  if ("than" in comparison) return [comparison.than];
  if ("low" in comparison) return [comparison.low, comparison.high];
  return [];
}

/** The same comparison with other right sides. */
export function withRightSide(comparison: Comparison, right: Operand[]): Comparison {
  const [first, second] = right;
  if (!first) return comparison;
  if ("to" in comparison) return { ...comparison, to: first };
  if ("of" in comparison) return { ...comparison, of: right };
  if ("what" in comparison) return { ...comparison, what: first };
  if ("than" in comparison) return { ...comparison, than: first };
  if ("low" in comparison) return { ...comparison, low: first, high: second ?? first };
  return comparison;
}

/** What holds exactly where the condition does not, without a "not" where another word says it. */
export function opposite(condition: Condition): Condition {
  if (condition.type === "not") return condition.part;
  if (condition.type === "webhook") return { ...condition, received: !condition.received };
  if (condition.type !== "test") return { type: "not", part: condition };
  const turned = turnedRound(condition.comparison);
  return turned ? { ...condition, comparison: turned } : { type: "not", part: condition };
}

function turnedRound(comparison: Comparison): Comparison | null {
  switch (comparison.type) {
    case "is": {
      const { to } = comparison;
      // "Is not yes" is "is no".
      if (to.type === "constant" && to.value.type === "boolean")
        return {
          type: "is",
          to: { type: "constant", value: { type: "boolean", value: !to.value.value } },
        };
      return { type: "is_not", to };
    }
    case "is_not":
      return { type: "is", to: comparison.to };
    case "more_than":
      return { type: "at_most", than: comparison.than };
    case "at_most":
      return { type: "more_than", than: comparison.than };
    case "less_than":
      return { type: "at_least", than: comparison.than };
    case "at_least":
      return { type: "less_than", than: comparison.than };
    case "present":
      return { type: "missing" };
    case "missing":
      return { type: "present" };
    default:
      return null;
  }
}

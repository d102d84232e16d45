import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { call } from "@/api/client";
import type { Condition, Operand } from "@/api/model";
import { rightSide } from "./condition-words";

const isChosen = (operand: Operand): boolean =>
  operand.type === "reference" || operand.type === "count"
    ? operand.reference !== ""
    : operand.type !== "shifted" || isChosen(operand.base);

/** Whether every part of it says what it looks at; a form that is being filled in does not yet. */
export function isWhole(condition: Condition): boolean {
  switch (condition.type) {
    case "all":
    case "any":
      return condition.parts.length > 0 && condition.parts.every(isWhole);
    case "not":
      return isWhole(condition.part);
    case "test":
      return isChosen(condition.subject) && rightSide(condition.comparison).every(isChosen);
    default:
      return true;
  }
}

/** A condition in the program's own words; null while there are none. */
export function useConditionWords(task: string, condition: Condition | null): string | null {
  const whole = condition !== null && isWhole(condition);
  const { data } = useQuery({
    queryKey: ["condition words", task, condition],
    queryFn: () => call("describe_condition", { task, condition: condition as Condition }),
    enabled: whole,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  });
  return whole ? (data ?? null) : null;
}

import type { Condition, Operand } from "@/api/model";
import { rightSide } from "./condition-words";

/** What the form has boxes for; other operands are said in words only. */
export type FormOperand = Extract<
  Operand,
  { type: "reference" | "input" | "constant" | "today" | "now" | "count" | "shifted" }
>;

const forms: ReadonlySet<Operand["type"]> = new Set<FormOperand["type"]>([
  "reference",
  "input",
  "constant",
  "today",
  "now",
  "count",
  "shifted",
]);

/** Whether the form has boxes for the operand. */
export function isFormOperand(operand: Operand): operand is FormOperand {
  return forms.has(operand.type) && (operand.type !== "shifted" || isFormOperand(operand.base));
}

/** Whether the form can show the part itself; groups of parts it shows part by part. */
export function isFormPart(part: Condition): part is Exclude<Condition, { type: "any_item" }> {
  switch (part.type) {
    case "any_item":
      return false;
    case "not":
      return isFormPart(part.part);
    case "test":
      return [part.subject, ...rightSide(part.comparison)].every(isFormOperand);
    default:
      return true;
  }
}

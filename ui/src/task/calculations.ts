import type { AttributeType, Calculation, Catalogue } from "@/api/model";
import { fieldsOf, listsOf } from "./lists";
import { fieldLabel, inSentence } from "./references";
import { keyInWords, listWords } from "./words";

/** A way to work a value out, in words. */
export interface CalculationOffer {
  calculation: Calculation;
  label: string;
  /** The type of the outcome. */
  kind: AttributeType;
  /** The list, as a heading. */
  of: string;
}

const numbers: ReadonlySet<AttributeType["type"]> = new Set(["amount", "integer", "decimal"]);

/** Whether values of the type can be worked out of a list. */
export function isNumber(kind: AttributeType): boolean {
  return numbers.has(kind.type);
}

/** Every way to work a number out of a list: of what systems give, and of what was picked. */
export function calculationsOf(catalogue: Catalogue): CalculationOffer[] {
  const picked = catalogue.attributes.flatMap((attribute) =>
    attribute.kind.type === "list"
      ? [
          {
            reference: attribute.key,
            label: inSentence(attribute.name || keyInWords(attribute.key)),
            fields: fieldsOf(attribute, catalogue),
          },
        ]
      : [],
  );
  return [...picked, ...listsOf(catalogue)].flatMap(({ reference, label, fields }) => {
    const sums = fields
      .filter(({ key, kind }) => key !== "" && isNumber(kind))
      .map((field): CalculationOffer => ({
        calculation: { type: "sum", of: reference, field: field.key },
        label: `Sum of ${inSentence(fieldLabel(field))} over ${label}`,
        kind: field.kind,
        of: label,
      }));
    const count: CalculationOffer = {
      calculation: { type: "count", of: reference },
      label: `Number of ${label}`,
      kind: { type: "integer" },
      of: label,
    };
    return [...sums, count];
  });
}

/** A calculation in words, also where its list is gone. */
export function calculationWords(calculation: Calculation): string {
  const of = listWords(calculation.of);
  return calculation.type === "sum"
    ? `Sum of ${keyInWords(calculation.field)} over ${of}`
    : `Number of ${of}`;
}

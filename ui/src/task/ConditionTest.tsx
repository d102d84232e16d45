import { ArrowRightLeft } from "lucide-react";
import type { AttributeType, Condition, Operand, Value } from "@/api/model";
import { IconButton } from "@/parts/Button";
import { Input } from "@/parts/Field";
import { Select } from "@/parts/Select";
import { isFormOperand } from "./condition-form";
import {
  comparisonsFor,
  comparisonWords,
  retype,
  rightSide,
  startValue,
  withRightSide,
} from "./condition-words";
import { PeriodInput } from "./PeriodInput";
import { ReferenceSelect } from "./ReferenceSelect";
import { useTaskDesk } from "./task-desk";
import { TokenInput } from "./TokenInput";
import { WeekdaysInput } from "./WeekdaysInput";
import { periodWords } from "./words";

type Test = Extract<Condition, { type: "test" }>;

/** One comparison: a value, how it is compared, and with what. */
export function TestRow({ test, onChange }: { test: Test; onChange: (test: Test) => void }) {
  const { references } = useTaskDesk();
  const { subject, comparison } = test;
  const reference =
    subject.type === "reference" || subject.type === "count" ? subject.reference : "";
  const kind: AttributeType | undefined =
    subject.type === "count"
      ? { type: "integer" }
      : references.find((item) => item.reference === reference)?.kind;
  const right = rightSide(comparison);
  const offered = comparisonsFor(kind?.type);
  const choices = offered.includes(comparison.type) ? offered : [comparison.type, ...offered];
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {subject.type === "reference" || subject.type === "count" ? (
        <ReferenceSelect
          label="Value to look at"
          value={reference}
          onChange={(next) => {
            const nextKind = references.find((item) => item.reference === next)?.kind;
            const [first = "is"] = comparisonsFor(nextKind?.type);
            const keeps =
              comparisonsFor(nextKind?.type).includes(comparison.type) &&
              nextKind?.type === kind?.type;
            onChange({
              type: "test",
              subject: { type: "reference", reference: next },
              comparison: keeps
                ? comparison
                : retype(
                    first,
                    { type: "is", to: { type: "constant", value: startValue(nextKind) } },
                    nextKind,
                  ),
            });
          }}
          className="max-w-56"
        />
      ) : (
        <span className="rounded-md bg-hover px-2 leading-7">{operandWords(subject)}</span>
      )}
      <Select
        label="How it is compared"
        value={comparison.type}
        choices={choices.map((value) => ({ value, label: comparisonWords[value] }))}
        onChange={(type) => onChange({ ...test, comparison: retype(type, comparison, kind) })}
      />
      {"period" in comparison ? (
        <PeriodInput
          label=""
          period={comparison.period}
          onChange={(period) => onChange({ ...test, comparison: { ...comparison, period } })}
        />
      ) : comparison.type === "on_weekday" ? (
        <WeekdaysInput
          days={comparison.days}
          onChange={(days) => onChange({ ...test, comparison: { type: "on_weekday", days } })}
        />
      ) : comparison.type === "one_of" ? (
        <div className="min-w-48 flex-1">
          <TokenInput
            label="One of"
            tokens={right.map(operandWords)}
            onChange={(words) =>
              onChange({
                ...test,
                comparison: {
                  type: "one_of",
                  of: words.map((word): Operand => ({
                    type: "constant",
                    value: wordValue(word, kind),
                  })),
                },
              })
            }
          />
        </div>
      ) : (
        right.map((operand, at) => (
          // The two ends of "between" are known by their place.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={at} className="flex items-center gap-1.5">
            {at > 0 ? <span className="text-muted">and</span> : null}
            <OperandInput
              operand={operand}
              kind={kind}
              onChange={(next) =>
                onChange({
                  ...test,
                  comparison: withRightSide(
                    comparison,
                    right.map((old, index) => (index === at ? next : old)),
                  ),
                })
              }
            />
          </span>
        ))
      )}
    </div>
  );
}

function wordValue(word: string, kind: AttributeType | undefined): Value {
  return kind?.type === "choice" ? { type: "choice", value: word } : { type: "text", value: word };
}

/** What is compared with: a value of the right type, or another value of the task. */
function OperandInput({
  operand,
  kind,
  onChange,
}: {
  operand: Operand;
  kind: AttributeType | undefined;
  onChange: (operand: Operand) => void;
}) {
  if (operand.type === "reference") {
    return (
      <>
        <ReferenceSelect
          label="Other value"
          value={operand.reference}
          onChange={(reference) => onChange({ type: "reference", reference })}
          className="max-w-52"
        />
        <Swap
          label="Compare with a fixed value"
          onClick={() => onChange({ type: "constant", value: startValue(kind) })}
        />
      </>
    );
  }
  if (operand.type !== "constant") {
    return (
      <>
        <span className="rounded-md bg-hover px-2 leading-7">{operandWords(operand)}</span>
        <Swap
          label="Compare with a fixed value"
          onClick={() => onChange({ type: "constant", value: startValue(kind) })}
        />
      </>
    );
  }
  return (
    <>
      <ValueInput
        value={operand.value}
        kind={kind}
        onChange={(value) => onChange({ type: "constant", value })}
      />
      <Swap
        label="Compare with another value"
        onClick={() => onChange({ type: "reference", reference: "" })}
      />
    </>
  );
}

function Swap({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <IconButton label={label} size="sm" onClick={onClick}>
      <ArrowRightLeft size={13} />
    </IconButton>
  );
}

/** One typed value, entered the way people write it. */
export function ValueInput({
  value,
  kind,
  onChange,
}: {
  value: Value;
  kind: AttributeType | undefined;
  onChange: (value: Value) => void;
}) {
  switch (value.type) {
    case "boolean":
      return (
        <Select
          label="Value"
          value={value.value ? "yes" : "no"}
          choices={[
            { value: "yes", label: "yes" },
            { value: "no", label: "no" },
          ]}
          onChange={(next) => onChange({ type: "boolean", value: next === "yes" })}
        />
      );
    case "choice":
      return (
        <Select
          label="Value"
          value={value.value}
          choices={(kind?.type === "choice" ? kind.options : [value.value]).map((option) => ({
            value: option,
            label: option,
          }))}
          onChange={(next) => onChange({ type: "choice", value: next })}
        />
      );
    case "integer":
      return (
        <Input
          aria-label="Value"
          type="number"
          step={1}
          value={value.value}
          onChange={(event) =>
            onChange({ type: "integer", value: Math.round(Number(event.target.value) || 0) })
          }
          className="tabular w-24!"
        />
      );
    case "decimal":
      return (
        <Input
          aria-label="Value"
          inputMode="decimal"
          value={value.value}
          onChange={(event) =>
            onChange({ type: "decimal", value: decimalText(event.target.value) })
          }
          className="tabular w-24!"
        />
      );
    case "amount":
      return (
        <span className="flex gap-1">
          <Input
            aria-label="Amount"
            inputMode="decimal"
            value={value.value.amount}
            onChange={(event) =>
              onChange({
                type: "amount",
                value: { ...value.value, amount: decimalText(event.target.value) },
              })
            }
            className="tabular w-20!"
          />
          <Input
            aria-label="Currency"
            maxLength={3}
            value={value.value.currency}
            onChange={(event) =>
              onChange({
                type: "amount",
                value: { ...value.value, currency: event.target.value.toUpperCase() },
              })
            }
            className="w-14!"
          />
        </span>
      );
    case "date":
    case "time":
      return (
        <Input
          aria-label="Value"
          type={value.type}
          value={value.type === "time" ? value.value.slice(0, 5) : value.value}
          onChange={(event) => {
            const next = event.target.value;
            if (next)
              onChange({ type: value.type, value: value.type === "time" ? `${next}:00` : next });
          }}
          className="tabular w-36!"
        />
      );
    default:
      return (
        <Input
          aria-label="Value"
          placeholder="a value"
          value={value.type === "text" ? value.value : ""}
          onChange={(event) => onChange({ type: "text", value: event.target.value })}
          className="w-40!"
        />
      );
  }
}

/** Digits and one point: what the program stores as an exact number. */
function decimalText(text: string): string {
  const plain = text.replace(",", ".").replaceAll(/[^\d.-]/g, "");
  return /^-?\d*(\.\d*)?$/.test(plain) && plain !== "" ? plain : "0";
}

function operandWords(operand: Operand): string {
  if (!isFormOperand(operand)) return "a value said in words";
  switch (operand.type) {
    case "constant":
      return typeof operand.value.value === "string" || typeof operand.value.value === "number"
        ? String(operand.value.value)
        : JSON.stringify(operand.value.value);
    case "reference":
      return operand.reference.replaceAll(/[_.]/g, " ");
    case "input":
      return operand.key.replaceAll("_", " ");
    case "count":
      return `the number of ${operand.reference.replaceAll(/[_.]/g, " ")}`;
    case "today":
      return "today";
    case "now":
      return "now";
    case "shifted":
      return `${periodWords(operand.by)} ${operand.back ? "before" : "after"} ${operandWords(operand.base)}`;
  }
}

import { useState } from "react";
import type { AttributeType, Field } from "@/api/model";
import { TextArea } from "@/parts/Field";

function sample(kind: AttributeType): unknown {
  switch (kind.type) {
    case "integer":
      return 1;
    case "decimal":
      return 1.5;
    case "amount":
      return { amount: "79.00", currency: "EUR" };
    case "boolean":
      return true;
    case "date":
      return "2026-11-21";
    case "time":
      return "17:30";
    case "date_time":
      return "2026-11-21T17:30:00Z";
    case "email":
      return "ada@example.com";
    case "choice":
      return kind.options[0] ?? "";
    case "object":
      return Object.fromEntries(kind.fields.map((field) => [field.key, sample(field.kind)]));
    case "list":
      return [Object.fromEntries(kind.fields.map((field) => [field.key, sample(field.kind)]))];
    default:
      return "text";
  }
}

/** Keeps the example in step with the fields, without touching values somebody wrote. */
export function exampleFor(fields: readonly Field[], old: unknown): unknown {
  const kept = typeof old === "object" && old !== null ? (old as Record<string, unknown>) : {};
  return Object.fromEntries(
    fields.map((field) => [field.key, field.key in kept ? kept[field.key] : sample(field.kind)]),
  );
}

/** A body as engineers write it. What does not parse stays on screen and is not kept. */
export function JsonInput({
  value,
  onChange,
  ...ids
}: {
  value: unknown;
  onChange: (value: unknown) => void;
  id?: string;
  "aria-describedby"?: string;
  "aria-label"?: string;
}) {
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? JSON.stringify(value, null, 2) ?? "";
  const wrong = text !== null && !parses(text);
  return (
    <>
      <TextArea
        {...ids}
        spellCheck={false}
        aria-invalid={wrong || undefined}
        value={shown}
        onChange={(event) => {
          setText(event.target.value);
          if (parses(event.target.value)) onChange(JSON.parse(event.target.value));
        }}
        onBlur={() => {
          if (!wrong) setText(null);
        }}
        className="font-mono text-12"
      />
      {wrong ? (
        <p className="text-12 text-red">This is not complete yet, so it is not kept.</p>
      ) : null}
    </>
  );
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

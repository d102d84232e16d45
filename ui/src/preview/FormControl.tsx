import type { ComponentProps } from "react";
import type { AttributeType } from "@/api/model";
import { Input, TextArea, type FieldIds } from "@/parts/Field";
import { Select } from "@/parts/Select";

export const isFile = ({ type }: AttributeType): boolean => type === "image" || type === "file";

/** How a kind of value is typed. What a browser has a control for is written as that control writes it. */
const typed: Partial<Record<AttributeType["type"], ComponentProps<"input">>> = {
  integer: { inputMode: "numeric" },
  decimal: { inputMode: "decimal" },
  amount: { inputMode: "decimal" },
  date: { type: "date" },
  time: { type: "time" },
  date_time: { type: "datetime-local" },
  email: { type: "email" },
  phone: { type: "tel" },
  identifier: { autoCapitalize: "characters", spellCheck: false },
};

/** The control that a customer fills in for a kind of value. */
export function FormControl({
  ids,
  name,
  kind,
  text,
  onText,
}: {
  ids: FieldIds;
  name: string;
  kind: AttributeType;
  text: string;
  onText: (text: string) => void;
}) {
  switch (kind.type) {
    case "boolean":
      return <YesNo ids={ids} name={name} text={text} onText={onText} />;
    case "choice":
      return (
        <Select
          {...ids}
          value={text || null}
          onChange={onText}
          choices={kind.options.map((option) => ({ value: option, label: option }))}
        />
      );
    case "address":
      return <TextArea {...ids} value={text} onChange={(event) => onText(event.target.value)} />;
    default:
      return (
        <Input
          autoComplete="off"
          {...typed[kind.type]}
          {...ids}
          value={text}
          onChange={(event) => onText(event.target.value)}
        />
      );
  }
}

function YesNo({
  ids: { id, ...ids },
  name,
  text,
  onText,
}: {
  ids: FieldIds;
  name: string;
  text: string;
  onText: (text: string) => void;
}) {
  return (
    <div role="radiogroup" aria-labelledby={`${id}-label`} className="flex gap-4" {...ids}>
      {["Yes", "No"].map((answer) => (
        <label key={answer} className="flex items-center gap-1.5 py-1">
          <input
            type="radio"
            name={`${id}-${name}`}
            value={answer}
            checked={text === answer}
            onChange={() => onText(answer)}
            className="size-4 accent-accent"
          />
          {answer}
        </label>
      ))}
    </div>
  );
}

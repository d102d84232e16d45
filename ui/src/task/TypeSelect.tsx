import type { AttributeType } from "@/api/model";
import { Select } from "@/parts/Select";
import { TokenInput } from "./TokenInput";
import { typeOf, typeWords } from "./words";

const choices = Object.entries(typeWords).map(([value, label]) => ({
  value: value as AttributeType["type"],
  label,
}));

/** What kind of value it is, in everyday words. */
export function TypeSelect({
  kind,
  onChange,
  label,
  id,
}: {
  kind: AttributeType;
  onChange: (kind: AttributeType) => void;
  label?: string;
  id?: string;
}) {
  return (
    <Select
      {...(label ? { label } : {})}
      {...(id ? { id } : {})}
      value={kind.type}
      choices={choices}
      onChange={(type) => {
        if (type !== kind.type) onChange(typeOf(type));
      }}
      className="w-44 max-w-full shrink-0 narrow:min-w-32 narrow:flex-1 narrow:shrink"
    />
  );
}

/** The options of a choice. */
export function OptionsInput({
  kind,
  onChange,
}: {
  kind: Extract<AttributeType, { type: "choice" }>;
  onChange: (kind: AttributeType) => void;
}) {
  return (
    <TokenInput
      label="Options"
      placeholder="Damaged, late, changed my mind"
      tokens={kind.options.filter(Boolean)}
      onChange={(options) => onChange({ ...kind, options })}
    />
  );
}

import { Tag, Text } from "lucide-react";
import { Select } from "@/parts/Select";
import { useTaskDesk } from "./task-desk";
import { keyInWords, typeWords } from "./words";

/** Chooses a value that can be named in this task. */
export function ReferenceSelect({
  value,
  onChange,
  label,
  placeholder = "Choose a value…",
  only,
  className,
}: {
  value: string;
  onChange: (reference: string) => void;
  label: string;
  placeholder?: string;
  only?: "attributes";
  className?: string;
}) {
  const { references, task, catalogue } = useTaskDesk();
  const own = new Set(
    [...task.attributes, ...catalogue.attributes].map((attribute) => attribute.key),
  );
  const choices = references
    .filter((item) => only !== "attributes" || own.has(item.reference))
    .map((item) => ({
      value: item.reference,
      label: item.label,
      hint: `${typeWords[item.kind.type]} · ${item.group}`,
      icon:
        item.look === "field" ? (
          <Text size={14} className="text-pill-field" aria-hidden />
        ) : (
          <Tag size={14} className="text-pill-attribute" aria-hidden />
        ),
    }));
  const known = choices.some((choice) => choice.value === value);
  return (
    <Select
      label={label}
      value={value || null}
      placeholder={placeholder}
      choices={
        known || !value
          ? choices
          : [{ value, label: keyInWords(value), hint: "No longer exists" }, ...choices]
      }
      onChange={onChange}
      {...(className ? { className } : {})}
    />
  );
}

import { ChevronDown } from "lucide-react";
import { Popover } from "./Popover";
import { buttonLook, Button } from "./Button";
import { cx } from "./class-names";
import { Checkbox } from "./Switch";

/** Several values out of a short list; none means that all will do. */
export function MultiChoice<T extends string>({
  label,
  values,
  choices,
  onChange,
}: {
  label: string;
  values: readonly T[];
  choices: readonly { value: T; label: string }[];
  onChange: (values: T[]) => void;
}) {
  const chosen = choices.filter((choice) => values.includes(choice.value));
  const [first] = chosen;
  const shown = first
    ? `${label}: ${chosen.length === 1 ? first.label : `${chosen.length} chosen`}`
    : label;
  const toggle = (value: T, on: boolean) =>
    onChange(on ? [...values, value] : values.filter((one) => one !== value));
  return (
    <Popover
      label={label}
      width={260}
      trigger={
        <button
          type="button"
          className={cx(
            buttonLook("secondary"),
            "max-w-56",
            first ? "border-accent-line! bg-accent-surface! text-accent-text!" : "text-muted!",
          )}
        >
          <span className="truncate">{shown}</span>
          <ChevronDown size={14} className="shrink-0" aria-hidden />
        </button>
      }
    >
      <fieldset className="flex max-h-72 flex-col gap-2 overflow-y-auto">
        <legend className="mb-2 text-12 font-medium text-muted">{label}</legend>
        {choices.map((choice) => (
          <Checkbox
            key={choice.value}
            label={choice.label}
            checked={values.includes(choice.value)}
            onChange={(on) => toggle(choice.value, on)}
          />
        ))}
        {choices.length === 0 ? <p className="text-12 text-faint">Nothing to choose yet</p> : null}
      </fieldset>
      {first ? (
        <div className="mt-2 border-t border-line pt-2">
          <Button look="link" size="sm" onClick={() => onChange([])}>
            Clear
          </Button>
        </div>
      ) : null}
    </Popover>
  );
}

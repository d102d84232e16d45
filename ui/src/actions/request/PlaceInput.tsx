import { cx } from "@/parts/class-names";
import { InstructionEditor } from "@/task/instructions/InstructionEditor";
import type { PillCatalogue } from "@/task/instructions/pill-catalogue";

/** One line of a request, in which `@` inserts a value as a pill. */
export function PlaceInput({
  label,
  value,
  onChange,
  places,
  placeholder,
  className,
  lines,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  places: PillCatalogue;
  placeholder?: string;
  className?: string;
  /** Several lines of words, rather than one of code. */
  lines?: boolean;
}) {
  return (
    <div
      className={cx(
        "min-w-0 rounded-md border border-line-strong bg-surface px-2.5 py-0.5 focus-within:outline-2 focus-within:outline-accent hover:border-control-line",
        className,
      )}
    >
      <InstructionEditor
        text={value}
        onChange={onChange}
        catalogue={places}
        label={label}
        {...(placeholder ? { placeholder } : {})}
        {...(lines ? {} : { single: true })}
        className={cx("leading-6!", lines ? "text-13!" : "font-mono text-12!")}
      />
    </div>
  );
}

import { cx } from "@/parts/class-names";
import { InstructionEditor } from "./instructions/InstructionEditor";
import { useTaskDesk } from "./task-desk";

/** Words with places for values: a text box in which `@` inserts an attribute as a pill. */
export function TemplateInput({
  value,
  onChange,
  label,
  placeholder,
  single,
  bare,
}: {
  value: string;
  onChange: (value: string) => void;
  label: string;
  placeholder?: string;
  single?: boolean;
  /** Without a frame, as part of the page. */
  bare?: boolean;
}) {
  const { pills, makeAttribute } = useTaskDesk();
  return (
    <div
      className={cx(
        bare
          ? ""
          : "rounded-md border border-line-strong bg-surface px-2.5 py-1 focus-within:outline-2 focus-within:outline-accent hover:border-control-line",
      )}
    >
      <InstructionEditor
        text={value}
        onChange={onChange}
        catalogue={pills}
        label={label}
        onMakeAttribute={(name) => void makeAttribute(name)}
        {...(placeholder ? { placeholder } : {})}
        {...(single ? { single } : {})}
        className="text-13! leading-5.5!"
      />
    </div>
  );
}

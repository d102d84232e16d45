import type { ReactNode } from "react";
import { cx } from "./class-names";

/** A few ways to look at the same thing, one of them chosen. Arrow keys move. */
export function Segmented<T extends string>({
  label,
  value,
  choices,
  onChange,
  grow,
}: {
  label: string;
  value: T;
  choices: readonly { value: T; label: string; icon?: ReactNode }[];
  onChange: (value: T) => void;
  grow?: boolean;
}) {
  return (
    // The radios inside take the focus in turn.
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
    <div
      role="radiogroup"
      aria-label={label}
      className={cx("inline-flex h-7.5 rounded-md bg-hover p-0.5", grow && "flex w-full")}
      onKeyDown={(event) => {
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (!step) return;
        event.preventDefault();
        const at = choices.findIndex((choice) => choice.value === value);
        const next = choices[(at + step + choices.length) % choices.length];
        if (!next) return;
        onChange(next.value);
        const buttons = event.currentTarget.querySelectorAll("button");
        buttons[choices.indexOf(next)]?.focus();
      }}
    >
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          role="radio"
          aria-checked={choice.value === value}
          tabIndex={choice.value === value ? 0 : -1}
          onClick={() => onChange(choice.value)}
          className={cx(
            "inline-flex items-center justify-center gap-1.5 rounded-[5px] px-2.5 text-12 transition-colors",
            grow && "flex-1",
            choice.value === value
              ? "bg-surface font-medium text-ink shadow-[0_1px_2px_rgb(0_0_0/0.12)] dark:bg-active"
              : "text-muted hover:text-ink",
          )}
        >
          {choice.icon}
          {choice.label}
        </button>
      ))}
    </div>
  );
}

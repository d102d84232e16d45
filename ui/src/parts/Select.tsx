import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./class-names";

export interface Choice<T extends string> {
  value: T;
  label: string;
  hint?: string;
  icon?: ReactNode;
  /** Choices that follow one another under the same name stand together below it. */
  group?: string;
  disabled?: boolean;
}

export interface SelectProps<T extends string> {
  value: T | null;
  choices: readonly Choice<T>[];
  onChange: (value: T) => void;
  label?: string;
  id?: string;
  placeholder?: string;
  quiet?: boolean;
  className?: string;
  disabled?: boolean;
  "aria-describedby"?: string;
}

/** One value out of a short list. */
export function Select<T extends string>({
  value,
  choices,
  onChange,
  label,
  placeholder = "Choose…",
  quiet,
  className,
  ...rest
}: SelectProps<T>) {
  const chosen = choices.find((choice) => choice.value === value);
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => {
        if (next !== null) onChange(next as T);
      }}
    >
      <Base.Trigger
        aria-label={label}
        className={cx(
          "inline-flex h-7.5 min-w-0 items-center justify-between gap-1.5 rounded-md text-left text-13 transition-colors select-none disabled:opacity-60",
          quiet
            ? "px-1.5 text-muted hover:bg-hover hover:text-ink"
            : "border border-line-strong bg-surface px-2.5 hover:border-control-line aria-invalid:border-red",
          className,
        )}
        {...rest}
      >
        <span className="flex min-w-0 items-center gap-1.5">
          {chosen?.icon}
          <span className={cx("truncate", !chosen && "text-faint")}>
            {chosen?.label ?? placeholder}
          </span>
        </span>
        <ChevronDown size={14} className="shrink-0 text-faint" aria-hidden />
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
          <Base.Popup className="floating max-h-80 min-w-(--anchor-width) max-w-96 overflow-y-auto p-1">
            {grouped(choices).map(({ name, members }) =>
              name ? (
                <Base.Group key={name} className="not-first:mt-1">
                  <Base.GroupLabel className="px-2 pt-1.5 pb-0.5 text-11 font-medium text-faint">
                    {name}
                  </Base.GroupLabel>
                  {members.map((choice) => (
                    <Item key={choice.value} choice={choice} />
                  ))}
                </Base.Group>
              ) : (
                members.map((choice) => <Item key={choice.value} choice={choice} />)
              ),
            )}
            {choices.length === 0 ? (
              <p className="px-2 py-1.5 text-12 text-faint">Nothing to choose yet</p>
            ) : null}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

function Item({ choice }: { choice: Choice<string> }) {
  return (
    <Base.Item
      value={choice.value}
      disabled={choice.disabled ?? false}
      className="flex cursor-default items-start gap-2 rounded-md px-2 py-1.5 text-13 outline-none select-none data-disabled:text-faint data-highlighted:bg-hover"
    >
      {choice.icon ? <span className="mt-0.5 text-muted">{choice.icon}</span> : null}
      <span className="min-w-0 flex-1">
        <Base.ItemText>{choice.label}</Base.ItemText>
        {choice.hint ? <span className="block text-12 text-faint">{choice.hint}</span> : null}
      </span>
      <Base.ItemIndicator className="mt-0.5 text-accent-text">
        <Check size={14} />
      </Base.ItemIndicator>
    </Base.Item>
  );
}

/** The choices in the runs of their groups. */
function grouped<T extends string>(
  choices: readonly Choice<T>[],
): { name: string; members: Choice<T>[] }[] {
  const groups: { name: string; members: Choice<T>[] }[] = [];
  for (const choice of choices) {
    const name = choice.group ?? "";
    const last = groups.at(-1);
    if (last && last.name === name) last.members.push(choice);
    else groups.push({ name, members: [choice] });
  }
  return groups;
}

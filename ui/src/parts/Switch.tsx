import { Switch as Base } from "@base-ui/react/switch";
import { Checkbox as BaseCheckbox } from "@base-ui/react/checkbox";
import { Check } from "lucide-react";
import { useId, type ReactNode } from "react";

/** On or off, at once. */
export function Switch({
  label,
  hint,
  checked,
  onChange,
}: {
  label: string;
  hint?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5">
      <Base.Root
        aria-labelledby={id}
        checked={checked}
        onCheckedChange={onChange}
        className="mt-px h-4.5 w-7.5 shrink-0 rounded-full bg-control-line p-0.5 transition-colors data-checked:bg-accent"
      >
        <Base.Thumb className="block size-3.5 rounded-full bg-[white] transition-transform data-checked:translate-x-3" />
      </Base.Root>
      <div className="min-w-0">
        <div id={id} className="text-13">
          {label}
        </div>
        {hint ? <p className="text-12 text-faint">{hint}</p> : null}
      </div>
    </div>
  );
}

/** A tick box with its words. */
export function Checkbox({
  label,
  checked,
  onChange,
  hideLabel,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  hideLabel?: boolean;
}) {
  const id = useId();
  return (
    <label className="flex min-w-0 items-center gap-2">
      <BaseCheckbox.Root
        {...(hideLabel ? { "aria-label": label } : { "aria-labelledby": id })}
        checked={checked}
        onCheckedChange={onChange}
        className="grid size-4 shrink-0 place-items-center rounded-sm border border-control-line bg-surface data-checked:border-accent data-checked:bg-accent"
      >
        <BaseCheckbox.Indicator className="text-on-accent">
          <Check size={12} strokeWidth={3} />
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      {hideLabel ? null : (
        <span id={id} className="min-w-0 text-13 wrap-anywhere">
          {label}
        </span>
      )}
    </label>
  );
}

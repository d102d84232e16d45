import {
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type ComponentProps,
  type ReactNode,
} from "react";
import { cx } from "./class-names";

const box =
  "w-full rounded-md border border-line-strong bg-surface px-2.5 text-13 text-ink transition-colors hover:border-control-line focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-red";

/** A one-line text box. */
export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cx(box, "h-7.5", className)} {...rest} />;
}

/** Whether the browser can do it: measuring one text box after the other is slow. */
const fitsItself = typeof CSS !== "undefined" && CSS.supports("field-sizing", "content");

export interface TextAreaProps extends ComponentProps<"textarea"> {
  minRows?: number;
  /** Without a frame it reads as part of the page. */
  bare?: boolean;
}

/** A text box that grows with what is written in it and never shows its own scroll bar. */
export function TextArea({
  ref: outer,
  className,
  minRows = 2,
  bare,
  value,
  ...rest
}: TextAreaProps) {
  const ref = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(outer, () => ref.current as HTMLTextAreaElement);
  useLayoutEffect(() => {
    const area = ref.current;
    if (!area || fitsItself) return;
    const fit = () => {
      area.style.height = "auto";
      area.style.height = `${area.scrollHeight + (bare ? 0 : 2)}px`;
    };
    fit();
    // Another width, or the font that arrives a moment later, breaks the lines elsewhere.
    let width = area.clientWidth;
    const watch = new ResizeObserver(() => {
      if (area.clientWidth === width) return;
      width = area.clientWidth;
      fit();
    });
    watch.observe(area);
    void document.fonts?.ready.then(fit);
    return () => watch.disconnect();
  }, [value, bare]);
  return (
    <textarea
      ref={ref}
      rows={minRows}
      style={{ minHeight: bare ? `${minRows}lh` : `calc(${minRows}lh + 14px)` }}
      value={value}
      className={cx(
        bare
          ? "w-full resize-none bg-transparent focus-visible:outline-none"
          : cx(box, "resize-none py-1.5"),
        "block field-sizing-content overflow-hidden",
        className,
      )}
      {...rest}
    />
  );
}

/** What ties a control to its label and to what is said below it. */
export interface FieldIds {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
  "aria-required"?: true;
}

/** A label, its control, and one line of help or what is wrong. The child gets the id. */
export function Field({
  label,
  hint,
  problem,
  optional,
  required,
  group,
  children,
  className,
}: {
  label: string;
  hint?: ReactNode;
  problem?: string | null | undefined;
  optional?: boolean;
  /** Marks it as needed, where it stands among others in a form that says so. */
  required?: boolean;
  /** Several controls answer: they take their name from `${id}-label`. */
  group?: boolean;
  className?: string;
  children: (ids: FieldIds) => ReactNode;
}) {
  const id = useId();
  const note = problem ?? hint;
  const name = (
    <>
      {label}
      {optional ? <span className="font-normal text-faint"> (optional)</span> : null}
      {required ? (
        <span className="text-red" aria-hidden>
          {" *"}
        </span>
      ) : null}
    </>
  );
  return (
    <div className={cx("flex flex-col gap-1", className)}>
      {group ? (
        <span id={`${id}-label`} className="text-12 font-medium text-muted">
          {name}
        </span>
      ) : (
        <label htmlFor={id} className="text-12 font-medium text-muted">
          {name}
        </label>
      )}
      {children({
        id,
        ...(note ? { "aria-describedby": `${id}-note` } : {}),
        ...(problem ? { "aria-invalid": true as const } : {}),
        ...(required ? { "aria-required": true as const } : {}),
      })}
      {note ? (
        <p id={`${id}-note`} className={cx("text-12", problem ? "text-red" : "text-faint")}>
          {note}
        </p>
      ) : null}
    </div>
  );
}

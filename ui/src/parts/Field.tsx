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

/** A label, its control, and one line of help or what is wrong. The child gets the id. */
export function Field({
  label,
  hint,
  problem,
  optional,
  children,
  className,
}: {
  label: string;
  hint?: ReactNode;
  problem?: string | null | undefined;
  optional?: boolean;
  className?: string;
  children: (ids: { id: string; "aria-describedby"?: string; "aria-invalid"?: true }) => ReactNode;
}) {
  const id = useId();
  const note = problem ?? hint;
  return (
    <div className={cx("flex flex-col gap-1", className)}>
      <label htmlFor={id} className="text-12 font-medium text-muted">
        {label}
        {optional ? <span className="font-normal text-faint"> (optional)</span> : null}
      </label>
      {children({
        id,
        ...(note ? { "aria-describedby": `${id}-note` } : {}),
        ...(problem ? { "aria-invalid": true as const } : {}),
      })}
      {note ? (
        <p id={`${id}-note`} className={cx("text-12", problem ? "text-red" : "text-faint")}>
          {note}
        </p>
      ) : null}
    </div>
  );
}

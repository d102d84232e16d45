import type { ComponentProps, ReactNode } from "react";
import { cx } from "./class-names";
import { Tip } from "./Tip";

type Look = "primary" | "secondary" | "quiet" | "danger" | "link";

export interface ButtonProps extends ComponentProps<"button"> {
  look?: Look;
  size?: "sm" | "md";
  icon?: ReactNode;
  /** A toggled button tells assistive technology that it is on. */
  pressed?: boolean;
}

const looks: Record<Look, string> = {
  primary:
    "bg-accent text-on-accent hover:bg-accent-strong border border-transparent font-medium shadow-[inset_0_1px_0_rgb(255_255_255/0.12)]",
  secondary: "bg-surface text-ink border border-line-strong hover:bg-subtle active:bg-hover",
  quiet: "text-muted hover:text-ink hover:bg-hover border border-transparent",
  danger: "bg-red-solid text-on-accent hover:brightness-110 border border-transparent font-medium",
  link: "text-accent-text hover:underline underline-offset-2 border border-transparent px-0!",
};

/** How a button looks, for links that stand among buttons. */
export function buttonLook(look: Look = "secondary", size: "sm" | "md" = "md"): string {
  return cx(
    "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md whitespace-nowrap transition-colors duration-100 select-none disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:opacity-50",
    size === "sm" ? "h-6 px-2 text-12" : "h-7.5 px-2.5 text-13",
    looks[look],
  );
}

/** The one button of the program; `look` says how loud it is, and a view has one primary. */
export function Button({
  look,
  size,
  icon,
  pressed,
  className,
  children,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      aria-pressed={pressed}
      className={cx(buttonLook(look, size), pressed && "bg-active text-ink", className)}
      {...rest}
    >
      {icon}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "children" | "icon"> {
  label: string;
  shortcut?: string | undefined;
  children: ReactNode;
}

/** A button that shows only an icon: the label is its name and its tooltip. */
export function IconButton({
  label,
  shortcut,
  look = "quiet",
  size = "md",
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tip label={label} shortcut={shortcut}>
      <Button
        aria-label={label}
        look={look}
        size={size}
        className={cx(size === "sm" ? "w-6 px-0!" : "w-7.5 px-0!", className)}
        {...rest}
      />
    </Tip>
  );
}

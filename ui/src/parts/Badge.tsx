import type { ReactNode } from "react";
import { cx } from "./class-names";

export type Tone = "neutral" | "green" | "amber" | "red" | "blue" | "accent";

const tones: Record<Tone, string> = {
  neutral: "bg-hover text-muted border-transparent",
  green: "bg-green-surface text-green border-green-line",
  amber: "bg-amber-surface text-amber border-amber-line",
  red: "bg-red-surface text-red border-red-line",
  blue: "bg-blue-surface text-blue border-blue-line",
  accent: "bg-accent-surface text-accent-text border-accent-line",
};

/** A short state in words, coloured and, where it helps, with an icon: never colour alone. */
export function Badge({
  tone = "neutral",
  icon,
  children,
  className,
}: {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span
      className={cx(
        "inline-flex h-5 shrink-0 items-center gap-1 rounded-full border px-2 text-11 font-medium whitespace-nowrap",
        tones[tone],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}

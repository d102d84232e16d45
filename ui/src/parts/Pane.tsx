import { useRef, useState } from "react";
import { cx } from "./class-names";

/** Remembers a size over restarts; a window that forbids storage simply forgets. */
export function useRememberedSize(name: string, start: number): [number, (size: number) => void] {
  const [size, setSize] = useState(() => {
    const kept = Number(localStorage.getItem(`size.${name}`));
    return Number.isFinite(kept) && kept > 0 ? kept : start;
  });
  return [
    size,
    (next) => {
      setSize(next);
      localStorage.setItem(`size.${name}`, String(Math.round(next)));
    },
  ];
}

/** A line between two panes that can be dragged or moved with the arrow keys. */
export function Divider({
  label,
  direction,
  size,
  onSize,
  min,
  max,
  invert,
}: {
  label: string;
  direction: "column" | "row";
  size: number;
  onSize: (size: number) => void;
  min: number;
  max: number;
  /** The pane that is sized stands after the line. */
  invert?: boolean;
}) {
  const start = useRef({ at: 0, size: 0 });
  const column = direction === "column";
  const clamp = (next: number) => Math.min(max, Math.max(min, next));
  const sign = invert ? -1 : 1;
  return (
    // A focusable separator is a widget: this is the pattern for window splitters.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="separator"
      aria-label={label}
      aria-orientation={column ? "vertical" : "horizontal"}
      aria-valuenow={Math.round(size)}
      aria-valuemin={min}
      aria-valuemax={max}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className={cx(
        "group relative z-10 shrink-0 bg-line transition-colors hover:bg-accent focus-visible:bg-accent focus-visible:outline-none",
        column ? "w-px cursor-col-resize" : "h-px cursor-row-resize",
      )}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -16, ArrowUp: -16, ArrowRight: 16, ArrowDown: 16 }[event.key];
        if (!step) return;
        event.preventDefault();
        onSize(clamp(size + sign * step));
      }}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { at: column ? event.clientX : event.clientY, size };
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const at = column ? event.clientX : event.clientY;
        onSize(clamp(start.current.size + sign * (at - start.current.at)));
      }}
    >
      <span
        className={cx("absolute", column ? "-inset-x-1 inset-y-0" : "inset-x-0 -inset-y-1")}
        aria-hidden
      />
    </div>
  );
}

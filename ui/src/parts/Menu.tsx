import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";
import { cx } from "./class-names";
import { Kbd } from "./Kbd";

export interface MenuEntry {
  label: string;
  icon?: ReactNode;
  shortcut?: string;
  hint?: string;
  danger?: boolean;
  disabled?: boolean;
  /** Draws a line above this entry. */
  apart?: boolean;
  /** A heading shown above this entry. */
  heading?: string;
  onSelect: () => void;
}

/** A list of things to do at `anchor`: one for all rows of a long list, which would each pay for a menu of their own. */
export function MenuAt({
  anchor,
  entries,
  onClose,
}: {
  anchor: HTMLElement;
  entries: readonly MenuEntry[];
  onClose: () => void;
}) {
  return (
    <Base.Root open onOpenChange={(open) => open || onClose()}>
      <MenuList anchor={anchor} align="end" entries={entries} />
    </Base.Root>
  );
}

/** A list of things to do, opened from `trigger`. */
export function Menu({
  trigger,
  entries,
  align = "start",
  open,
  onOpenChange,
}: {
  trigger: ReactElement;
  entries: readonly MenuEntry[];
  align?: "start" | "end";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}) {
  return (
    <Base.Root
      {...(open === undefined ? {} : { open })}
      onOpenChange={(next) => onOpenChange?.(next)}
    >
      <Base.Trigger render={trigger} />
      <MenuList align={align} entries={entries} />
    </Base.Root>
  );
}

function MenuList({
  anchor,
  align,
  entries,
}: {
  anchor?: HTMLElement;
  align: "start" | "end";
  entries: readonly MenuEntry[];
}) {
  return (
    <Base.Portal>
      <Base.Positioner
        {...(anchor ? { anchor } : {})}
        sideOffset={4}
        align={align}
        className="z-50"
      >
        <Base.Popup
          {...(anchor ? { finalFocus: () => anchor } : {})}
          className="floating max-h-[min(26rem,var(--available-height))] min-w-48 overflow-y-auto p-1"
        >
          {entries.map((entry) => (
            <MenuRow key={entry.label} entry={entry} />
          ))}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}

function MenuRow({ entry }: { entry: MenuEntry }) {
  return (
    <>
      {entry.apart ? <Base.Separator className="mx-1 my-1 h-px bg-line" /> : null}
      {entry.heading ? (
        <div className="px-2 pt-1.5 pb-1 text-11 font-medium text-faint">{entry.heading}</div>
      ) : null}
      <Base.Item
        disabled={entry.disabled}
        onClick={entry.onSelect}
        className={cx(
          "flex cursor-default items-center gap-2 rounded-md px-2 py-1.5 text-13 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover",
          entry.danger && "text-red",
        )}
      >
        {entry.icon ? (
          <span className={entry.danger ? "" : "text-muted"} aria-hidden>
            {entry.icon}
          </span>
        ) : null}
        <span className="min-w-0 flex-1">
          {entry.label}
          {entry.hint ? <span className="block text-12 text-faint">{entry.hint}</span> : null}
        </span>
        {entry.shortcut ? <Kbd keys={entry.shortcut} /> : null}
      </Base.Item>
    </>
  );
}

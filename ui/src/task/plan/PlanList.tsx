import { useEffect, useRef } from "react";
import { cx } from "@/parts/class-names";
import { noteTints, rowLook, rowNotes } from "./plan-kinds";
import type { PlanRow } from "./plan-rows";

/** The outline as an indented list: one stop of the Tab key, the arrow keys walk. */
export function PlanList({
  label,
  rows,
  selected,
  onSelect,
  onWrite,
}: {
  label: string;
  rows: readonly PlanRow[];
  selected: string | null;
  onSelect: (row: PlanRow) => void;
  /** Puts the caret into the text. */
  onWrite: (row: PlanRow) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  const at = rows.findIndex((row) => row.id === selected);
  useEffect(() => {
    if (selected === null) return;
    list.current
      ?.querySelector<HTMLElement>("[aria-selected=true]")
      ?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  const go = (next: number) => {
    const row = rows[Math.min(Math.max(next, 0), rows.length - 1)];
    if (!row) return;
    onSelect(row);
    list.current?.querySelectorAll<HTMLElement>("[role=treeitem]")[rows.indexOf(row)]?.focus();
  };
  return (
    // The items inside take the focus in turn.
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus
    <div
      ref={list}
      role="tree"
      aria-label={label}
      className="flex flex-col"
      onKeyDown={(event) => {
        if (event.altKey || event.ctrlKey || event.metaKey) return;
        const items = [...event.currentTarget.querySelectorAll("[role=treeitem]")];
        const at = items.indexOf(event.target as HTMLElement);
        const row = rows[at];
        const parent = row ? rows.findIndex(({ id }) => id === row.parent) : -1;
        const to = {
          ArrowDown: at + 1,
          ArrowUp: at - 1,
          ArrowRight: row?.opens ? at + 1 : at,
          ArrowLeft: parent >= 0 ? parent : at,
          Home: 0,
          End: rows.length - 1,
        }[event.key];
        if (to !== undefined) {
          event.preventDefault();
          go(to);
        } else if ((event.key === "Enter" || event.key === " ") && row) {
          event.preventDefault();
          onWrite(row);
        }
      }}
    >
      {rows.map((row, index) => (
        <PlanLine
          key={row.id}
          row={row}
          selected={row.id === selected}
          focusable={at < 0 ? index === 0 : row.id === selected}
          onSelect={() => onSelect(row)}
          onWrite={() => onWrite(row)}
        />
      ))}
    </div>
  );
}

function PlanLine({
  row,
  selected,
  focusable,
  onSelect,
  onWrite,
}: {
  row: PlanRow;
  selected: boolean;
  focusable: boolean;
  onSelect: () => void;
  onWrite: () => void;
}) {
  const look = rowLook(row);
  const notes = rowNotes(row);
  const heading = row.type === "node" && row.node.kind === "instructions";
  return (
    <div
      role="treeitem"
      aria-level={row.level}
      aria-setsize={row.of}
      aria-posinset={row.nth}
      aria-selected={selected}
      {...(row.opens ? { "aria-expanded": true } : {})}
      tabIndex={focusable ? 0 : -1}
      onClick={onSelect}
      onDoubleClick={onWrite}
      onKeyDown={() => undefined}
      style={{ paddingInlineStart: 8 + (row.level - 1) * 20 }}
      className={cx(
        "inset-focus relative flex scroll-my-2 items-start gap-2 rounded-md py-1 pr-2 text-13",
        selected ? "bg-accent-surface" : "hover:bg-hover",
      )}
    >
      {Array.from({ length: row.level - 1 }, (_, depth) => (
        <span
          key={depth}
          aria-hidden
          style={{ insetInlineStart: 15 + depth * 20 }}
          className="absolute inset-y-0 w-px bg-line"
        />
      ))}
      {row.type === "node" && row.number !== null ? (
        <span className="tabular w-4 shrink-0 text-center text-12 leading-5 text-faint" aria-hidden>
          {row.number}
        </span>
      ) : (
        <look.Icon size={14} aria-hidden className={cx("mt-[3px] w-4 shrink-0", look.tint)} />
      )}
      <span className="min-w-0 flex-1 leading-5">
        <span
          className={cx(
            "wrap-anywhere",
            heading && "font-medium",
            row.type === "way" && "font-medium text-pill-field",
            row.type === "node" && row.node.off && "text-faint line-through",
          )}
        >
          {row.words}
          {row.type === "way" && row.opens ? ":" : ""}
        </span>
        {notes.map((note) => (
          <span
            key={note.words}
            className={cx("block text-12 leading-4.5 wrap-anywhere", noteTints[note.tone])}
          >
            {note.tone === "rule" ? <span className="sr-only">Rule: </span> : null}
            {note.words}
          </span>
        ))}
      </span>
    </div>
  );
}

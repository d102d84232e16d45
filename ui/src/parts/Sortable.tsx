import { useRef, useState, type PointerEvent, type ReactNode } from "react";

interface Spot {
  list: string;
  index: number;
  /** Where the line is drawn, inside the area. */
  top: number;
  left: number;
  width: number;
}

/** Marks an element as an item that can be dragged: its row is what is taken hold of. */
export function sortItem(id: string, list: string, index: number) {
  return { "data-sort-id": id, "data-sort-list": list, "data-sort-index": index };
}

/** Marks an element below which the first item of a list may be dropped. */
export function sortHead(list: string) {
  return { "data-sort-list": list, "data-sort-index": -1 };
}

const minimum = 5;

/**
 * Lists whose items can be dragged with the pointer, also from one list into another. A line shows
 * where the item would go; nothing moves before it is let go, so nothing can jump. The keyboard has
 * its own shortcuts for moving.
 */
export function SortArea({
  onMove,
  children,
}: {
  /** `index` counts the list's items without the one that moves. */
  onMove: (id: string, list: string, index: number) => void;
  children: ReactNode;
}) {
  const area = useRef<HTMLDivElement>(null);
  const start = useRef<{ id: string; list: string; index: number; y: number } | null>(null);
  const [spot, setSpot] = useState<Spot | null>(null);

  const stop = () => {
    start.current = null;
    setSpot(null);
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || !(event.target instanceof Element)) return;
    const row = event.target.closest<HTMLElement>("[data-sort-id]");
    if (!row) return;
    const { sortId = "", sortList = "", sortIndex } = row.dataset;
    start.current = { id: sortId, list: sortList, index: Number(sortIndex), y: event.clientY };
  };
  const onPointerMove = (event: PointerEvent) => {
    const from = start.current;
    if (!from || !area.current) return;
    if (!spot && Math.abs(event.clientY - from.y) < minimum) return;
    // Taken only once it is a drag, so that a plain click still reaches the row.
    if (!area.current.hasPointerCapture(event.pointerId))
      area.current.setPointerCapture(event.pointerId);
    setSpot(spotAt(area.current, event.clientX, event.clientY));
  };
  const onPointerUp = () => {
    const from = start.current;
    if (from && spot) {
      const same = from.list === spot.list;
      const index = same && spot.index > from.index ? spot.index - 1 : spot.index;
      if (!same || index !== from.index) onMove(from.id, spot.list, index);
    }
    stop();
  };
  return (
    <div
      ref={area}
      role="presentation"
      className={spot ? "relative touch-none cursor-grabbing select-none" : "relative"}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={stop}
      onKeyDown={(event) => {
        if (event.key === "Escape" && spot) {
          event.preventDefault();
          stop();
        }
      }}
    >
      {children}
      {spot ? (
        <div
          aria-hidden
          className="pointer-events-none absolute z-10 h-0.5 rounded-full bg-accent"
          style={{ top: spot.top - 1, left: spot.left, width: spot.width }}
        />
      ) : null}
    </div>
  );
}

/** The place between two rows that is nearest to the pointer. */
function spotAt(area: HTMLElement, x: number, y: number): Spot | null {
  const box = area.getBoundingClientRect();
  const rows = [...area.querySelectorAll<HTMLElement>("[data-sort-list]")];
  const row =
    rows.find((one) => {
      const rect = one.getBoundingClientRect();
      return y >= rect.top && y < rect.bottom;
    }) ?? (y < box.top ? rows[0] : rows.at(-1));
  if (!row || x < box.left - 80 || x > box.right + 80) return null;
  const rect = row.getBoundingClientRect();
  const index = Number(row.dataset["sortIndex"]);
  const below = index < 0 || y > rect.top + rect.height / 2;
  const inset = Number.parseFloat(getComputedStyle(row).paddingLeft) || 0;
  return {
    list: row.dataset["sortList"] ?? "",
    index: below ? index + 1 : index,
    top: (below ? rect.bottom : rect.top) - box.top,
    left: inset,
    width: box.width - inset,
  };
}

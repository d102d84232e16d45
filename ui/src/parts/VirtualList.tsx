import { useVirtualizer } from "@tanstack/react-virtual";
import {
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type ReactNode,
  type Ref,
} from "react";
import { cx } from "./class-names";

export interface VirtualListHandle {
  scrollTo: (index: number) => void;
  focus: () => void;
}

interface VirtualListProps {
  ref?: Ref<VirtualListHandle>;
  count: number;
  rowHeight: number;
  label: string;
  role?: "list" | "log" | "listbox" | "rowgroup";
  row: (index: number) => ReactNode;
  rowKey?: (index: number) => string | number;
  /** Keeps the newest row in sight, but only while the reader is at the bottom. */
  follow?: boolean;
  /** Told which rows are in sight, so that only those need to be fetched. */
  onRange?: (first: number, last: number) => void;
  onAtEnd?: (atEnd: boolean) => void;
  className?: string;
}

/** Rows that a growing list keeps ready, so that another one does not make it place all of them anew. */
const spare = 256;

/** A list of any length of which only the rows in sight exist. Rows may grow when opened. */
export function VirtualList({
  ref,
  count,
  rowHeight,
  label,
  role = "list",
  row,
  rowKey,
  follow,
  onRange,
  onAtEnd,
  className,
}: VirtualListProps) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const top = useRef(0);
  const shown = useRef(count);
  const list = useVirtualizer({
    count: follow ? Math.ceil((count + 1) / spare) * spare : count,
    getScrollElement: () => box.current,
    estimateSize: (index) => (index < count ? rowHeight : 0),
    overscan: 6,
    // A list that follows opens at its end: nothing above it is drawn, or fetched, on the way.
    initialOffset: () => (follow ? count * rowHeight : 0),
    // Scrolling must never wait for React: the rows follow in the same frame or the next.
    useFlushSync: false,
    ...(rowKey ? { getItemKey: rowKey } : {}),
  });
  const items = list.getVirtualItems().filter((item) => item.index < count);
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (count > 0) onRange?.(first, last);
  }, [first, last, count, onRange]);

  const total = list.getTotalSize();
  useLayoutEffect(() => {
    if (count < shown.current) list.measure();
    for (let index = shown.current; index < count; index += 1) list.resizeItem(index, rowHeight);
    shown.current = count;
  }, [count, list, rowHeight]);
  useLayoutEffect(() => {
    const element = box.current;
    if (follow && atEnd.current && element) element.scrollTop = element.scrollHeight;
  }, [count, total, follow]);

  useImperativeHandle(ref, () => ({
    scrollTo: (index) => {
      if (follow) atEnd.current = index >= count - 1;
      list.scrollToIndex(index, { align: "center" });
    },
    focus: () => box.current?.focus(),
  }));

  return (
    <div
      ref={box}
      role={role === "log" ? "log" : undefined}
      aria-label={label}
      // A scrolling region must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className={cx("inset-focus min-h-0 flex-1 overflow-y-auto contain-strict", className)}
      onScroll={(event) => {
        const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
        const there = scrollHeight - scrollTop - clientHeight < 24;
        // Rows that turn out taller than thought push the end away; only going up leaves it.
        const now = there || (atEnd.current && scrollTop >= top.current);
        top.current = scrollTop;
        if (now !== atEnd.current) {
          atEnd.current = now;
          onAtEnd?.(now);
        }
      }}
    >
      <div
        role={role === "log" ? "list" : role}
        aria-label={label}
        className="relative w-full"
        style={{ height: total }}
      >
        {items.map((item) => (
          <div
            key={item.key}
            data-index={item.index}
            ref={list.measureElement}
            role={role === "rowgroup" ? "row" : role === "listbox" ? "presentation" : "listitem"}
            aria-setsize={role === "list" || role === "log" ? count : undefined}
            aria-posinset={role === "list" || role === "log" ? item.index + 1 : undefined}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${item.start}px)` }}
          >
            {row(item.index)}
          </div>
        ))}
      </div>
    </div>
  );
}

import {
  useDeferredValue,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type ReactNode,
  type Ref,
} from "react";
import { cx } from "./class-names";
import { RowWindow, type Sight } from "./row-window";

export interface VirtualListHandle {
  scrollTo: (index: number) => void;
  focus: () => void;
}

interface VirtualListProps {
  ref?: Ref<VirtualListHandle>;
  count: number;
  /** How many rows there are, where only the first of them can be shown yet. */
  of?: number;
  /** What a row is taken for, in pixels, until it was drawn. */
  rowHeight: number;
  label: string;
  role?: "list" | "log";
  row: (index: number) => ReactNode;
  rowKey?: (index: number) => string | number;
  /** Opens at the newest row and keeps it in sight, but only while the reader is at the bottom. */
  follow?: boolean;
  /** Told which rows exist, so that only those need to be fetched. */
  onRange?: (first: number, last: number) => void;
  onAtEnd?: (atEnd: boolean) => void;
  className?: string;
}

/** How far above and below what is in sight rows are kept ready, in pixels. */
const ready = 200;

/** A list of any length of which only the rows in sight exist. Rows may have any height and change it. */
export function VirtualList({
  ref,
  count,
  of,
  rowHeight,
  label,
  role = "list",
  row,
  rowKey,
  follow = false,
  onRange,
  onAtEnd,
  className,
}: VirtualListProps) {
  const box = useRef<HTMLDivElement>(null);
  const room = useRef<HTMLDivElement>(null);
  const stack = useRef<HTMLDivElement>(null);
  const [rows] = useState(() => new RowWindow(rowHeight, follow));
  const [sight, setSight] = useState<Sight>(() => rows.firstSight(count));
  // What is out of sight comes after what is in sight has been painted.
  const spare = useDeferredValue(Math.ceil(ready / rowHeight), 0);
  const first = Math.max(0, Math.min(sight.first, count - 1) - spare);
  const last = Math.min(count - 1, sight.last + spare);
  const shift = rows.shiftOf(first, last);

  useLayoutEffect(() => {
    const see = (next: Sight) =>
      setSight((old) => (old.first === next.first && old.last === next.last ? old : next));
    rows.tell(see, onAtEnd);
  });
  useLayoutEffect(() => {
    if (!box.current || !room.current || !stack.current) return;
    return rows.attach({ box: box.current, room: room.current, stack: stack.current });
  }, [rows]);
  useLayoutEffect(() => rows.drawn(count, first), [rows, count, first]);
  useEffect(() => {
    if (count > 0) onRange?.(first, last);
  }, [first, last, count, onRange]);
  useImperativeHandle(
    ref,
    () => ({ scrollTo: (index) => rows.scrollTo(index), focus: () => box.current?.focus() }),
    [rows],
  );

  return (
    <div
      ref={box}
      role={role === "log" ? "log" : undefined}
      aria-label={label}
      // A scrolling region must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className={cx(
        "inset-focus min-h-0 flex-1 overflow-y-auto contain-strict [overflow-anchor:none]",
        className,
      )}
      onScroll={() => rows.scrolled()}
    >
      <div ref={room}>
        <div ref={stack} role="list" aria-label={label}>
          {Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => {
            const index = first + at;
            return (
              <div
                key={rowKey?.(index) ?? index - shift}
                ref={rows.row}
                data-index={index}
                role="listitem"
                aria-setsize={of ?? count}
                aria-posinset={index + 1}
                // Margins of what is inside belong to the row's height.
                className="flow-root"
              >
                {row(index)}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

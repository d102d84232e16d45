import { useEffect, useState } from "react";
import { cx } from "./class-names";

/** True once `pending` has lasted 200 ms, so quick answers never flash a skeleton. */
export function useSlow(pending: boolean, after = 200): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!pending) {
      setSlow(false);
      return;
    }
    const timer = setTimeout(() => setSlow(true), after);
    return () => clearTimeout(timer);
  }, [pending, after]);
  return slow && pending;
}

/** Grey lines in the place of what is coming, only after 200 ms of waiting. */
export function Skeleton({ lines = 5, className }: { lines?: number; className?: string }) {
  const slow = useSlow(true);
  return (
    <div className={cx("flex flex-col gap-3 p-6", className)} role="status" aria-label="Loading">
      {slow
        ? Array.from({ length: lines }, (_, at) => (
            <div
              key={at}
              className="h-4 animate-pulse rounded-sm bg-hover"
              style={{ width: `${[72, 58, 88, 46, 66][at % 5]}%` }}
            />
          ))
        : null}
    </div>
  );
}

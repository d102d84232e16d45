import { useCallback, useEffect, useRef, useState } from "react";
import { same } from "./diff-json";
import { mergeJson } from "./merge-json";

/** How long after the last keystroke a form is saved. */
const quiet = 400;

/**
 * A form that saves itself, also when it is left in the middle of a word. What other windows save
 * appears in it; what is being written here stays.
 */
export function useSavedForm<T extends object>(
  start: T,
  save: (value: T) => void,
): [T, (next: Partial<T>) => void] {
  const [value, setValue] = useState(start);
  const base = useRef(start);
  const latest = useRef({ value, save });
  latest.current = { value, save };

  const flush = useCallback(() => {
    const { value, save } = latest.current;
    if (same(value, base.current)) return;
    base.current = value;
    save(value);
  }, []);

  useEffect(() => {
    const { merged } = mergeJson(base.current, latest.current.value, start);
    base.current = start;
    if (!same(merged, latest.current.value)) setValue(merged);
  }, [start]);
  useEffect(() => {
    if (same(value, base.current)) return;
    const timer = setTimeout(flush, quiet);
    return () => clearTimeout(timer);
  }, [value, flush]);
  useEffect(() => flush, [flush]);

  return [value, useCallback((next) => setValue((old) => ({ ...old, ...next })), [])];
}

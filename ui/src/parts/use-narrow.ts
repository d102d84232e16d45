import { useSyncExternalStore } from "react";

// The same width as the `narrow` variant in styles.css.
const narrow = typeof matchMedia === "function" ? matchMedia("(max-width: 719px)") : null;

function watch(listener: () => void): () => void {
  narrow?.addEventListener("change", listener);
  return () => narrow?.removeEventListener("change", listener);
}

/** Whether there is room for one column only, as in half a window beside the help desk. */
export function useNarrow(): boolean {
  return useSyncExternalStore(watch, () => narrow?.matches ?? false);
}

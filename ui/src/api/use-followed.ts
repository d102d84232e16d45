import { useEffect } from "react";
import type { Editing } from "./editing";
import { asHostError } from "./host";
import { workspaceNews } from "./workspace-news";

/** How long changes are gathered before the document is read again. */
const gathering = 120;

/** Keeps an open document in step with every other window. `onGone` is told when it was deleted there. */
export function useFollowed<View, Doc extends object>(
  editing: Editing<View, Doc>,
  onGone: () => void,
): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const refresh = () =>
      editing.refresh().catch((thrown: unknown) => {
        // Anything else heals with the next news, or when the wire is taken up again.
        if (!left && asHostError(thrown).code === "not_found") onGone();
      });
    const end = workspaceNews.subscribe((documents) => {
      if (!editing.concerns(documents)) return;
      clearTimeout(timer);
      timer = setTimeout(() => void refresh(), gathering);
    });
    return () => {
      left = true;
      end();
      clearTimeout(timer);
    };
  }, [editing, onGone]);
}

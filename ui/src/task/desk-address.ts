import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import type { TaskSearch } from "../routes";

/** What is selected in the editor: of a task, or of the workflow, which has an address of its own. */
export function useDeskSearch(): TaskSearch {
  return useSearch({ strict: false });
}

/** Selects something else at the same address. */
export function useDeskGo(): (next: (old: TaskSearch) => TaskSearch) => void {
  const go = useNavigate();
  return useCallback(
    (next: (old: TaskSearch) => TaskSearch) =>
      void go({ to: ".", search: (old) => next(old), replace: true }),
    [go],
  );
}

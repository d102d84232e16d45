import { queryOptions } from "@tanstack/react-query";
import { call, queries } from "@/api/client";

/** All tasks, as the list shows them. */
export const tasksQuery = queryOptions({
  queryKey: ["tasks"],
  queryFn: () => call("list_tasks", {}),
});

/** Reads the list again after something changed in it. */
export function rereadTasks(): Promise<void> {
  return queries.invalidateQueries({ queryKey: ["tasks"] });
}

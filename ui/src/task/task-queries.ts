import { queryOptions } from "@tanstack/react-query";
import { call, queries } from "@/api/client";

/** All tasks, as the list shows them. What is still being found out of a long list is asked for again. */
export const tasksQuery = queryOptions({
  queryKey: ["tasks"],
  queryFn: () => call("list_tasks", {}),
  refetchInterval: ({ state }) => (state.data?.some((row) => row.problems === null) ? 1000 : false),
});

/** Reads the list again after something changed in it. */
export function rereadTasks(): Promise<void> {
  return queries.invalidateQueries({ queryKey: ["tasks"] });
}

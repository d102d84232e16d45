import { queryOptions } from "@tanstack/react-query";
import { call, queries } from "@/api/client";

/** All actions, as the list shows them. */
export const actionsQuery = queryOptions({
  queryKey: ["actions"],
  queryFn: () => call("list_actions", {}),
});

/** All teams. */
export const teamsQuery = queryOptions({
  queryKey: ["teams"],
  queryFn: () => call("list_teams", {}),
});

/** Where actions really call, on this computer. */
export const connectionsQuery = queryOptions({
  queryKey: ["connections"],
  queryFn: () => call("list_connections", {}),
});

export function rereadActions(): Promise<void> {
  return queries.invalidateQueries({ queryKey: ["actions"] });
}

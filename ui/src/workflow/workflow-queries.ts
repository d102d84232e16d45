import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";

/** The workflows of the workspace; one leads every conversation. */
export const workflowsQuery = queryOptions({
  queryKey: ["workflows"],
  queryFn: () => call("list_workflows", {}),
});

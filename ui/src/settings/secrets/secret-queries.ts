import { queryOptions } from "@tanstack/react-query";
import { call, queries } from "@/api/client";

/** All there is to know of secrets but what they are. */
export const secretsQuery = queryOptions({
  queryKey: ["secrets"],
  queryFn: () => call("list_secrets", {}),
});

/** What holds for all calls to an environment. */
export const environmentsQuery = queryOptions({
  queryKey: ["environments"],
  queryFn: () => call("list_environments", {}),
});

/** A secret changes what is missing elsewhere: in tasks, in actions, in their problems. */
export const rereadAll = () => queries.invalidateQueries();

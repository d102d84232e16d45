import { queryOptions } from "@tanstack/react-query";
import { call, queries } from "@/api/client";

/** While passages are still being read, how far that is, is asked for again so often. */
const again = 700;

/** All articles, as the list shows them, and how far they are read. */
export const articlesQuery = queryOptions({
  queryKey: ["articles"],
  queryFn: () => call("list_articles", {}),
  refetchInterval: ({ state: { data } }) => (data && !data.ready ? again : false),
});

export function rereadArticles(): Promise<void> {
  return queries.invalidateQueries({ queryKey: ["articles"] });
}

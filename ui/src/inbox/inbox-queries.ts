import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import type { ConversationFilter } from "@/api/model";
import type { Stretch } from "./stretches";

/** Rows of the list that are read at once: an open stretch by this many, one between two rows as a whole. */
const pageSize = 100;
const wholeStretch = 200;

/** Milliseconds after which what customers write meanwhile is read again. */
const fresh = 5_000;

/** A stretch of the conversations that fit; looked at again and again while it is in sight. */
export const stretchQuery = (
  filter: ConversationFilter,
  { after, until }: Stretch,
  watched: boolean,
) =>
  queryOptions({
    queryKey: ["conversations", filter, after, until],
    queryFn: () =>
      call("list_conversations", { filter, after, until, limit: until ? wholeStretch : pageSize }),
    refetchInterval: watched ? fresh : false,
  });

/** How many conversations fit. */
export const countQuery = (filter: ConversationFilter) =>
  queryOptions({
    queryKey: ["conversations", filter, "count"],
    queryFn: async () => (await call("list_conversations", { filter, limit: 0 })).total,
    refetchInterval: fresh,
  });

export const summaryQuery = (conversation: string) =>
  queryOptions({
    queryKey: ["conversation", conversation],
    queryFn: () => call("read_summary", { conversation }),
    refetchInterval: fresh,
  });

export const viewsQuery = queryOptions({
  queryKey: ["views"],
  queryFn: () => call("list_views", {}),
  refetchInterval: fresh,
});

export const filterChoicesQuery = queryOptions({
  queryKey: ["filter_choices"],
  queryFn: () => call("list_filter_choices", {}),
});

export const retentionQuery = queryOptions({
  queryKey: ["retention"],
  queryFn: () => call("read_retention", {}),
});

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import type { ConversationFilter } from "@/api/model";

/** Rows of the list that are read at once. */
export const pageSize = 50;

/** Milliseconds after which what customers write meanwhile is read again. */
const fresh = 5_000;

/** The first conversations that fit. */
export const conversationsQuery = (filter: ConversationFilter, limit: number) =>
  queryOptions({
    queryKey: ["conversations", filter, limit],
    queryFn: () => call("list_conversations", { filter, offset: 0, limit }),
    placeholderData: keepPreviousData,
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

import { useQueries } from "@tanstack/react-query";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { queries } from "@/api/client";
import type { ConversationFilter, ConversationList, ListPlace } from "@/api/model";
import { tidied } from "./filter-moves";
import { stretchQuery } from "./inbox-queries";
import { joined, stretchesAt, stretchesOf, type Read } from "./stretches";

/** So many rows before the end what comes next is read. */
const ahead = 30;

const none: readonly ListPlace[] = [];

export interface Conversations {
  /** What is read so far; of the filter before, until something of this one is there. */
  read: Read | null;
  error: Error | null;
  refetch: () => void;
  /** Told which rows are in sight: those are kept fresh, and more is read where they end. */
  onRange: (first: number, last: number) => void;
}

/** The conversations that fit, read stretch by stretch as one scrolls. */
export function useConversations(filter: ConversationFilter): Conversations {
  const name = JSON.stringify(tidied(filter));
  const [all, setAll] = useState<{ of: string; marks: readonly ListPlace[] }>({
    of: name,
    marks: [],
  });
  const marks = all.of === name ? all.marks : none;
  const [sight, setSight] = useState<readonly [number, number]>([0, 0]);
  const stretches = stretchesAt(marks);
  const results = useQueries({
    queries: stretches.map((stretch, at) =>
      // The top is always looked at: there whoever writes appears, and it counts.
      stretchQuery(filter, stretch, at === 0 || (at >= sight[0] && at <= sight[1])),
    ),
  });
  const now = joined(results.map(({ data }) => data));
  const before = useRef<Read | null>(null);
  if (now) before.current = now;

  const lacking = results.at(-1)?.isPending ?? true;
  const { place, within } = now?.next ?? {};
  const goOn = useCallback(() => {
    if (!place || within === undefined) return;
    const next = [...marks.slice(0, within), place, ...marks.slice(within)];
    close(filter, marks, next, within);
    setAll({ of: name, marks: next });
    // The name stands for the filter.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [name, marks, place, within]);
  const tooLong = within !== undefined && within < marks.length;
  useEffect(() => {
    if (tooLong) goOn();
  }, [tooLong, goOn]);
  const range = useRef({ now, lacking, goOn });
  useLayoutEffect(() => {
    range.current = { now, lacking, goOn };
  });
  const onRange = useCallback((first: number, last: number) => {
    const { now: known, lacking: reading, goOn: more } = range.current;
    if (!known) return;
    const [from, until] = stretchesOf(known.sizes, first, last);
    setSight((was) => (was[0] === from && was[1] === until ? was : [from, until]));
    if (!reading && last >= known.rows.length - ahead) more();
  }, []);
  const failed = results.find(({ error }) => error !== null);
  return {
    read: now ?? before.current,
    error: failed?.error ?? null,
    refetch: () => results.forEach(({ refetch }) => void refetch()),
    onRange,
  };
}

/** What was read of a stretch stands for the part of it above the mark that now ends it. */
function close(
  filter: ConversationFilter,
  old: readonly ListPlace[],
  next: readonly ListPlace[],
  within: number,
): void {
  const [before, after] = [stretchesAt(old)[within], stretchesAt(next)[within]];
  if (!before || !after) return;
  const known = queries.getQueryData<ConversationList>(
    stretchQuery(filter, before, false).queryKey,
  );
  if (known) {
    queries.setQueryData(stretchQuery(filter, after, false).queryKey, { ...known, next: null });
  }
}

import { queryOptions } from "@tanstack/react-query";
import { call, queries } from "@/api/client";
import type { ChannelView, SaveChannel, TrafficEntry } from "@/api/model";

/** How often what goes over the channel is looked at while somebody watches. */
const watching = 1_000;

/** How the channel is set and how it stands. */
export const channelQuery = queryOptions({
  queryKey: ["channel"],
  queryFn: () => call("read_channel", {}),
  staleTime: 0,
  refetchInterval: 2 * watching,
});

/** What is still to be sent, and what is not tried any more. */
export const queueQuery = queryOptions({
  queryKey: ["channel", "queue"],
  queryFn: () => call("read_queue", {}),
  staleTime: 0,
  refetchInterval: 2 * watching,
});

/** Entries that a page holds at the most; the program keeps as many. */
const held = 300;

/** What went over the channel last, the latest first. Only what is new is asked for. */
export const trafficQuery = queryOptions({
  queryKey: ["channel", "traffic"],
  queryFn: async ({ client }): Promise<TrafficEntry[]> => {
    const known = client.getQueryData<TrafficEntry[]>(["channel", "traffic"]) ?? [];
    const after = known[0]?.number ?? 0;
    const news = await call("read_traffic", { after });
    return news.length === 0 ? known : [...news.toReversed(), ...known].slice(0, held);
  },
  staleTime: 0,
  refetchInterval: watching,
});

/** Everything of the channel is read again. */
export const rereadChannel = (): Promise<void> =>
  queries.invalidateQueries({ queryKey: channelQuery.queryKey });

/** Changes some of the settings and leaves the others. */
export async function saveChannel(view: ChannelView, change: Partial<SaveChannel>): Promise<void> {
  const { on, callback_url, calls } = view;
  await call("save_channel", { on, callback_url, calls, ...change });
  await rereadChannel();
}

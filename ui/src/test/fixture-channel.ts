import { HostError, type Host } from "../api/host";
import type { ChannelView, QueueRow, SaveChannel, TrafficEntry } from "../api/model";
import { webhookServer } from "./fixture-data";
import { fixtureHost } from "./fixture-host";

export const channelOff: ChannelView = {
  on: false,
  server: { ...webhookServer, state: { type: "off" }, base_url: null, because: null },
  key: null,
  callback_url: null,
  callback_local: false,
  token: null,
  calls: "live",
  paused: null,
  waiting: 0,
  failing: 0,
  given_up: 0,
};

export const channelOn: ChannelView = {
  ...channelOff,
  on: true,
  server: webhookServer,
  key: { ends_in: "9f3c", made_at: Date.now() - 3 * 86_400_000 },
  callback_url: "https://app.example.com/assistant-events",
};

type Json = Record<string, unknown>;

/** A program with a channel. What is asked of it is written down; `fails` makes the next of a name fail. */
export function channelHost(start: ChannelView) {
  const rest = fixtureHost({ delay: 0 });
  const sent: [string, unknown][] = [];
  const failing = new Map<string, HostError>();
  let keys = 0;
  const state = { view: start, traffic: [] as TrafficEntry[], queue: [] as QueueRow[] };
  const change = (view: Partial<ChannelView>): null => {
    state.view = { ...state.view, ...view };
    return null;
  };
  const commands: Record<string, (args: Json) => unknown> = {
    read_channel: () => state.view,
    save_channel: (args) => {
      const { on, callback_url, calls } = args as unknown as SaveChannel;
      const server = on ? webhookServer : state.view.server;
      const callback_local = !!callback_url?.includes("127.0.0.1");
      return change({ on, callback_url, calls, callback_local, server });
    },
    make_channel_key: () => {
      keys += 1;
      const key = `twk_${String(keys).repeat(64)}`;
      change({ key: { ends_in: key.slice(-4), made_at: Date.now() } });
      return { key };
    },
    save_channel_token: () =>
      change({ token: { secret: "CHANNEL_CALLBACK_TOKEN", allowed: true } }),
    read_signing_secret: () => ({ secret: "tws_first" }),
    rotate_signing_secret: () => ({ secret: "tws_second" }),
    resume_channel: () => change({ paused: null }),
    read_traffic: ({ after }) => state.traffic.filter(({ number }) => number > Number(after)),
    read_queue: () => state.queue,
    resend_event: ({ seq }) => {
      state.queue = state.queue.filter((row) => row.seq !== seq);
      return null;
    },
    send_test_event: () => ({ arrived: true, error: null }),
  };
  const host: Host = {
    ...rest,
    call: async (name, args) => {
      sent.push([name, args]);
      const failure = failing.get(name);
      if (failure) {
        failing.delete(name);
        throw failure;
      }
      const command = commands[name];
      return command ? structuredClone(command((args ?? {}) as Json)) : rest.call(name, args);
    },
  };
  return {
    host,
    state,
    /** The arguments of every call of this name. */
    asked: (name: string): unknown[] => sent.filter(([of]) => of === name).map(([, args]) => args),
    fails: (name: string, error: ConstructorParameters<typeof HostError>[0]) =>
      failing.set(name, new HostError(error)),
  };
}

import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import type { ServerState, WebhookServerView } from "@/api/model";

/** How often a server is looked at that does not listen yet, or could not. */
const soon = 2_000;

const settled = (server: WebhookServerView | undefined): boolean =>
  server?.state.type === "listening";

/** The server for webhooks; looking starts nothing. */
export const webhookServerQuery = queryOptions({
  queryKey: ["webhook_server"],
  queryFn: () => call("read_webhook_server", {}),
  staleTime: 0,
  refetchInterval: ({ state }) => (settled(state.data) ? false : soon),
});

/** Where other systems call a block. Whoever shows an address needs the server, so it starts. */
export const webhookAddressQuery = (block: string, conversation?: string) =>
  queryOptions({
    queryKey: ["webhook_address", block, conversation ?? ""],
    queryFn: () => call("webhook_address", { block, ...(conversation ? { conversation } : {}) }),
    staleTime: 0,
    refetchInterval: ({ state }) => (settled(state.data?.server) ? false : soon),
  });

/** Who does not reach an address of this computer, and what to do about it. */
export const localOnly = (who: string): string =>
  `Works only on this computer. ${who} cannot reach it: set a public address or run it on a server.`;

export const localOnlyWords = localOnly("A payment provider");

/** How the server is, in a sentence. */
export function serverWords(state: ServerState): string {
  switch (state.type) {
    case "off":
      return "Off until something needs it";
    case "starting":
      return "Starting…";
    case "listening":
      return `Listening on ${state.url}`;
    case "failed":
      return state.why;
  }
}

import { QueryClient } from "@tanstack/react-query";
import { takeAhead } from "./ahead";
import type { Commands } from "./model";
import { asHostError, type Host } from "./host";

let current: Host | null = null;

/** Set once at start-up (and by tests); everything else asks `host()`. */
export function setHost(host: Host): void {
  current = host;
}

/** The host this page runs in. */
export function host(): Host {
  if (!current) throw new Error("no host is connected");
  return current;
}

export type Result<Name extends keyof Commands> = Commands[Name]["result"];
export type Args<Name extends keyof Commands> = Commands[Name]["args"];

/** Asks the program to do one of its commands. Every failure is a `HostError` with a code. */
export async function call<Name extends keyof Commands>(
  name: Name,
  args: Args<Name>,
): Promise<Result<Name>> {
  try {
    return (await (takeAhead(name, args) ?? host().call(name, args))) as Result<Name>;
  } catch (thrown) {
    throw asHostError(thrown);
  }
}

/** One cache for what was read. Nothing is fetched twice just because a window got focus. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: false, refetchOnWindowFocus: false, staleTime: 15_000 },
    mutations: { retry: false },
  },
});

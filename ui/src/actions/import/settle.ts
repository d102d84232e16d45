import { call } from "@/api/client";
import type { DraftAction } from "@/api/model";

/** Which system the address of an import is. */
export type Home = "test" | "live" | "none";

/** The addresses that drafts suggest, each once. */
export function addressesOf(drafts: readonly DraftAction[]): string[] {
  return [...new Set(drafts.flatMap(({ base_url }) => (base_url ? [base_url] : [])))];
}

/** Whether an address is likely to lie on this computer or in a network of one's own. */
export function isInside(address: string): boolean {
  const host = hostOf(address);
  if (!host) return false;
  return (
    host === "localhost" ||
    !host.includes(".") ||
    /\.(local|internal|lan|home|corp)$/.test(host) ||
    /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./.test(host) ||
    host.startsWith("[")
  );
}

/**
 * Confirms the addresses for the actions that were made and hands over the secrets that were pasted, each bound to the
 * address it was pasted with. Says which secrets are kept now.
 */
export async function settle(
  drafts: readonly DraftAction[],
  actions: readonly string[],
  home: Home,
  keep: boolean,
  inside: boolean,
): Promise<string[]> {
  if (home === "none") return [];
  for (const address of addressesOf(drafts)) {
    const here = actions.filter((_, at) => drafts[at]?.base_url === address);
    await call("save_connections", {
      actions: here,
      addresses: { [home]: address },
      ...(inside && isInside(address)
        ? { inside: { test: home === "test", live: home === "live" } }
        : {}),
    });
  }
  return keep ? saveSecrets(drafts, home) : [];
}

async function saveSecrets(
  drafts: readonly DraftAction[],
  environment: "test" | "live",
): Promise<string[]> {
  const kept: string[] = [];
  for (const draft of drafts) {
    const origin = originOf(draft.base_url);
    for (const { name, value } of draft.secrets) {
      if (!value || kept.includes(name)) continue;
      await call("save_secret", { environment, name, value, origins: origin ? [origin] : [] });
      kept.push(name);
    }
  }
  return kept;
}

function hostOf(address: string): string | null {
  try {
    return new URL(address).hostname;
  } catch {
    return null;
  }
}

function originOf(address: string | null): string | null {
  try {
    return address ? new URL(address).origin : null;
  } catch {
    return null;
  }
}

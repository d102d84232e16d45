import type { Environment, SecretRow, SecretState } from "@/api/model";
import type { Tone } from "@/parts/Badge";

/** As the connections page names them. */
export const environmentWords: Record<Environment, string> = {
  live: "Live system",
  test: "Test system",
};

export const environmentShort: Record<Environment, string> = { live: "Live", test: "Test" };

/** Where a secret is, in two or three words. */
export function stateWords(state: SecretState): { words: string; tone: Tone } {
  switch (state.type) {
    case "variable":
      return { words: "Set outside", tone: "green" };
    case "keychain":
      return { words: "In the keychain", tone: "green" };
    case "file":
      return { words: "In the encrypted file", tone: "green" };
    case "out_of_reach":
      return { words: "Cannot be read", tone: "amber" };
    case "not_set":
      return { words: "Not set", tone: "amber" };
  }
}

/** Whether it can be sent: whoever asks for it gets it. */
export const isSet = (state: SecretState) =>
  state.type === "variable" || state.type === "keychain" || state.type === "file";

/** “Get order and Refund order need SHOP_TOKEN: not set for Test”, where something is missing. */
export function missingWords(row: SecretRow): string | null {
  if (row.needed_by.length === 0) return null;
  const who = listed(row.needed_by.map(({ name }) => name || "An untitled action"));
  const verb = row.needed_by.length === 1 ? "needs" : "need";
  const where = environmentShort[row.environment];
  if (row.state.type === "not_set") return `${who} ${verb} ${row.name}: not set for ${where}`;
  if (row.asked_for.length > 0)
    return `${who} ${verb} ${row.name}: not allowed for ${listed(row.asked_for)} yet`;
  return null;
}

/** “a”, “a and b”, “a, b and c”. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

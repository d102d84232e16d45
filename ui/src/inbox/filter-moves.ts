import type { ConversationFilter } from "@/api/model";

/** A filter without what leaves nothing out, so that two that mean the same are the same. */
export function tidied(filter: ConversationFilter): ConversationFilter {
  const kept = Object.entries(filter).filter(([, value]) => {
    if (Array.isArray(value)) return value.length > 0;
    if (typeof value === "string") return value.trim() !== "";
    if (typeof value === "object" && value !== null && "type" in value) {
      return value.type !== "always";
    }
    return value !== null && value !== undefined && value !== false;
  });
  return Object.fromEntries(kept.toSorted(([a], [b]) => a.localeCompare(b)));
}

export function isSameFilter(one: ConversationFilter, other: ConversationFilter): boolean {
  return JSON.stringify(tidied(one)) === JSON.stringify(tidied(other));
}

/** Whether a filter leaves anything out. */
export function isOpen(filter: ConversationFilter): boolean {
  return Object.keys(tidied(filter)).length === 0;
}

/** A filter as it stands in an address; what is none is left out. */
export function filterIn(search: unknown): ConversationFilter {
  if (typeof search !== "object" || search === null) return {};
  return tidied(search as ConversationFilter);
}

import type { Attribute, AttributeType } from "@/api/model";

type Scope = Attribute["scope"];

/** For how long a value is kept, in words that say what happens to it. */
export const keptWords: Record<Scope, { label: string; badge: string; hint: string }> = {
  temporary: {
    label: "Until the task ends",
    badge: "For this run",
    hint: "Forgotten with the run. When the task starts again, it is asked for again.",
  },
  conversation: {
    label: "For the whole conversation",
    badge: "Kept for the conversation",
    hint: "Once it is known, no task in the same conversation asks for it again.",
  },
  customer: {
    label: "With the customer",
    badge: "Kept with the customer",
    hint: "A later conversation of the same customer on the channel uses it and does not ask again, until they say otherwise, you erase them, or their last conversation is no longer kept. A preview keeps it for nobody.",
  },
};

/** A picture or file goes with the conversation it was sent in. */
export function scopesFor(kind: AttributeType): Scope[] {
  const file = kind.type === "image" || kind.type === "file";
  return file ? ["temporary", "conversation"] : ["temporary", "conversation", "customer"];
}

import type { TriedExample, TriggerOutcome } from "@/api/model";
import type { Titles } from "./outcome-words";

/** One thing that an edit changes, and the messages it changes it for. */
export interface Effect {
  words: string;
  kind: "better" | "worse" | "other";
  messages: TriedExample[];
}

/** What an edit of a task changes for the examples of all tasks, what is worse first. */
export function effects(examples: readonly TriedExample[], here: string, titles: Titles): Effect[] {
  const found = new Map<string, { change: Change; title: string; messages: TriedExample[] }>();
  for (const example of examples) {
    if (!example.before) continue;
    const change = changeOf(example, example.before, here);
    const key = `${change} ${example.task}`;
    const known = found.get(key) ?? { change, title: titles(example.task), messages: [] };
    known.messages.push(example);
    found.set(key, known);
  }
  const order = { worse: 0, better: 1, other: 2 };
  return [...found.values()]
    .map(({ change, title, messages }) => {
      const { kind, say } = changes[change];
      return { words: say(messages.length, title), kind, messages };
    })
    .sort((a, b) => order[a.kind] - order[b.kind]);
}

const is = (count: number, one: string, many: string) => (count === 1 ? one : many);
const messages = (count: number, title: string) =>
  `${count} ${is(count, "message", "messages")} of “${title}”`;

type Say = (count: number, title: string) => string;

const changes = {
  own_starts: {
    kind: "better",
    say: (count) =>
      `${count} ${is(count, "example now starts", "examples now start")} this task that did not`,
  },
  own_lost: {
    kind: "worse",
    say: (count) =>
      `${count} ${is(count, "example no longer starts", "examples no longer start")} this task`,
  },
  own_other: {
    kind: "other",
    say: (count) =>
      `${count} ${is(count, "example ends", "examples end")} differently, still not in this task`,
  },
  taken: {
    kind: "worse",
    say: (count, title) => `${messages(count, title)} would now start this one`,
  },
  given_back: {
    kind: "better",
    say: (count, title) => `${messages(count, title)} would no longer start this one`,
  },
  others_start: {
    kind: "better",
    say: (count, title) =>
      `${messages(count, title)} now ${is(count, "starts", "start")} it that did not`,
  },
  others_lost: {
    kind: "worse",
    say: (count, title) => `${messages(count, title)} would no longer start it`,
  },
  others_other: {
    kind: "other",
    say: (count, title) => `${messages(count, title)} would end differently`,
  },
} as const satisfies Record<string, { kind: Effect["kind"]; say: Say }>;

type Change = keyof typeof changes;

function changeOf({ task, outcome }: TriedExample, before: TriggerOutcome, here: string): Change {
  if (task === here) {
    if (starts(outcome, here)) return "own_starts";
    return starts(before, here) ? "own_lost" : "own_other";
  }
  if (starts(outcome, here)) return "taken";
  if (starts(outcome, task)) return "others_start";
  if (starts(before, task)) return "others_lost";
  return starts(before, here) ? "given_back" : "others_other";
}

function starts(outcome: TriggerOutcome, task: string): boolean {
  return outcome.type === "starts" && outcome.task === task;
}

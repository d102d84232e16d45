import type { Task } from "@/api/model";

/** One thing the coach looks at, and how to do it. */
export interface CoachPoint {
  id: "title" | "length" | "when" | "when_not" | "examples" | "counter_examples";
  done: boolean;
  label: string;
  how: string;
}

/** How many sentences a text has; abbreviations such as "e.g." do not count as ends. */
export function sentenceCount(text: string): number {
  const plain = text.replaceAll(/\b(?:e\.g|i\.e|etc|vs|Mr|Mrs|Dr)\./gi, "$&\u2060").trim();
  if (!plain) return 0;
  return plain.split(/(?<=[.!?])(?!\u2060)\s+|\n+/).filter((part) => /\w/.test(part)).length;
}

/** What would make the assistant choose this task more surely. Points that are done come last. */
export function coach(task: Task): CoachPoint[] {
  const words = task.title.trim().split(/\s+/).filter(Boolean).length;
  const sentences = sentenceCount(task.description);
  const points: CoachPoint[] = [
    {
      id: "title",
      done: words >= 2 && task.title.length <= 60,
      label: "A title of a few words",
      how: "Name what the customer wants, for example “Cancel an order”.",
    },
    {
      id: "length",
      done: sentences >= 3 && sentences <= 5,
      label: "Three to five sentences",
      how:
        sentences < 3
          ? `There ${sentences === 1 ? "is 1" : `are ${sentences}`} so far. Say what customers want and how they tend to put it.`
          : `There are ${sentences}. Shorter is easier to tell apart from other tasks.`,
    },
    {
      id: "when",
      done: /\b(when|if|use this|for customers who|wants? to|asks?)\b/i.test(task.description),
      label: "When to use it",
      how: "Begin with “Use this task when a customer …”.",
    },
    {
      id: "when_not",
      done: /\b(not|n['’]t|never|except|instead|unless|only)\b/i.test(task.description),
      label: "When not to use it",
      how: "Add “Do not use it for …” and name what looks similar.",
    },
    {
      id: "examples",
      done: task.examples.filter((example) => example.trim()).length >= 3,
      label: "Three example messages",
      how: "Write them as customers do, typing mistakes and all.",
    },
    {
      id: "counter_examples",
      done: task.counter_examples.some((example) => example.trim()),
      label: "A message that should not start it",
      how: "The closest message that belongs to another task.",
    },
  ];
  return points.sort((a, b) => Number(a.done) - Number(b.done));
}

import type {
  Task,
  TriedMessages,
  TriggerOutcome,
  TriggerOverlap,
  TriggerStudy,
} from "../api/model";

const wordsOf = (text: string) => new Set(text.toLowerCase().match(/[a-z]{4,}/g) ?? []);

/** How alike a message and a task are; roughly what the program does, by words alone. */
function score(task: Task, message: string): number {
  const words = [...wordsOf(message)];
  const own = wordsOf([task.title, ...task.examples].join(" "));
  if (words.length === 0 || task.counter_examples.includes(message)) return 0;
  return Math.round((words.filter((word) => own.has(word)).length / words.length) * 1000);
}

function rank(tasks: readonly Task[], message: string) {
  return tasks
    .map((task) => ({ task: task.id, title: task.title, score: score(task, message), words: [] }))
    .filter((candidate) => candidate.score > 0)
    .sort((a, b) => b.score - a.score);
}

function outcomeOf(tasks: readonly Task[], message: string): TriggerOutcome {
  const [best] = rank(tasks, message);
  return best && best.score >= 500 ? { type: "starts", task: best.task } : { type: "nothing" };
}

function beforeOf(now: TriggerOutcome, tasks: readonly Task[], text: string) {
  const before = outcomeOf(tasks, text);
  return JSON.stringify(before) === JSON.stringify(now) ? null : before;
}

const encoder = { state: "ready", version: "fixture 1" } as const;

/** Messages tried on made-up tasks. */
export function tryRoughly(
  tasks: readonly Task[],
  before: readonly Task[],
  messages: readonly string[],
): TriedMessages {
  return {
    encoder,
    messages: messages.map((message) => {
      const outcome = outcomeOf(tasks, message);
      const candidates = rank(tasks, message).slice(0, 10);
      return {
        message,
        outcome,
        before: beforeOf(outcome, before, message),
        ranking: {
          candidates,
          decision:
            outcome.type === "starts"
              ? { type: "start", task: outcome.task, revision: "as_it_stands" }
              : { type: "none" },
          reason:
            outcome.type === "starts"
              ? `"${candidates[0]?.title}" comes closest in meaning.`
              : "No task comes close enough.",
          ranker: encoder.version,
          threshold: 500,
        },
        words: [...wordsOf(message)]
          .slice(0, 3)
          .map((word, at) => ({ word, weight: 90 - at * 20 })),
      };
    }),
  };
}

const overlap: TriggerOverlap = {
  task: "task_refund",
  text: "I want my money back",
  own: 520,
  other: "task_0",
  score: 490,
  closest: "I would rather have a voucher than my money",
  words: ["money"],
};

const without = (all: readonly Task[], id: string, text: string) =>
  all.map((task) =>
    task.id === id
      ? { ...task, examples: task.examples.filter((example) => example !== text) }
      : task,
  );

/** Every example of made-up tasks tried, as if its task did not have it. */
export function studyRoughly(tasks: readonly Task[], before: readonly Task[]): TriggerStudy {
  return {
    encoder,
    overlaps: [overlap],
    tasks: tasks.map(({ id, title }) => ({ id, title })),
    examples: tasks.flatMap((task) =>
      task.examples.map((text) => {
        const outcome = outcomeOf(without(tasks, task.id, text), text);
        return {
          task: task.id,
          text,
          outcome,
          before: beforeOf(outcome, without(before, task.id, text), text),
        };
      }),
    ),
  };
}

import type { Condition, Plan, PlanNode, PlanWay, Sentence, Task, TaskPage } from "../api/model";
import { readRoughly } from "./fixture-reading";

const node = (block: string, more: Partial<PlanNode>): PlanNode => ({
  block,
  span: null,
  kind: "inform",
  name: "",
  words: "",
  changes_data: false,
  guards: [],
  missing: null,
  off: false,
  ends: false,
  ways: [],
  ...more,
});

function stepOf(block: string, sentence: Sentence): PlanNode[] {
  const { span, meaning, text } = sentence;
  const words = sentence.words.replaceAll("*", "");
  switch (meaning.kind) {
    case "ask":
    case "run":
    case "inform":
    case "confirm":
      return [node(block, { span, kind: meaning.kind, words })];
    case "hand_off":
      return [node(block, { span, kind: "hand_off", words, ends: true })];
    case "check": {
      const way: PlanWay = { span, when: "condition", words, steps: [] };
      return [
        node(block, { span, kind: "check", words: "Goes one way or the other", ways: [way] }),
      ];
    }
    case "unclear":
      return [
        node(block, {
          span,
          kind: "unclear",
          words: `Not understood: “${text}”`,
          missing: "Say what should happen.",
        }),
      ];
    default:
      return [];
  }
}

/** A rough stand-in for the program's plan: enough to outline a task with. */
export function planRoughly(task: Task): Plan {
  const readings = task.blocks.flatMap((block) =>
    block.type === "instructions" ? [{ block, reading: readRoughly(block.text) }] : [],
  );
  const nodes = readings.map(({ block, reading }) => {
    const steps = reading.sentences.flatMap((sentence) => stepOf(block.id, sentence));
    const ways: PlanWay[] = [{ span: null, when: "always", words: "", steps }];
    return node(block.id, {
      kind: "instructions",
      name: block.name ?? "",
      words: "Instructions",
      ways,
    });
  });
  const rules = readings.flatMap(({ block, reading }) =>
    reading.sentences
      .filter(({ meaning }) => meaning.kind === "rule")
      .map(({ span, words }) => ({ block: block.id, span, actions: [], words })),
  );
  return { nodes, rules, listeners: [] };
}

/** A page with a section or two. */
export function explainRoughly(task: Task): { page: TaskPage; markdown: string } {
  const page: TaskPage = {
    title: task.title,
    sections: [
      { heading: "When it starts", paragraphs: [task.description], numbered: false, items: [] },
      {
        heading: "Problems",
        paragraphs: [],
        numbered: false,
        items: [
          {
            lead: "Refund:",
            words: "<b>Nothing</b> is said.",
            note: "stops publishing",
            warning: true,
            items: [],
          },
        ],
      },
    ],
  };
  return { page, markdown: `# ${task.title}\n` };
}

/** Words for the few conditions that tests use. */
export function describeRoughly(condition: Condition): string {
  switch (condition.type) {
    case "all":
    case "any":
      return condition.parts.map(describeRoughly).join(condition.type === "all" ? " and " : " or ");
    case "confirmed":
      return "the customer confirms";
    case "within_opening_hours":
      return "it is within opening hours";
    case "not":
      return `not: ${describeRoughly(condition.part)}`;
    case "any_item":
      return `for one of the ${condition.list}, ${describeRoughly(condition.part)}`;
    default:
      return JSON.stringify(condition);
  }
}

const known: Condition[] = [{ type: "confirmed" }, { type: "within_opening_hours" }];

/** Reads back just those words. */
export function conditionRoughly(words: string) {
  const parts = words
    .split(" and ")
    .map((part) => known.find((one) => describeRoughly(one) === part.trim()));
  const [first] = parts;
  if (!first || parts.includes(undefined))
    return { type: "unread", reason: `“${words}” was not understood.` };
  const condition = parts.length === 1 ? first : { type: "all", parts };
  return { type: "read", condition, words };
}

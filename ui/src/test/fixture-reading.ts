import { codePointLength } from "../api/code-points";
import type { Meaning, Reading, Sentence } from "../api/model";

const rules: [RegExp, Meaning, string][] = [
  [/^your goal/i, { kind: "goal" }, "What the task is for"],
  [/never|only /i, { kind: "rule" }, "Guards Issue refund: at most 100 EUR"],
  [/confirm/i, { kind: "confirm" }, "Waits for a yes before Issue refund"],
  [
    /^(- )?if /i,
    { kind: "check", condition: null },
    "If the order was bought more than 40 days ago",
  ],
  [/otherwise/i, { kind: "check", condition: null }, "Otherwise"],
  [/hand off/i, { kind: "hand_off", team: "team_billing" }, "Passes the conversation to Billing"],
  [/ask for/i, { kind: "ask", attributes: ["order_number"] }, "Asks for the order number"],
  [/run|look up/i, { kind: "run", action: "action_get_order" }, "Runs *Get order*"],
  [/tell|mention/i, { kind: "inform", words: "" }, "Tells the customer"],
];

/** A rough stand-in for the program's reader: enough to draw the margin with. */
export function readRoughly(text: string): Reading {
  const sentences: Sentence[] = [];
  const pattern = /[^\n.!?]+[.!?”]*/g;
  for (const match of text.matchAll(pattern)) {
    const words = match[0].trim();
    if (!words) continue;
    const start = codePointLength(text.slice(0, match.index + match[0].indexOf(words)));
    const rule = rules.find(([test]) => test.test(words));
    sentences.push({
      span: { start, end: start + codePointLength(words) },
      text: words,
      meaning: rule?.[1] ?? { kind: "unclear", reason: "It does not say what should happen." },
      certainty: "likely",
      links: [],
      incomplete: false,
      words: rule?.[2] ?? "Not understood",
    });
  }
  return { sentences, plan: [], rules: [], problems: [] };
}

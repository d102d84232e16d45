import type { EventKind, LogEvent } from "../api/model";
import { instructions, settings } from "./fixture-data";

const place = (words: string) => {
  const start = instructions.indexOf(words);
  return { block: "block_a", span: { start, end: start + words.length }, op: 0 };
};

const ask = place("Ask for the {order_number}, then look up the order with @get_order.");
const check = place(
  "If the order was bought more than 40 days ago, apologise and hand off to Billing.",
);
const confirm = place("- Ask the customer to confirm before refunding {order.total}.");

/** A scripted stand-in for the engine: three turns of a refund. */
export function reply(past: readonly LogEvent[], text: string, chosen = false): LogEvent[] {
  const turns = past.filter(
    (event) => event.kind === "customer_said" || event.kind === "option_selected",
  ).length;
  const events: EventKind[] = [];
  if (past.length === 0) {
    events.push({
      kind: "conversation_started",
      start: {
        place: "preview",
        customer: { id: "customer_preview", name: "Ada Sample", email: null, signed_in: true },
        calls: "sample",
        offer: { type: "this_task", task: "task_refund", revision: "revision_1" },
        settings,
        branched_from: null,
      },
    });
  }
  events.push(
    chosen
      ? { kind: "option_selected", option: text, text: text === "yes" ? "Yes, refund it" : "No" }
      : { kind: "customer_said", text, sealed: null },
  );
  if (/where/i.test(text)) {
    events.push(
      considered("none", "The words “where” and “parcel” belong to “Where is my order?”"),
    );
    events.push({
      kind: "said",
      text: "I’m not sure I understand what you need. Could you tell me in a few words?",
      place: null,
      by: "assistant",
    });
  } else if (turns === 0) {
    events.push(
      considered("start", "“money back” fits “Refund or cancel an order” best"),
      {
        kind: "task_started",
        task: "task_refund",
        title: "Refund or cancel an order",
        revision: "revision_1",
        how: "message",
      },
      { kind: "block_entered", place: ask, task: "task_refund" },
      {
        kind: "sentence_followed",
        place: ask,
        meaning: "ask",
        words: "asks for the order number",
        pass: 1,
      },
      {
        kind: "asked",
        place: ask,
        what: { type: "attribute", attribute: "order_number", again: 0, for_action: null },
      },
      {
        kind: "said",
        text: "I’m sorry to hear that. What’s your order number?",
        place: ask,
        by: "assistant",
      },
    );
  } else if (turns === 1) {
    const fields = {
      status: { type: "choice", value: "shipped" },
      bought_on: { type: "date", value: "2026-11-09" },
      total: { type: "amount", value: { amount: "79.00", currency: "EUR" } },
    } as const;
    events.push(
      {
        kind: "attribute_set",
        attribute: "order_number",
        label: "order number",
        from: null,
        to: { type: "text", value: text },
        source: { type: "customer" },
      },
      {
        kind: "action_started",
        place: ask,
        action: "action_get_order",
        name: "Get order",
        effect: "effect_1",
        inputs: { order_number: { type: "text", value: text } },
        calls: "sample",
        changes_data: false,
        result_name: "order",
      },
      {
        kind: "action_succeeded",
        action: "action_get_order",
        name: "Get order",
        effect: "effect_1",
        status: null,
        ms: 3,
        fields,
      },
      {
        kind: "condition_evaluated",
        place: check,
        words: "the order was bought more than 40 days ago",
        result: false,
        parts: [
          {
            words: "bought more than 40 days ago",
            value: "9 November 2026, 12 days ago",
            holds: false,
          },
        ],
        would_flip: "Would be true if bought on were before 12 October 2026.",
      },
      { kind: "asked", place: confirm, what: { type: "confirm", action: "action_issue_refund" } },
      {
        kind: "said",
        text: "Thanks! I can refund 79.00 EUR for your walking shoes and socks. Shall I go ahead?",
        place: confirm,
        by: "assistant",
      },
      {
        kind: "options_offered",
        options: [
          { id: "yes", text: "Yes, refund it" },
          { id: "no", text: "No" },
        ],
        must_choose: false,
      },
    );
  } else if (turns === 2) {
    events.push(
      { kind: "confirmed", action: "action_issue_refund", yes: true },
      {
        kind: "action_started",
        place: confirm,
        action: "action_issue_refund",
        name: "Issue refund",
        effect: "effect_2",
        inputs: { amount: { type: "amount", value: { amount: "79.00", currency: "EUR" } } },
        calls: "sample",
        changes_data: true,
        result_name: "refund",
      },
      {
        kind: "action_succeeded",
        action: "action_issue_refund",
        name: "Issue refund",
        effect: "effect_2",
        status: null,
        ms: 2,
        fields: { reference: { type: "text", value: "RF-1042" } },
      },
      { kind: "said", text: "Your refund takes 5 days.", place: confirm, by: "block" },
      {
        kind: "webhook_awaited",
        place: { block: "block_w", span: null, op: 9 },
        key: "warehouse",
        name: "the warehouse",
        deadline: Date.now() + 1_800_000,
        generation: 1,
      },
    );
  } else {
    events.push(
      {
        kind: "handed_off",
        team: "team_billing",
        team_name: "Billing",
        reason: { type: "task" },
        note: "Order number 4512",
      },
      { kind: "resolution_changed", state: "routed_to_team" },
    );
  }
  return events.map((event, at) => ({
    seq: past.length + at + 1,
    at: Date.now(),
    cause: turns + 1,
    v: 1,
    ...event,
  }));
}

function considered(decision: "start" | "none", reason: string): EventKind {
  return {
    kind: "task_considered",
    effect: "effect_0",
    ranking: {
      candidates: [
        {
          task: "task_refund",
          title: "Refund or cancel an order",
          score: decision === "start" ? 820 : 110,
          words: ["money", "back"],
        },
        {
          task: "task_2",
          title: "Where is my order?",
          score: decision === "start" ? 240 : 760,
          words: ["where"],
        },
      ],
      decision:
        decision === "start"
          ? { type: "start", task: "task_refund", revision: "revision_1" }
          : { type: "none" },
      reason,
      ranker: "fixture",
      threshold: 300,
    },
  };
}

/** A very long conversation, to see that the log stays smooth. */
export function longLog(count: number): LogEvent[] {
  const turn: EventKind[] = [
    { kind: "customer_said", text: "And another one, please", sealed: null },
    {
      kind: "sentence_followed",
      place: ask,
      meaning: "ask",
      words: "asks for the order number",
      pass: 1,
    },
    {
      kind: "attribute_set",
      attribute: "order_number",
      label: "order number",
      from: null,
      to: { type: "text", value: "4512" },
      source: { type: "customer" },
    },
    {
      kind: "condition_evaluated",
      place: check,
      words: "the order was bought more than 40 days ago",
      result: false,
      parts: [{ words: "bought more than 40 days ago", value: "12 days ago", holds: false }],
      would_flip: null,
    },
    { kind: "said", text: "Done. What is the next order number?", place: ask, by: "assistant" },
  ];
  return Array.from({ length: count }, (_, at) => ({
    seq: at + 1,
    at: 1_795_000_000_000 + at * 700,
    cause: Math.floor(at / 5) + 1,
    v: 1,
    ...(turn[at % turn.length] ?? { kind: "stopped" as const }),
  }));
}

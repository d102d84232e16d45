import type {
  Action,
  Attribute,
  Block,
  SecretRow,
  Settings,
  SweepRow,
  SweepTable,
  Task,
  Team,
  WebhookServerView,
} from "../api/model";

export const settings: Settings = {
  time_zone: "Europe/Berlin",
  date_order: "day_first",
  first_day_of_week: "monday",
  currency: "EUR",
  language: "en",
  opening_hours: { hours: [{ day: "monday", from: "09:00:00", to: "17:00:00" }] },
  holidays: ["2026-12-25"],
  default_team: "team_support",
  assistant_name: "Assistant",
};

export const webhookServer: WebhookServerView = {
  settings: { port: 4817, open_to_network: false, public_url: null },
  state: { type: "listening", url: "http://127.0.0.1:4817" },
  because: "A conversation waits for a call.",
  base_url: "http://127.0.0.1:4817",
  local_only: true,
};

const refundSystem: SweepRow["target"] = {
  type: "action",
  action: "action_issue_refund",
  name: "Issue refund",
};

export const sweepTable: SweepTable = {
  task: "Refund or cancel an order",
  conversations: 12,
  rows: [
    {
      target: refundSystem,
      fault: "timeout",
      verdict: "person",
      why: "The customer is told, and a person takes over.",
      said: ["I couldn't make sure that this went through."],
      logged: ["nobody knows whether Issue refund went through"],
      done: [],
      path: "a full refund",
      tried: 3,
    },
    {
      target: refundSystem,
      fault: "duplicate",
      verdict: "twice",
      why: "Issue refund was done twice for one wish. Its receiver does not honour the key of a call.",
      said: ["Your refund is on its way."],
      logged: ["Issue refund worked"],
      done: [{ action: "Issue refund", times: 2 }],
      path: "a full refund",
      tried: 3,
    },
  ],
};

export const teams: Team[] = [
  { id: "team_support", name: "Support", description: "Everything that has no better place" },
  { id: "team_billing", name: "Billing", description: "Refunds, invoices and payments" },
];

const attribute = (
  key: string,
  name: string,
  kind: Attribute["kind"],
  more: Partial<Attribute> = {},
): Attribute => ({
  id: `attribute_${key}`,
  key,
  name,
  description: "",
  kind,
  scope: "temporary",
  sensitive: false,
  how_to_ask: {},
  customer_may_fill: true,
  ...more,
});

export const actions: Action[] = [
  {
    id: "action_get_order",
    key: "get_order",
    name: "Get order",
    description: "Looks up an order by its number",
    result_name: "order",
    inputs: [
      {
        key: "order_number",
        name: "Order number",
        kind: { type: "identifier" },
        from: { type: "same_name" },
        accepts: "anyone",
      },
    ],
    outputs: [
      {
        key: "status",
        name: "Status",
        kind: { type: "choice", options: ["processing", "shipped", "refunded"] },
      },
      { key: "bought_on", name: "Bought on", kind: { type: "date" } },
      { key: "total", name: "Total", kind: { type: "amount" } },
      {
        key: "items",
        name: "Items",
        kind: {
          type: "list",
          fields: [
            { key: "name", kind: { type: "text" } },
            { key: "price", kind: { type: "amount" } },
          ],
        },
      },
    ],
    changes_data: false,
    needs_confirmation: false,
    receiver_honours_key: false,
    answers_on_its_own: false,
    request: {
      method: "GET",
      path: "/orders/{order_number}",
      timeout_ms: 15000,
      max_bytes: 1048576,
    },
    stubs: [
      {
        name: "Bought 12 days ago",
        answer: {
          type: "fields",
          fields: {
            status: "shipped",
            bought_on: "12 days ago",
            total: "79.00 EUR",
            items: [
              { name: "Walking shoes", price: "59.00 EUR" },
              { name: "Socks", price: "20.00 EUR" },
            ],
          },
        },
      },
      {
        name: "Older than 40 days",
        when: { order_number: "4400" },
        answer: {
          type: "fields",
          fields: { status: "shipped", bought_on: "61 days ago", total: "120.00 EUR" },
        },
      },
      { name: "Does not answer", answer: { type: "failure", cause: { type: "timeout" } } },
    ],
    on_failure: { retries_when_not_found: 2 },
  },
  {
    id: "action_issue_refund",
    key: "issue_refund",
    name: "Issue refund",
    description: "Pays money back to the customer",
    result_name: "refund",
    inputs: [
      {
        key: "order_number",
        name: "Order number",
        kind: { type: "identifier" },
        from: { type: "same_name" },
        accepts: "anyone",
      },
      {
        key: "amount",
        name: "Amount",
        kind: { type: "amount" },
        from: { type: "reference", reference: "order.total" },
        accepts: "not_customer",
      },
    ],
    outputs: [{ key: "reference", name: "Reference", kind: { type: "text" } }],
    changes_data: true,
    needs_confirmation: true,
    receiver_honours_key: true,
    answers_on_its_own: false,
    stubs: [{ name: "Refunded", answer: { type: "fields", fields: { reference: "RF-1042" } } }],
    on_failure: { retries_when_not_found: 2, team: "team_billing" },
  },
];

export const instructions = [
  "Your goal is to refund or cancel an order quickly and kindly.",
  "Ask for the {order_number}, then look up the order with @get_order.",
  "If the order was bought more than 40 days ago, apologise and hand off to Billing. Otherwise, ask for the {reason}.",
  "",
  "- If the {order.status} is refunded, tell the customer it was refunded already.",
  "- Never refund more than 100 EUR.",
  "- Ask the customer to confirm before refunding {order.total}.",
  "",
  "Run @issue_refund and tell the customer “Your refund takes 5 days.” Mention the {gift_card} if they have one.",
  "Sort things out as appropriate.",
].join("\n");

const blocks: Block[] = [
  { id: "block_a", type: "instructions", name: "Find out what they need", text: instructions },
  {
    id: "block_b",
    type: "branch",
    name: "Was it worth more than 50 EUR?",
    arms: [
      {
        id: "option_x",
        name: "Large refund",
        condition: {
          type: "all",
          parts: [
            {
              type: "test",
              subject: { type: "reference", reference: "order.total" },
              comparison: {
                type: "more_than",
                than: {
                  type: "constant",
                  value: { type: "amount", value: { amount: "50", currency: "EUR" } },
                },
              },
            },
            {
              type: "test",
              subject: { type: "reference", reference: "order.bought_on" },
              comparison: { type: "within_last", period: { count: 40, unit: "days" } },
            },
          ],
        },
        blocks: [{ id: "block_c", type: "tags", add: ["large-refund"], remove: [] }],
      },
    ],
    otherwise: [
      { id: "block_d", type: "message", text: "Your refund of {order.total} is on its way." },
    ],
  },
  {
    id: "block_w",
    type: "wait_for_webhook",
    key: "warehouse",
    name: "Wait for the warehouse",
    example: { received: true },
    fields: [{ key: "received", name: "Received", kind: { type: "boolean" } }],
    limit: { count: 30, unit: "minutes" },
    what_then: [
      {
        id: "block_h",
        type: "hand_off",
        team: "team_billing",
        words: "",
        note: "The warehouse did not answer.",
      },
    ],
  },
  { id: "block_e", type: "ask_for_rating", question: "How did I do?" },
];

export const task: Task = {
  id: "task_refund",
  title: "Refund or cancel an order",
  description:
    "Use this task when a customer wants their money back or wants to cancel an order. They may say that something is broken, late or not what they expected. Do not use it for questions about where a parcel is.",
  examples: [
    "I want my money back",
    "cancel my order pls",
    "the shoes are broken, can I return them?",
  ],
  counter_examples: ["Where is my parcel?"],
  blocks,
  attributes: [
    attribute(
      "order_number",
      "order number",
      { type: "identifier" },
      {
        description: "The number on the confirmation",
        how_to_ask: { question: "What’s your order number?" },
      },
    ),
    attribute("reason", "reason", {
      type: "choice",
      options: ["damaged", "late", "changed my mind"],
    }),
    attribute(
      "card",
      "card number",
      { type: "text" },
      { sensitive: true, customer_may_fill: false },
    ),
  ],
};

const titles = [
  "Change personal details",
  "Technical troubleshooting",
  "Where is my order?",
  "Change the delivery address",
  "Book an appointment",
  "Cancel a subscription",
  "Reset a password",
  "Find an invoice",
];

/** As many tasks as a test wants, with titles that differ. */
export function manyTasks(count: number): Task[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `task_${at}`,
    title: at < titles.length ? (titles[at] ?? "") : `${titles[at % titles.length]} ${at}`,
    description: "Use this task when a customer asks for it.",
    examples: [],
    counter_examples: [],
    blocks: [],
    attributes: [],
  }));
}

/** A task that is far longer than anybody writes. */
export function longTask(): Task {
  const text = Array.from(
    { length: 1600 },
    (_, at) => `${at}. ${instructions.split("\n")[at % 4] || "Ask for the {order_number}."} 😀`,
  ).join("\n");
  const word = "Donaudampfschifffahrtsgesellschaftskapitän".repeat(6);
  return {
    ...task,
    id: "task_0",
    title: `A title that goes on and on ${word}`,
    description: `Use this task when ${word}. `.repeat(20),
    blocks: [
      { id: "block_l", type: "instructions", name: word, text: text.slice(0, 200_000) },
      ...blocks,
    ],
    attributes: task.attributes.map((one) => ({ ...one, name: `${one.name} ${word}` })),
  };
}

/** A secret that is there, and one that is missing. */
export const secretRows: SecretRow[] = [
  {
    environment: "live",
    name: "SHOP_TOKEN",
    state: { type: "not_set" },
    origins: [],
    asked_for: ["https://shop.example.com"],
    needed_by: [
      { action: "action_get_order", name: "Get order" },
      { action: "action_refund_order", name: "Refund order" },
    ],
    variables: ["TASKWRIGHT_SECRET_LIVE_SHOP_TOKEN", "TASKWRIGHT_SECRET_SHOP_TOKEN"],
    set_at: null,
    used_at: null,
  },
  {
    environment: "test",
    name: "SHOP_TOKEN",
    state: { type: "file" },
    origins: ["https://test.shop.example.com"],
    asked_for: [],
    needed_by: [{ action: "action_get_order", name: "Get order" }],
    variables: [],
    set_at: 1,
    used_at: 2,
  },
];

import type { Action, ApiOutline, DraftAction, ImportSource, TriedAction } from "../api/model";

/** What a pasted command becomes, whatever it says: one look-up, with one pasted token. */
export function draftRoughly(source: ImportSource): DraftAction[] {
  const fixed = source.type === "curl" ? source.fixed : [];
  const samples: Record<string, string> = { order_id: "4512", channel: "web" };
  const inputs = Object.keys(samples).filter((key) => !fixed.includes(key));
  const action: Action = {
    id: "draft",
    key: "get_order_again",
    name: "Get order again",
    description: "",
    result_name: "order_again",
    inputs: inputs.map((key) => ({
      key,
      name: key === "order_id" ? "Order id" : "Channel",
      kind: { type: "identifier" },
      from: { type: "same_name" },
      accepts: "anyone",
    })),
    outputs: [],
    changes_data: false,
    needs_confirmation: false,
    receiver_honours_key: false,
    answers_on_its_own: false,
    request: {
      method: "GET",
      path: "/orders/{order_id}",
      auth: { type: "bearer", secret: "SHOP_TOKEN" },
      timeout_ms: 15000,
      max_bytes: 1048576,
    },
    stubs: [],
    on_failure: { retries_when_not_found: 2 },
  };
  return [
    {
      action,
      base_url: "https://shop.example.com/v1",
      secrets: [
        {
          name: "SHOP_TOKEN",
          purpose: "Bearer token",
          value: source.type === "curl" ? "t0p-s3cret" : null,
        },
      ],
      samples,
      notes: ["-k was left out: certificates are always checked."],
    },
  ];
}

export const outline: ApiOutline = {
  title: "Lantern Shop",
  operations: [
    { id: "GET /orders/{id}", summary: "Get an order", group: "Orders", deprecated: false },
    { id: "POST /returns", summary: "Start a return", group: "Returns", deprecated: false },
  ],
};

/** An answer whose total has another shape than the action gives. */
export const tried: TriedAction = {
  request: {
    method: "GET",
    url: "https://shop.example.com/v1/orders/4512",
    headers: [{ name: "authorization", value: "Bearer •••" }],
    body: null,
  },
  ms: 84,
  outcome: {
    type: "answered",
    status: 200,
    headers: [{ name: "content-type", value: "application/json" }],
    json: { status: "shipped", total: "much", lines: [{ sku: "AB-1" }, { sku: "CD-2" }] },
    text: null,
    differences: [{ path: "$.total", expected: "an amount", found: '"much"' }],
    types: {
      "": { type: "object", fields: [] },
      "/status": { type: "text" },
      "/total": { type: "text" },
      "/lines": { type: "list", fields: [{ key: "sku", kind: { type: "identifier" } }] },
      "/lines/0": { type: "object", fields: [] },
      "/lines/0/sku": { type: "identifier" },
      "/lines/1/sku": { type: "identifier" },
    },
  },
  stub: {
    name: "Real answer (200)",
    answer: { type: "http", status: 200, body: { status: "shipped" } },
  },
};

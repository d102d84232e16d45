import { describe, expect, it } from "vitest";
import type { Field } from "@/api/model";
import { isPicked, nameOf, pathOf, pickField } from "./pick-field";

const body = {
  id: "o_1",
  createdAt: "2026-11-21",
  "odd key": 1,
  customer: { eMail: "ada@example.com" },
  lines: [
    { sku: "a", price: { net: 3 } },
    { sku: "b", price: { net: 4 } },
  ],
  tags: ["x"],
};
const text = { type: "text" } as const;

describe("picking fields from an answer", () => {
  it("names a field by its place and says the path only where its key does not", () => {
    const fields = ["/id", "/createdAt", "/odd key", "/customer/eMail"].reduce<Field[]>(
      (all, pointer) => pickField(all, pointer, text, body),
      [],
    );
    expect(fields).toEqual([
      { key: "id", name: "Id", kind: text },
      { key: "created_at", name: "Created at", kind: text, path: "$.createdAt" },
      { key: "odd_key", name: "Odd key", kind: text, path: '$["odd key"]' },
      { key: "e_mail", name: "E mail", kind: text, path: "$.customer.eMail" },
    ]);
  });

  it("puts what stands in a list to the items of that list, whichever item was pressed", () => {
    const first = pickField([], "/lines/1/sku", text, body);
    const both = pickField(first, "/lines/0/price/net", { type: "decimal" }, body);
    expect(both).toEqual([
      {
        key: "lines",
        name: "Lines",
        kind: {
          type: "list",
          fields: [
            { key: "sku", name: "Sku", kind: text },
            { key: "net", name: "Net", kind: { type: "decimal" }, path: "$.price.net" },
          ],
        },
      },
    ]);
    expect(isPicked(both, "/lines/0/sku", body)).toBe(true);
    expect(isPicked(both, "/lines/0/price", body)).toBe(false);
  });

  it("takes a whole list or group, and an item of a plain list means the list", () => {
    const list = { type: "list", fields: [] } as const;
    const fields = pickField([], "/tags", { ...list, fields: [] }, body);
    expect(fields).toEqual([{ key: "tags", name: "Tags", kind: list }]);
    expect(isPicked(fields, "/tags/0", body)).toBe(true);
    const whole = pickField([], "", { ...list, fields: [] }, [1, 2]);
    expect(whole).toEqual([{ key: "items", name: "Items", kind: list, path: "$" }]);
  });

  it("gives a field up when it is pressed again, and keeps the others", () => {
    const fields: Field[] = [
      { key: "number", name: "Number", kind: text, path: "$.id" },
      { key: "tags", kind: { type: "list", fields: [] } },
    ];
    expect(pickField(fields, "/id", text, body)).toEqual([fields[1]]);
    expect(pathOf({ key: "a b", kind: text })).toBe('$["a b"]');
    expect(pathOf({ key: "a", kind: text, path: "order.total" })).toBe("$.order.total");
  });

  it("finds words in every way to write a name", () => {
    expect(["lineItems", "order_id", "X-Total", "größe"].map(nameOf)).toEqual([
      "Line items",
      "Order id",
      "X total",
      "Größe",
    ]);
  });
});

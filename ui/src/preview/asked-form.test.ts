import { describe, expect, it } from "vitest";
import type { EventKind, LogEvent } from "@/api/model";
import { chatOf } from "./chat-items";

const place = { block: "block_form", span: null, op: 1 };
const asked = (...keys: string[]): EventKind => ({
  kind: "attributes_requested",
  place,
  fields: keys.map((key) => ({ key, label: key.toUpperCase(), kind: { type: "text" } })),
});
const said = (text: string): EventKind => ({ kind: "said", text, place, by: "assistant" });
const given = (attribute: string, text: string): EventKind[] => [
  { kind: "attribute_collected", attribute, text, sealed: null },
  {
    kind: "attribute_set",
    attribute,
    label: attribute,
    from: null,
    to: { type: "text", value: text },
    source: { type: "customer" },
  },
];
const misfit = (attribute: string, text: string): EventKind[] => [
  { kind: "attribute_collected", attribute, text, sealed: null },
  { kind: "attribute_rejected", attribute, label: attribute, text, why: "That does not fit." },
  said("That does not fit."),
  asked(attribute),
];

const chat = (...kinds: EventKind[]) =>
  chatOf(
    kinds.map((kind, at): LogEvent => ({ seq: at + 1, at, cause: 1, v: 1, ...kind })),
    "task_a",
  );

describe("the form of a Collect block", () => {
  it("stands there until every field is given, and then is a card with what was given", () => {
    const open = chat(said("Who are you?"), asked("name", "email"));
    expect(open.form?.fields.map(({ label }) => label)).toEqual(["NAME", "EMAIL"]);
    const half = chat(said("Who are you?"), asked("name", "email"), ...given("name", "Ada"));
    expect(half.form?.fields.map((field) => field.given)).toEqual(["Ada", null]);
    expect(half.form?.seq, "it is the same form").toBe(open.form?.seq);
    const full = chat(asked("name", "email"), ...given("name", "Ada"), ...given("email", "a@b.c"));
    expect(full.form).toBeNull();
    expect(full.items).toMatchObject([
      {
        type: "given",
        fields: [
          { label: "NAME", text: "Ada" },
          { label: "EMAIL", text: "a@b.c" },
        ],
      },
    ]);
  });

  it("asks again for what did not fit, says why, and keeps the rest", () => {
    const { form, items } = chat(
      asked("name", "email"),
      ...given("name", "Ada"),
      ...misfit("email", "nope"),
    );
    expect(form?.fields).toMatchObject([
      { key: "name", given: "Ada", problem: null },
      { key: "email", given: null, problem: "That does not fit." },
    ]);
    expect(items).toMatchObject([
      { type: "given", fields: [{ key: "name" }] },
      { type: "assistant" },
    ]);
  });

  it("takes what was said in words instead", () => {
    const [, set] = given("name", "Ada");
    const { form } = chat(
      asked("name", "email"),
      { kind: "customer_said", text: "I am Ada", sealed: null },
      ...(set ? [set] : []),
      said("And your e-mail?"),
      asked("email"),
    );
    expect(form?.fields.map((field) => field.given)).toEqual(["Ada", null]);
  });

  it("does without what cannot be given, and goes with the block that asked", () => {
    const refused: EventKind = {
      kind: "attribute_rejected",
      attribute: "email",
      label: "email",
      text: "I have none",
      why: "",
      given_up: true,
    };
    expect(chat(asked("name", "email"), ...given("name", "Ada"), refused).form).toBeNull();
    for (const end of [
      { kind: "block_entered", place: { ...place, block: "block_next" }, task: "task_a" },
      { kind: "task_finished", task: "task_a", title: "A", outcome: "done" },
      { kind: "stopped" },
    ] as const)
      expect(chat(asked("name"), end).form, end.kind).toBeNull();
  });

  it("names what was given also where the question is further back than was read", () => {
    const [collected] = given("order_number", "4512");
    const { items } = chat(...(collected ? [collected] : []));
    expect(items).toMatchObject([{ fields: [{ label: "order number", text: "4512" }] }]);
  });
});

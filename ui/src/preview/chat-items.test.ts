import { describe, expect, it } from "vitest";
import type { LogEvent } from "@/api/model";
import { longLog, reply } from "@/test/fixture-talk";
import { chatOf } from "./chat-items";
import { eventLook } from "./event-words";

const names = (id: string) => (id === "action_issue_refund" ? "Issue refund" : "an action");

function talk(...messages: string[]): LogEvent[] {
  return messages.reduce<LogEvent[]>((log, message) => [...log, ...reply(log, message)], []);
}

describe("what a customer sees", () => {
  it("offers quick replies until one is used", () => {
    expect(
      chatOf(talk("I want my money back", "4512"), "task_refund").options.map(
        (option) => option.text,
      ),
    ).toEqual(["Yes, refund it", "No"]);
    expect(chatOf(talk("I want my money back", "4512", "yes"), "task_refund").options).toEqual([]);
  });

  it("says why a message would not start the open task", () => {
    const { items } = chatOf(talk("Where is my parcel?"), "task_refund");
    expect(items.find((item) => item.type === "not_started")).toMatchObject({
      message: "Where is my parcel?",
    });
  });

  it("says nothing of the kind where an action answers on its own and the task goes on", () => {
    const considered = talk("Where is my parcel?").find(
      (event) => event.kind === "task_considered",
    );
    if (considered?.kind !== "task_considered") throw new Error("a message is considered");
    const decision = { type: "start" as const, revision: "revision_1" };
    const told = (task: string) =>
      chatOf(
        [{ ...considered, ranking: { ...considered.ranking, decision: { ...decision, task } } }],
        "task_refund",
      ).items.map((item) => item.type);
    expect(told("task_answer_7")).toEqual([]);
    expect(told("task_other")).toEqual(["not_started"]);
  });

  it("ends when a person takes over", () => {
    const chat = chatOf(talk("Refund", "4512", "yes", "done"), "task_refund");
    expect(chat.ended).toBe(true);
    expect(chat.items.at(-1)).toMatchObject({ type: "hand_off", team: "Billing" });
  });
});

describe("how the log reads", () => {
  it("is plain sentences", () => {
    const sentences = talk("I want my money back", "4512")
      .map((event) => eventLook(event, names)?.sentence)
      .filter(Boolean);
    expect(sentences).toContain("Order number is 4512 (customer said)");
    expect(sentences).toContain("Runs Get order (sample answer)");
    expect(sentences).toContain("No, so otherwise: the order was bought more than 40 days ago");
    expect(sentences).toContain("Asked for a yes before Issue refund");
  });

  it("says what was picked from a list, and what the task goes on without", () => {
    const event = { seq: 1, at: 0, cause: 1, v: 1 };
    const picked = eventLook(
      {
        ...event,
        kind: "attribute_set",
        attribute: "item",
        label: "item",
        from: null,
        to: { type: "text", value: "Lamp" },
        source: { type: "chosen", from: "order.items" },
      },
      names,
    );
    expect(picked?.sentence).toBe("Item is Lamp (chosen by the customer from the order’s items)");
    const rejected = {
      ...event,
      kind: "attribute_rejected",
      attribute: "photo",
      label: "photo",
      text: "I have none",
      why: "The customer does not have it.",
    } as const;
    expect(eventLook({ ...rejected, given_up: true }, names)?.sentence).toBe(
      "“I have none”: the task goes on without photo. The customer does not have it.",
    );
    expect(eventLook(rejected, names)?.sentence).toMatch(/does not fit photo/);
  });

  it("reads 100,000 events in well under a second", () => {
    const events = longLog(100_000);
    const start = performance.now();
    for (const event of events) eventLook(event, names);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

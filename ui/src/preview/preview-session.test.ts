import { beforeEach, describe, expect, it, vi } from "vitest";
import { setHost } from "@/api/client";
import { fixtureHost } from "@/test/fixture-host";
import { PreviewSession } from "./preview-session";

const saved = () => Promise.resolve();

function recordingHost() {
  const asked: [string, unknown][] = [];
  const host = fixtureHost({ delay: 0 });
  setHost({
    ...host,
    call: (name, args) => {
      asked.push([name, args]);
      return host.call(name, args);
    },
  });
  const choices = () =>
    asked.filter(([name]) => name === "set_calls" || name === "set_stub").map(([, args]) => args);
  return { asked, choices };
}

describe("who the customer of a rehearsal is", () => {
  it("is told with what is known of them from before", async () => {
    const told = recordingHost();
    const session = new PreviewSession("task_refund");
    const customer = { name: "Maya", email: "", signedIn: false, known: { club_number: "C4711" } };
    session.configure({ customer });
    await session.say("Refund please", saved, 1);
    const [, start] = told.asked.find(([name]) => name === "start_preview") ?? [];
    expect(start).toMatchObject({
      customer: { name: "Maya", email: null, signed_in: false },
      known: { club_number: "C4711" },
    });
  });
});

describe("what answers an action in a rehearsal", () => {
  let told: ReturnType<typeof recordingHost>;
  beforeEach(() => {
    told = recordingHost();
  });

  it("is told to a chat that begins", async () => {
    const session = new PreviewSession("task_refund");
    session.configure({
      answers: {
        action_get_order: { from: "sample", stub: "Order is too old" },
        action_issue_refund: { from: "test" },
      },
    });
    expect(told.choices(), "nothing runs yet").toEqual([]);
    await session.say("Refund please", saved, 1);
    expect(told.choices()).toEqual([
      { conversation: "conversation_1", action: "action_get_order", stub: "Order is too old" },
      { conversation: "conversation_1", action: "action_issue_refund", calls: "test" },
    ]);
  });

  it("changes in the middle of a chat, and only what differs is told", async () => {
    const session = new PreviewSession("task_refund");
    await session.say("Refund please", saved, 1);
    session.configure({ answers: { action_issue_refund: { from: "live" } } });
    await vi.waitFor(() => expect(told.choices()).toHaveLength(1));
    session.configure({ answers: {} });
    await vi.waitFor(() => expect(told.choices()).toHaveLength(2));
    expect(told.choices()).toEqual([
      { conversation: "conversation_1", action: "action_issue_refund", calls: "live" },
      { conversation: "conversation_1", action: "action_issue_refund", calls: "sample" },
    ]);
    expect(session.current().log, "the chat goes on").not.toBeNull();
  });

  it("is never the real system in a new chat", async () => {
    const session = new PreviewSession("task_refund");
    await session.say("Refund please", saved, 1);
    session.configure({
      answers: { action_issue_refund: { from: "live" }, action_get_order: { from: "test" } },
    });
    session.restart();
    expect(session.current().setup.answers).toEqual({ action_get_order: { from: "test" } });
  });
});

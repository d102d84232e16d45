import { describe, expect, it } from "vitest";
import type {
  ChannelView,
  ConnectionRow,
  SecretRow,
  TaskRow,
  WebhookServerView,
} from "@/api/model";
import { ways, type Facts } from "./checklist";

const task = (title: string, over: Partial<TaskRow> = {}): TaskRow => ({
  id: `task_${title}`,
  title,
  description: "",
  status: "draft",
  problems: 0,
  updated_at: 0,
  ...over,
});

const server = (over: Partial<WebhookServerView> = {}): WebhookServerView => ({
  settings: { port: 0, public_url: null, open_to_network: false },
  state: { type: "off" },
  because: null,
  base_url: null,
  local_only: true,
  ...over,
});

const channel = (over: Partial<ChannelView> = {}): ChannelView => ({
  on: false,
  server: server(),
  key: null,
  callback_url: null,
  callback_local: false,
  token: null,
  calls: "live",
  paused: null,
  waiting: 0,
  failing: 0,
  given_up: 0,
  ...over,
});

const connection = (name: string, live?: string): ConnectionRow => ({
  action: `action_${name}`,
  name,
  request: "GET /",
  addresses: live ? { live } : {},
  inside: { test: false, live: false },
  doubtful: false,
});

const facts = (over: Partial<Facts> = {}): Facts => ({
  tasks: [],
  connections: [],
  secrets: [],
  server: server(),
  channel: channel(),
  ...over,
});

const step = (found: Facts, way: string, id: string) =>
  ways(found)
    .find((one) => one.id === way)
    ?.steps.find((one) => one.id === id);

describe("the way to customers", () => {
  it("is not taken with tasks that are not on", () => {
    expect(step(facts({ tasks: [task("Refund")] }), "server", "on")?.done).toBe(false);
    const on = facts({ tasks: [task("Refund", { status: "on_with_changes" }), task("B")] });
    expect(step(on, "computer", "on")).toMatchObject({
      done: true,
      words: "1 task is on: Refund.",
    });
  });

  it("marks an address that only this computer reaches", () => {
    const mark =
      "Works only on this computer. A payment provider cannot reach it: set a public address or run it on a server.";
    expect(step(facts(), "computer", "address")).toMatchObject({ done: false, mark });
    const open = facts({
      server: server({ local_only: false, base_url: "https://hooks.example.com" }),
    });
    expect(step(open, "computer", "address")?.mark).toBeUndefined();
    expect(step(open, "server", "public")).toMatchObject({
      done: true,
      words: "The outside reaches it at https://hooks.example.com.",
    });
  });

  it("tells whether an app can talk with the assistant, and is told what happens", () => {
    expect(step(facts(), "computer", "channel")?.done).toBe(false);
    const open = channel({
      on: true,
      key: { ends_in: "9f3a", made_at: 0 },
      callback_url: "http://127.0.0.1:9000/events",
      callback_local: true,
      waiting: 2,
    });
    const found = facts({ channel: open });
    expect(step(found, "computer", "channel")).toMatchObject({
      done: true,
      words: "It is on, with the key that ends in 9f3a.",
    });
    expect(step(found, "computer", "told")).toMatchObject({
      done: true,
      words: "Events go to http://127.0.0.1:9000/events; 2 events to be sent.",
      mark: "This address works only on this computer or in its network.",
    });
    const paused = channel({ ...open, paused: { at: 0, why: "your app answered 410." } });
    expect(step(facts({ channel: paused }), "computer", "told")?.done).toBe(false);
  });

  it("says which actions still answer with samples, and which variables a server needs", () => {
    const secret = {
      environment: "live",
      name: "SHOP",
      variables: ["TASKWRIGHT_SECRET_LIVE_SHOP", "TASKWRIGHT_SECRET_SHOP"],
      needed_by: [{ name: "Get order", action: "action_a" }],
    } as unknown as SecretRow;
    const found = facts({
      connections: [connection("a", "https://shop.example.com"), connection("b")],
      secrets: [secret],
    });
    expect(step(found, "computer", "connected")).toMatchObject({
      done: false,
      words: "1 of 2 actions is connected to the real system. The others answer with samples.",
    });
    expect(step(found, "server", "secrets")?.copy?.text).toBe("TASKWRIGHT_SECRET_LIVE_SHOP=");
  });
});

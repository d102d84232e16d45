import { render, screen, waitFor } from "@testing-library/react";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { App } from "@/App";
import { LogStore } from "@/preview/log-store";
import { fixtureHost } from "@/test/fixture-host";
import { askAhead, forgetAhead, placeOf, takeAhead } from "./ahead";
import { queries, setHost } from "./client";
import type { Host } from "./host";

let asked: string[] = [];
let host: Host;

// The editor is fetched when it is first asked for; no test is to wait for that.
beforeAll(async () => {
  await import("@/task/TaskScreen");
  await import("@/task/TaskPage");
}, 120_000);

beforeEach(() => {
  asked = [];
  const fixture = fixtureHost({ delay: 0 });
  host = {
    ...fixture,
    call: (name, args) => {
      asked.push(name);
      return fixture.call(name, args);
    },
  };
  setHost(host);
  queries.clear();
  forgetAhead();
});

const times = (name: string) => asked.filter((one) => one === name).length;

describe("what is asked before the screens are there", () => {
  it("is what the list asks, word for word, so that it is asked once", async () => {
    location.hash = "#/tasks";
    askAhead(host, location.hash);
    render(<App />);
    await screen.findByText("Refund or cancel an order");
    expect(times("list_tasks")).toBe(1);
  });

  it("is what a task asks", async () => {
    location.hash = "#/tasks/task_refund";
    askAhead(host, location.hash);
    expect(asked).toEqual(["read_task"]);
    render(<App />);
    await screen.findByLabelText("Title");
    expect(times("read_task")).toBe(1);
  });

  it("is what a conversation's log asks", async () => {
    askAhead(host, "#/tasks/task_refund?preview=true&conversation=long");
    expect(asked).toEqual(["read_log", "read_task"]);
    void new LogStore("long").open();
    await waitFor(() =>
      expect(takeAhead("read_log", { conversation: "long", limit: 100 })).toBeUndefined(),
    );
    expect(times("read_log")).toBe(1);
  });

  it("answers the first who asks, and nobody once it is forgotten", () => {
    askAhead(host, "#/tasks");
    expect(takeAhead("list_tasks", {})).toBeInstanceOf(Promise);
    expect(takeAhead("list_tasks", {})).toBeUndefined();
    askAhead(host, "#/tasks");
    forgetAhead();
    expect(takeAhead("list_tasks", {})).toBeUndefined();
  });

  it("is told from the address alone", () => {
    expect(placeOf("")).toEqual({ screen: "list" });
    expect(placeOf("#/tasks")).toEqual({ screen: "list" });
    expect(placeOf("#/tasks/task_1?conversation=talk")).toEqual({
      screen: "task",
      task: "task_1",
      conversation: "talk",
    });
    expect(placeOf("#/settings/teams")).toEqual({ screen: "other" });
  });
});

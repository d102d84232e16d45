import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { QueryClientProvider } from "@tanstack/react-query";
import { beforeEach, describe, expect, it } from "vitest";
import { queries, setHost } from "@/api/client";
import type { TaskView } from "@/api/model";
import { fixtureHost } from "@/test/fixture-host";
import { TaskDeskContext, type TaskDesk } from "../task-desk";
import { SweepDialog } from "./SweepDialog";

const desk = {
  task: { id: "task_refund", title: "Refund or cancel an order" },
  view: {} as TaskView,
  editing: { flush: async () => undefined },
  catalogue: { actions: [], tasks: [] },
} as unknown as TaskDesk;

describe("What if a system fails?", () => {
  beforeEach(() => {
    queries.clear();
    setHost(fixtureHost());
    render(
      <QueryClientProvider client={queries}>
        <TaskDeskContext value={desk}>
          <SweepDialog onClose={() => undefined} />
        </TaskDeskContext>
      </QueryClientProvider>,
    );
  });

  it("says what is to be looked at, and why", async () => {
    expect(await screen.findByText(/1 row to look at/)).toBeTruthy();
    const system = screen.getByRole("region", { name: "Issue refund" });
    const [, timeout, twice] = within(system).getAllByRole("row");
    expect(timeout?.textContent).toContain("No answer in time");
    expect(timeout?.textContent).toContain("A person takes over");
    expect(twice?.textContent).toContain("Done twice");
    expect(twice?.textContent).toContain("does not honour the key");
    expect(twice?.textContent).toContain("Really done: Issue refund 2×");
  });

  it("keeps to what is to be looked at when asked", async () => {
    await userEvent.click(await screen.findByRole("switch", { name: "Only what to look at" }));
    expect(screen.queryByText("No answer in time")).toBeNull();
    expect(screen.getByText("Everything comes twice")).toBeTruthy();
  });

  it("opens the log of a row's conversation, and comes back", async () => {
    await userEvent.click(await screen.findByRole("button", { name: "No answer in time" }));
    const log = await screen.findByRole("list", { name: "Event log" });
    expect(within(log).getAllByRole("listitem").length).toBeGreaterThan(3);
    await userEvent.click(screen.getByRole("button", { name: "Back to the table" }));
    expect(screen.getByRole("region", { name: "Issue refund" })).toBeTruthy();
  });
});

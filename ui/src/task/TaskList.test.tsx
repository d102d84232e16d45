import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { App } from "@/App";
import { queries, setHost } from "@/api/client";
import { fixtureHost } from "@/test/fixture-host";

// Fetched when they are first asked for; no test is to wait for that.
beforeAll(
  () =>
    Promise.all([
      import("@/parts/Menu"),
      import("@/parts/Toasts"),
      import("@/parts/CommandPalette"),
    ]),
  120_000,
);

beforeEach(() => {
  setHost(fixtureHost({ delay: 0 }));
  queries.clear();
  // jsdom lays nothing out; the list needs a height to know which rows are in sight.
  Object.defineProperty(HTMLElement.prototype, "clientHeight", {
    configurable: true,
    get(this: HTMLElement) {
      return this.dataset["index"] === undefined ? 800 : 53;
    },
  });
  Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, value: 900 });
  location.hash = "#/tasks";
});

describe("the list of tasks", () => {
  it("filters by every word", async () => {
    render(<App />);
    await screen.findByText("Refund or cancel an order");
    await userEvent.type(screen.getByLabelText("Filter tasks"), "cancel sub");
    await waitFor(() => expect(screen.queryByText("Refund or cancel an order")).toBeNull());
    expect(screen.getByText("Cancel a subscription")).toBeTruthy();
  });

  it("deletes at once and brings back with Undo", async () => {
    render(<App />);
    await screen.findByText("Reset a password");
    await userEvent.click(screen.getByLabelText("More for Reset a password"));
    await userEvent.click(await screen.findByText("Delete"));
    await waitFor(() => expect(screen.queryByText("Reset a password")).toBeNull());
    fireEvent.click(await screen.findByText("Undo"));
    expect(await screen.findByText("Reset a password")).toBeTruthy();
  });

  it("finds a command by typing in the palette", async () => {
    render(<App />);
    await screen.findByText("Refund or cancel an order");
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.type(await screen.findByRole("combobox"), "keyb");
    await userEvent.keyboard("{Enter}");
    expect(await screen.findByText("Everywhere")).toBeTruthy();
  });
});

import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { App } from "@/App";
import { queries, setHost } from "@/api/client";
import { router } from "@/routes";
import { fixtureHost } from "@/test/fixture-host";

/** A busy machine must not fail a test. */
const patient = { timeout: 10_000 };

// The editor is large pieces, fetched when they are first asked for; no test is to wait for that.
beforeAll(async () => {
  await import("../TaskScreen");
  await Promise.all([import("../TaskPage"), import("../Outline"), import("./TriggerPanel")]);
}, 120_000);

let host: ReturnType<typeof fixtureHost>;

beforeEach(async () => {
  host = fixtureHost({ delay: 0 });
  setHost(host);
  queries.clear();
  localStorage.clear();
  render(<App />);
  await screen.findByRole("main");
  location.hash = "#/tasks/task_refund?preview=false";
  await waitFor(
    () => expect(router.state.resolvedLocation?.pathname).toBe("/tasks/task_refund"),
    patient,
  );
  const button = await screen.findByRole("button", { name: "Which task starts?" }, patient);
  if (button.getAttribute("aria-pressed") !== "true") await userEvent.click(button);
  await screen.findByLabelText("Messages to try, one a line", {}, patient);
});

const panel = () => screen.getByRole("region", { name: "Which task starts?" });

describe("which task starts", () => {
  it("takes a message at once, and says what would happen and what came close", async () => {
    expect(document.activeElement).toBe(screen.getByLabelText("Messages to try, one a line"));
    await userEvent.keyboard("cancel my order");
    expect(await within(panel()).findByText("Starts this task", {}, patient)).toBeTruthy();
    const close = within(panel()).getByLabelText("Tasks that came close");
    expect(within(close).getByText("Refund or cancel an order")).toBeTruthy();
    expect(within(close).getByText("100 %")).toBeTruthy();
    expect(within(panel()).getByText("Words that counted")).toBeTruthy();
  });

  it("takes many messages, one a line", async () => {
    await userEvent.click(screen.getByLabelText("Messages to try, one a line"));
    await userEvent.paste("cancel my order\n\nhow tall is the tower");
    expect(
      await within(panel()).findByText(
        "2 messages: 1 × starts this task, 1 × starts nothing",
        {},
        patient,
      ),
    ).toBeTruthy();
  });

  it("says what an edit changes, and the edit can be undone", async () => {
    await userEvent.paste("voucher instead of refund");
    await userEvent.click(
      await within(panel()).findByRole("button", { name: "Add as an example" }, patient),
    );
    expect(await within(panel()).findByText("What your edit changes", {}, patient)).toBeTruthy();
    await waitFor(() => expect(host.log).toContain("save_edit"), patient);
    await userEvent.click(await screen.findByText("Undo", {}, patient));
    await waitFor(
      () => expect(within(panel()).queryByText("What your edit changes")).toBeNull(),
      patient,
    );
  });

  it("shows mix-ups as a table whose cells open their messages", async () => {
    await userEvent.click(within(panel()).getByRole("tab", { name: /Mix-ups/ }));
    const table = await within(panel()).findByRole("table", {}, patient);
    const row = within(table).getByRole("rowheader", { name: "Refund or cancel an order" });
    expect(row).toBeTruthy();
    const cells = within(table).getAllByRole("button");
    await userEvent.click(cells.at(-1) as HTMLElement);
    expect(
      await within(panel()).findByRole(
        "region",
        { name: "Messages of Refund or cancel an order" },
        patient,
      ),
    ).toBeTruthy();
  });

  it("keeps what was typed while other tabs are looked at, and gives the focus back", async () => {
    await userEvent.paste("cancel my order");
    await userEvent.click(within(panel()).getByRole("tab", { name: /Mix-ups/ }));
    await userEvent.click(within(panel()).getByRole("tab", { name: "Try a message" }));
    const box = screen.getByLabelText<HTMLTextAreaElement>("Messages to try, one a line");
    expect(box.value).toBe("cancel my order");
    expect(document.activeElement).not.toBe(box);
    await userEvent.click(
      within(panel()).getByRole("button", { name: "Close “Which task starts?”" }),
    );
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Which task starts?" }));
  });

  it("makes the other task’s closest example one that should not start this one", async () => {
    await userEvent.click(within(panel()).getByRole("tab", { name: /Overlaps/ }));
    await userEvent.click(
      await within(panel()).findByRole("button", { name: /should not start this task/ }, patient),
    );
    expect(
      await screen.findByRole("button", { name: /^Should not start it 2$/ }, patient),
    ).toBeTruthy();
    expect(
      within(panel()).queryByRole("button", { name: /should not start this task/ }),
    ).toBeNull();
  });
});

import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "@/App";
import { queries, setHost } from "@/api/client";
import { router } from "@/routes";
import { fixtureHost } from "@/test/fixture-host";

/** A busy machine must not fail a test. */
const patient = { timeout: 10_000 };

let host: ReturnType<typeof fixtureHost>;

// The editor is large pieces, fetched when they are first asked for; no test is to wait for that.
beforeAll(async () => {
  await import("./TaskScreen");
  await Promise.all([import("./TaskPage"), import("./Outline"), import("./ExplainDialog")]);
  await import("./plan/PlanPanel");
}, 120_000);

beforeEach(() => {
  host = fixtureHost({ delay: 0 });
  setHost(host);
  queries.clear();
  localStorage.clear();
});

async function open(search = "", task = "task_refund"): Promise<void> {
  render(<App />);
  await screen.findByRole("main");
  location.hash = `#/tasks/${task}${search}`;
  await waitFor(
    () => expect(router.state.resolvedLocation?.pathname).toBe(`/tasks/${task}`),
    patient,
  );
  // The editor is fetched when it is first asked for.
  await screen.findByText("Outline", {}, patient);
}

const searchNow = () => router.state.location.search as { block?: string; at?: string };

describe("the outline of a task", () => {
  it("shows the steps, and choosing one chooses its sentence", async () => {
    await open();
    await userEvent.click(screen.getByText("Outline"));
    const tree = await screen.findByLabelText("Steps", {}, patient);
    const step = within(tree)
      .getAllByText(/Runs Get order/)[0]
      ?.closest("[role=treeitem]");
    if (!step) throw new Error("there is no such step");
    await userEvent.click(step);
    await waitFor(() => expect(searchNow().block).toBe("block_a"), patient);
    expect(searchNow().at).toMatch(/^\d+-\d+$/);
    expect(step.getAttribute("aria-selected")).toBe("true");
  });

  it("is walked with the arrow keys and is one stop of the Tab key", async () => {
    await open("?outline=true");
    const tree = await screen.findByLabelText("Steps", {}, patient);
    const items = within(tree).getAllByRole("treeitem");
    expect(items.filter((item) => item.tabIndex === 0)).toHaveLength(1);
    items[0]?.focus();
    await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowUp}");
    expect(document.activeElement).toBe(items[1]);
    await userEvent.keyboard("{End}");
    expect(document.activeElement).toBe(items.at(-1));
    await userEvent.keyboard("{ArrowLeft}");
    expect(document.activeElement).toBe(items[0]);
    expect(items.filter((item) => item.tabIndex === 0)).toHaveLength(1);
  });

  it("draws the same steps, and says the chosen one to a screen reader", async () => {
    await open("?outline=true");
    await screen.findByLabelText("Steps", {}, patient);
    await userEvent.click(screen.getByRole("radio", { name: "Diagram" }));
    const drawing = await screen.findByLabelText("Outline as a diagram", {}, patient);
    drawing.focus();
    await userEvent.keyboard("{ArrowDown}{ArrowDown}");
    expect(within(drawing).getByRole("status").textContent).not.toBe("");
    const before = screen.getByText(/^\d+ %$/).textContent;
    await userEvent.keyboard("-");
    expect(screen.getByText(/^\d+ %$/).textContent).not.toBe(before);
  });

  it("says what to do where there is nothing yet", async () => {
    await open("?outline=true", "task_3");
    expect(await screen.findByText("No steps yet", {}, patient)).toBeTruthy();
  });
});

describe("a task explained", () => {
  it("is a page of words, to be copied and saved", async () => {
    const written = vi.fn(async () => undefined);
    await open();
    const user = userEvent.setup();
    Object.defineProperty(navigator, "clipboard", {
      configurable: true,
      value: { writeText: written },
    });
    await user.click(screen.getByText("Explain"));
    const page = await screen.findByLabelText("The page", {}, patient);
    expect(within(page).getByRole("heading", { name: "When it starts" })).toBeTruthy();
    expect(within(page).getByText(/<b>Nothing<\/b> is said/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Copy as Markdown" }));
    expect(written).toHaveBeenCalledWith("# Refund or cancel an order\n");
    const saved = vi.spyOn(host, "saveFile");
    await user.click(screen.getByRole("button", { name: "Save as…" }));
    await user.click(await screen.findByRole("menuitem", { name: /HTML/ }, patient));
    await waitFor(() => expect(saved).toHaveBeenCalledWith("file_3", "a-task.html"), patient);
  });
});

// Looking back: the inbox, a replay on the draft, saved views, reports with their tables, what to automate next, and
// erasing a customer.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { accessible, expect, moveCaret, picture, test } from "./host";

/** Chats in the preview; each is a conversation of its own. */
async function chat(page: Page, url: string, messages: readonly string[]): Promise<void> {
  await page.goto(url);
  await page.getByRole("link", { name: /Refund or cancel an order/ }).click();
  const message = page.getByRole("textbox", { name: "Message as the customer" });
  const said = page.getByRole("log", { name: "Chat" });
  for (const text of messages) {
    await message.fill(text);
    await message.press("Enter");
    await expect(said).toContainText(text);
    await expect(page.getByRole("status", { name: "The assistant is typing" })).toBeHidden();
  }
}

const place = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Places" }).getByRole("link", { name });

async function showPreviews(page: Page): Promise<void> {
  await expect(page.getByText("No customer has written yet")).toBeVisible();
  await page.getByRole("button", { name: "Show previews" }).click();
}

test("an admin finds a conversation, sees why it went so, and replays it on the draft", async ({
  page,
  host,
}) => {
  await chat(page, host.url, ["I want a full refund for order 4512", "let me talk to a person"]);
  await expect(page.getByRole("log", { name: "Chat" })).toContainText("takes over");

  await place(page, "Inbox").click();
  await accessible(page, "an empty inbox");
  await showPreviews(page);
  const list = page.getByRole("list", { name: "Conversations" });
  const row = list.getByRole("button", { name: /I want a full refund/ });
  await expect(row).toContainText("Passed to a person");
  await expect(row).toContainText("Refund or cancel an order");
  await picture(page, "inbox-list");
  await row.click();

  const seen = page.getByRole("log", { name: "What the customer saw" });
  await expect(seen).toContainText("I want a full refund for order 4512");
  await expect(seen).toContainText("takes over");
  const log = page.getByRole("log", { name: "Event log" });
  await expect(log).toContainText("the customer asked for a person");
  await accessible(page, "one conversation");
  await picture(page, "inbox-conversation");

  // As the tasks stand, they do the same.
  await page.getByRole("button", { name: "Replay on the draft" }).click();
  const replay = page.getByRole("dialog", { name: "Replay on the draft" });
  await expect(replay).toContainText("Your draft does the same");
  await page.keyboard.press("Escape");
  await expect(replay).toBeHidden();

  // Another order of questions, and the replay shows where it begins.
  await place(page, "Tasks").click();
  await page.getByRole("link", { name: /Refund or cancel an order/ }).click();
  const text = page.getByRole("textbox", { name: "Instructions: Look up the order" });
  await text.click();
  await moveCaret(page, "Control+Home");
  await page.keyboard.type("Tell the customer that refunds take a while.");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.goBack();
  await page.goto(
    `${new URL(host.url).origin}/#/inbox?filter=%7B%22places%22%3A%5B%22preview%22%5D%7D`,
  );
  await list.getByRole("button", { name: /I want a full refund/ }).click();
  await page.getByRole("button", { name: "Replay on the draft" }).click();
  await expect(replay.getByRole("region", { name: "What your draft would do" })).toContainText(
    /Assistant: “.*refunds take a while/i,
  );
  await accessible(page, "a replay that differs");
  await picture(page, "inbox-replay");
});

test("an admin keeps a filter as a view, and erases a customer", async ({ page, host }) => {
  await chat(page, host.url, ["I want a full refund for order 4512"]);
  await place(page, "Inbox").click();
  await showPreviews(page);
  const list = page.getByRole("list", { name: "Conversations" });
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: "Task used" }).click();
  await page.getByRole("checkbox", { name: "Refund or cancel an order" }).click();
  await page.keyboard.press("Escape");
  await expect(list.getByRole("listitem")).toHaveCount(1);

  await page.getByRole("button", { name: "Save this view" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Refunds in previews");
  await page.keyboard.press("Enter");
  const views = page.getByRole("navigation", { name: "Views" });
  const view = views.getByRole("button", { name: /^Refunds in previews 1$/ });
  await expect(view).toBeVisible();
  await views.getByRole("button", { name: /^All conversations/ }).click();
  await expect(page.getByText("No customer has written yet")).toBeVisible();
  await view.click();
  await expect(list.getByRole("listitem")).toHaveCount(1);

  // Deleted, and brought back.
  await views.getByRole("button", { name: "Delete the view “Refunds in previews”" }).click();
  await expect(view).toBeHidden();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(view).toBeVisible();

  await list.getByRole("button", { name: /I want a full refund/ }).click();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Erase this customer…" }).click();
  const dialog = page.getByRole("dialog", { name: /^Erase / });
  await expect(dialog).toContainText("1 conversation");
  await accessible(page, "asking before a customer is erased");
  await picture(page, "inbox-erase");
  await dialog.getByRole("button", { name: "Erase for good" }).click();
  await expect(page.getByText(/^Erased 1 conversation/)).toBeVisible();
  await expect(page.getByText("No conversation fits")).toBeVisible();
});

test("an admin reads a report, its definitions, its tables, and starts a task from what was left over", async ({
  page,
  host,
}) => {
  await chat(page, host.url, ["do you sell gift cards for birthdays"]);
  await chat(page, host.url, ["can I buy gift cards for a birthday"]);
  await chat(page, host.url, ["I want a full refund for order 4512", "let me talk to a person"]);
  await place(page, "Reports").click();
  await showPreviews(page);
  const conversations = page.getByRole("region", { name: "Conversations", exact: true });
  await expect(conversations).toContainText("100%");
  await page.getByRole("button", { name: "How it is counted: Resolution rate" }).click();
  await expect(page.getByText("A silent exit is never counted as confirmed.")).toBeVisible();
  await page.keyboard.press("Escape");
  await accessible(page, "a report");
  await picture(page, "report");

  // The chart by keyboard, and the same numbers as a table.
  const time = page.getByRole("region", { name: "Over time" });
  const chart = time.getByRole("img", { name: /^Conversations by what came of them/ });
  await chart.focus();
  await page.keyboard.press("ArrowRight");
  await expect(time.getByText(/^Week of /)).toBeVisible();
  await time.getByRole("radio", { name: "Table" }).click();
  await expect(time.getByRole("table")).toContainText("Passed to a person");
  const used = page.getByRole("region", { name: "By task used" });
  await expect(used.getByRole("row", { name: /Refund or cancel an order/ })).toBeVisible();

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as CSV: By task used" }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe("taskwright-by-task.csv");
  const csv = readFileSync(await saved.path(), "utf8");
  expect(csv).toMatch(/^Task used,Conversations,/);
  expect(csv).toContain("Refund or cancel an order,");
  expect(csv).not.toContain("4512");

  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 420, height: 800 });
  await picture(page, "report-narrow-dark");
  await accessible(page, "a report in half a window");
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.getByRole("link", { name: "What to automate next" }).click();
  const wish = page.getByRole("list", { name: "Wishes" }).getByRole("region").first();
  await expect(wish).toContainText("2 conversations; no task took it in 2");
  await expect(wish).toContainText("“do you sell gift cards for birthdays”");
  await accessible(page, "what to automate next");
  await picture(page, "automate");
  await wish.getByRole("button", { name: "Start a task from these" }).click();
  const dialog = page.getByRole("dialog", { name: "Start a task from these" });
  await dialog.getByRole("textbox", { name: "Title" }).fill("Gift cards");
  await dialog.getByRole("checkbox", { name: "can I buy gift cards for a birthday" }).click();
  await accessible(page, "starting a task from messages");
  await dialog.getByRole("button", { name: "Start the task" }).click();
  await expect(page.getByRole("textbox", { name: "Title" })).toHaveValue("Gift cards");
  const task = /tasks\/(task_\w+)/.exec(page.url())?.[1];
  const made = (await command(page, "read_task", { task })) as { task: { examples: string[] } };
  expect(made.task.examples).toEqual(["do you sell gift cards for birthdays"]);
});

test("the way to customers says what is done and what is left", async ({ page, host }) => {
  await page.goto(host.url);
  await place(page, "Go live").click();
  await expect(
    page.getByText("Customers reach this assistant through your own app."),
  ).toBeVisible();
  const computer = page.getByRole("region", { name: "Connect your app to this computer" });
  await expect(computer).toContainText(
    "Works only on this computer. A payment provider cannot reach it: set a public address or run it on a server.",
  );
  await expect(computer).toContainText("Customers meet only tasks that are on");
  await accessible(page, "going live");
  await picture(page, "go-live");
  await page.getByRole("button", { name: "Export…" }).click();
  await expect(page.getByRole("dialog", { name: "Export" })).toBeVisible();
  await page.keyboard.press("Escape");

  await page
    .getByRole("navigation", { name: "Places" })
    .getByRole("link", { name: "Settings" })
    .click();
  await page.getByRole("link", { name: "Conversations" }).click();
  const keep = page.getByRole("combobox", { name: "Keep conversations for" });
  await keep.click();
  await page.getByRole("option", { name: "90 days" }).click();
  await page.getByRole("button", { name: "Erase older ones" }).click();
  await expect(keep).toContainText("90 days");
  await page.reload();
  await expect(keep).toContainText("90 days");
});

/** Customers who write over the channel: what each says, and one who comes back. */
const customers: readonly (readonly [who: string, messages: readonly string[]])[] = [
  ["Maya Lindqvist", ["I want a full refund for order 4512", "let me talk to a person"]],
  ["Jonas Weber", ["Where is my parcel? It was due on Monday."]],
  ["Aiko Tanaka", ["can I get a refund", "4512", "full", "yes"]],
  ["Bob", ["The app keeps crashing", "I want a person"]],
  ["Zoë van der Berg", ["do you sell gift cards for birthdays"]],
  ["Ana Souza", ["can I buy gift cards for a birthday"]],
  ["Maya Lindqvist", ["cancel my order 4513 please", "yes"]],
];

async function command(page: Page, name: string, args: unknown): Promise<unknown> {
  return page.evaluate(
    async ([name, args]) => {
      const answer = await fetch(`/call/${String(name)}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(args),
      });
      return answer.json();
    },
    [name, args] as const,
  );
}

test("what customers write over the channel is in the inbox and in every figure", async ({
  page,
  host,
}) => {
  await page.goto(host.url);
  await expect(page.getByRole("link", { name: /Refund or cancel an order/ })).toBeVisible();
  const tasks = (await command(page, "list_tasks", {})) as { id: string }[];
  // A task with problems stays as it is.
  for (const { id } of tasks) await command(page, "publish_task", { task: id }).catch(() => null);
  const { key } = (await command(page, "make_channel_key", {})) as { key: string };
  await command(page, "save_channel", { on: true, callback_url: null, calls: "sample" });
  const base = async () =>
    ((await command(page, "read_channel", {})) as { server: { base_url: string | null } }).server
      .base_url;
  await expect.poll(base).toMatch(/^http:/);
  const url = await base();
  const send = async (call: string, body: object) => {
    const answer = await fetch(`${url}/custom_channel_events/${call}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
  };
  for (const [at, [name, messages]] of customers.entries()) {
    const contact = { type: "user", external_id: name.toLowerCase().replaceAll(/\W/g, "-"), name };
    const common = { external_conversation_id: `c-${at}`, contact };
    await send("notify_new_conversation", { ...common, event_id: `e-${at}` });
    for (const [number, body] of messages.entries())
      await send("notify_new_message", { ...common, event_id: `e-${at}-${number}`, body });
  }

  await place(page, "Inbox").click();
  const list = page.getByRole("list", { name: "Conversations" });
  await expect(list.getByRole("listitem")).toHaveCount(customers.length);
  await expect(
    page.getByRole("navigation", { name: "Views" }).getByRole("button", {
      name: `All conversations ${customers.length}`,
    }),
  ).toBeVisible();
  await page.setViewportSize({ width: 1400, height: 900 });
  await picture(page, "inbox-customers");
  await list.getByRole("button", { name: /cancel my order 4513/ }).click();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "All of this customer" }).click();
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await page.getByRole("button", { name: "One customer. Show everybody" }).click();
  await expect(list.getByRole("listitem")).toHaveCount(customers.length);

  // Half a window shows the list or the conversation.
  await page.setViewportSize({ width: 420, height: 800 });
  await page.emulateMedia({ colorScheme: "dark" });
  await picture(page, "inbox-narrow-dark");
  await accessible(page, "a conversation in half a window");
  await page.getByRole("button", { name: "Back to the list" }).click();
  await expect(list.getByRole("listitem").first()).toBeVisible();
  await accessible(page, "the inbox in half a window");

  await page.setViewportSize({ width: 1400, height: 1600 });
  await place(page, "Reports").click();
  const conversations = page.getByRole("region", { name: "Conversations", exact: true });
  await expect(conversations).toContainText(String(customers.length));
  await expect(page.getByRole("region", { name: "Tasks", exact: true })).toBeVisible();
  await picture(page, "report-customers-dark");
  await accessible(page, "a full report in the dark");
  await page.emulateMedia({ colorScheme: "light" });
  await picture(page, "report-customers");
  // From a figure to the conversations behind it.
  const reasons = page.getByRole("region", { name: "Why people took over" });
  await reasons.getByRole("link", { name: "The customer asked for a person" }).click();
  await expect(list.getByRole("listitem")).toHaveCount(2);
});

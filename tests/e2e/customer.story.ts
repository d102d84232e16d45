// A customer in a product's own page: all that the assistant may tell a product, shown and answered there.
import { fileURLToPath } from "node:url";
import { accessible, ask, expect, test } from "./host";
import { customerOf, edit, pictures, productOf, write } from "./product";

const articles = fileURLToPath(new URL("../knowledge/articles", import.meta.url));

/** What customers are led by here: after an answer that helped they tell why they send it back, and rate. */
const blocks = [
  { id: "block_greeting", type: "message", text: "Hi! How can I help you today?" },
  {
    id: "block_answer",
    type: "let_assistant_answer",
    idle: { count: 1, unit: "minutes" },
    follow_up: "Did that help?",
  },
  {
    id: "block_details",
    type: "collect_attribute",
    attributes: ["reason_for_return", "parcels", "collected_on"],
  },
  { id: "block_note", type: "note", text: "Sent back because: {reason_for_return}" },
  { id: "block_tags", type: "tags", add: ["returned"] },
  { id: "block_rating", type: "ask_for_rating", question: "How would you rate this conversation?" },
  { id: "block_thanks", type: "message", text: "Thank you! Write again whenever you like." },
  { id: "block_end", type: "end", outcome: "done" },
];
const reasons = { type: "choice", options: ["It does not fit", "It broke", "I changed my mind"] };
const attributes = [
  {
    id: "attribute_reason",
    key: "reason_for_return",
    name: "reason for the return",
    kind: reasons,
  },
  {
    id: "attribute_parcels",
    key: "parcels",
    name: "number of parcels",
    kind: { type: "integer" },
  },
  {
    id: "attribute_date",
    key: "collected_on",
    name: "day we collect it",
    kind: { type: "date" },
  },
];

test("a customer is greeted, waits, presses, fills in, rates and is done; another one falls silent", async ({
  page,
  host,
}) => {
  // Nobody counts as silent before a minute is over.
  test.setTimeout(240_000);
  await page.goto(host.url);
  await expect(page.getByRole("main")).toBeVisible();
  await edit(page, "workflow_default", { blocks: () => blocks, attributes: () => attributes });
  await ask(page, "publish_task", { task: "workflow_default" });
  // The order's system takes its time, so that there is something to wait for.
  await edit(page, "action_get_order", {
    stubs: (stubs) => (stubs as object[]).map((stub) => ({ ...stub, delay_ms: 3_000 })),
  });
  await ask(page, "publish_task", { task: "task_refund_or_cancel" });
  const shop = await productOf(page);
  try {
    const silent = await customerOf(page, shop, "silent");
    await expect(silent.getByRole("log")).toContainText("How can I help you today?");

    const customer = await customerOf(page, shop, "talkative");
    const chat = customer.getByRole("log", { name: "Conversation" });
    const offers = customer.locator("#offers");
    await expect(chat).toContainText("How can I help you today?");
    await write(customer, "I want a refund for order 4512");
    await expect(chat.getByRole("img", { name: "The assistant is typing" })).toBeVisible();
    await pictures(customer, "customer-typing");
    await expect(chat).toContainText("full or a partial refund");
    await expect(chat.locator(".typing")).toHaveCount(0);

    await offers.getByRole("button", { name: "full" }).click();
    await expect(chat).toContainText("go ahead");
    await pictures(customer, "customer-quick-replies");
    await offers.getByRole("button", { name: /^Yes/ }).click();
    await expect(chat).toContainText("Did that help?");
    await expect(customer.getByRole("status")).toHaveText("Answered");
    await accessible(customer, "quick replies in the shop");
    await offers.getByRole("button", { name: "That helped" }).click();
    await expect(customer.getByRole("status")).toHaveText("Solved");

    const form = customer.locator("form.collector");
    await expect(form.getByLabel("Reason for the return")).toBeVisible();
    await form.getByLabel("Reason for the return").selectOption("It broke");
    await form.getByLabel("Number of parcels").fill("2");
    await form.getByLabel("Day we collect it").fill("2031-05-04");
    await accessible(customer, "a form in the shop");
    await pictures(customer, "customer-form");
    await form.getByRole("button", { name: "Send the form" }).click();
    const colleagues = customer.getByRole("list", { name: "For colleagues" });
    await expect(colleagues).toContainText("Sent back because: It broke");
    await expect(colleagues).toContainText("Tagged returned");
    await expect(chat).not.toContainText("Sent back because");

    await expect(chat).toContainText("How would you rate this conversation?");
    await expect(offers.getByRole("button")).toHaveText(["1", "2", "3", "4", "5"]);
    await pictures(customer, "customer-rating");
    await offers.getByRole("button", { name: "5" }).click();
    await expect(chat).toContainText("Write again whenever you like.");
    await expect(customer.locator("body")).toHaveAttribute("data-finished", "yes");
    await expect(customer.getByRole("status")).toHaveText("Done");
    await pictures(customer, "customer-done");

    // After the end a new message starts the workflow again, and people may take over.
    await write(customer, "I want to talk to a person");
    await expect(customer.getByRole("status")).toHaveText("A person takes over");
    await expect(colleagues).toContainText("the customer asked for a person");
    await pictures(customer, "customer-person");

    await expect(silent.getByRole("status")).toHaveText("Are you still there?", {
      timeout: 90_000,
    });
    await accessible(silent, "a silent customer's page");
    await pictures(silent, "customer-idle");
    await write(silent, "Sorry. I want a refund for order 4512");
    await expect(silent.getByRole("log"), "silence closes nothing").toContainText(
      "full or a partial refund",
    );
  } finally {
    shop.stop();
  }
});

test("a customer's question is answered from an article, with its source", async ({
  page,
  host,
}) => {
  await page.goto(host.url);
  await page.getByRole("link", { name: "Knowledge" }).click();
  await expect(page.getByText("Write down what customers ask")).toBeVisible();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Import a folder" }).click();
  await (await chooser).setFiles(articles);
  await expect(page.getByText("40 articles made")).toBeVisible();
  // What is answered to them is tried here first, as an author would.
  await page
    .getByRole("textbox", { name: "Question of a customer" })
    .fill("I can't remember my password");
  await expect(page.getByRole("region", { name: "What would be answered" })).toContainText(
    "a link that works for 30 minutes",
  );

  const shop = await productOf(page);
  try {
    const customer = await customerOf(page, shop, "password");
    const chat = customer.getByRole("log", { name: "Conversation" });
    await expect(chat).toContainText("How can I help you today?");
    await write(customer, "I can't remember my password");
    const answer = chat.locator(".theirs", { hasText: "a link that works for 30 minutes" });
    await expect(answer).toBeVisible();
    await expect(answer.locator("p").last()).toHaveText(/^Source: Forgotten password/);
    await expect(customer.getByRole("status")).toHaveText("Answered");
    await accessible(customer, "an answer from an article");
    await pictures(customer, "customer-article");
    await customer.getByRole("button", { name: "That helped" }).click();
    await expect(customer.getByRole("status")).toHaveText("Solved");

    // What no article answers is not made up, and a person is offered.
    const other = await customerOf(page, shop, "portugal");
    await write(other, "What is the capital of Portugal?");
    await expect(other.getByRole("group").getByRole("button", { name: /person/ })).toBeVisible();
    await expect(other.getByRole("log")).not.toContainText("Source:");
    await pictures(other, "customer-no-article");
  } finally {
    shop.stop();
  }
});

// Rehearsing: what actions answer is chosen step by step, and another system calls back at the press of a button.
import { accessible, ask, expect, picture, test } from "./host";

test("an author makes a system fail in the middle of a chat, and mends it", async ({
  page,
  host,
}) => {
  await page.goto(host.url);
  await page.getByRole("link", { name: /Refund or cancel an order/ }).click();
  const message = page.getByRole("textbox", { name: "Message as the customer" });
  const chat = page.getByRole("log", { name: "Chat" });
  await message.fill("I want a full refund");
  await message.press("Enter");
  await expect(chat).toContainText(/order number/i);

  const answers = page.getByRole("button", { name: "What each action answers" });
  const order = page.getByRole("combobox", { name: "What Get order answers" });
  await answers.click();
  await order.click();
  await expect(
    page.getByRole("option", { name: /^Real system/ }),
    "nothing is connected, so it cannot be chosen",
  ).toHaveAttribute("aria-disabled", "true");
  await page.getByRole("option", { name: /^System down/ }).click();
  await expect(order).toContainText("System down");
  await page.keyboard.press("Escape");
  await message.fill("4512");
  await message.press("Enter");
  await expect(chat).toContainText("can't reach our order system");

  // Another try from the same message, with an answer that works.
  await answers.click();
  await order.click();
  await page.getByRole("option", { name: "The first that fits" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Another try from “4512”" }).click();
  await message.fill("4512");
  await message.press("Enter");
  await expect(chat).toContainText("79.00 EUR");
});

test("a task waits for another system, and a button sends the example request", async ({
  page,
  host,
}) => {
  await page.goto(host.url);
  await page.getByRole("link", { name: /Change personal details/ }).click();
  const message = page.getByRole("textbox", { name: "Message as the customer" });
  const chat = page.getByRole("log", { name: "Chat" });
  await message.fill("I have moved, can you change my address?");
  await message.press("Enter");
  await expect(chat).toContainText("e-mail address");
  await message.fill("maya.lindqvist@example.com");
  await message.press("Enter");
  await expect(chat).toContainText("sent a link to maya.lindqvist@example.com");
  await expect(chat).toContainText("Waits for");
  await accessible(page, "a chat that waits");
  await picture(page, "waiting");

  // What does not fit is turned away with the reason, and the task goes on waiting.
  await page.getByRole("button", { name: "Edit it first" }).click();
  const request = page.getByRole("textbox", { name: "Example request" });
  await request.fill('{ "data": { "status": ');
  await expect(page.getByRole("button", { name: "Send this request" })).toBeDisabled();
  await request.fill('{ "data": { "status": "perhaps", "check_id": "V-1", "name": "Maya" } }');
  await page.getByRole("button", { name: "Send this request" }).click();
  const log = page.getByRole("log", { name: "Event log" });
  await expect(log).toContainText("A call back did not fit");

  await expect(chat, "the caller is told the same").toContainText("422");

  // So is what is no longer than the example but lacks a field; and what comes twice is taken once.
  const answered = page.getByRole("list", { name: "What the other system was answered" });
  await page.getByRole("button", { name: "Send it another way" }).click();
  await page.getByRole("menuitem", { name: /wrong shape/ }).click();
  await expect(answered).toContainText("should be");
  await chat.getByRole("button", { name: "Call it from a terminal" }).click();
  await expect(chat.getByLabel("Call for a terminal")).toContainText(
    "curl -X POST 'http://127.0.0.1:",
  );
  await expect(chat).toContainText("Works only on this computer");
  await accessible(page, "a wait with its call for a terminal");
  await page.getByRole("button", { name: "Send it another way" }).click();
  await page.getByRole("menuitem", { name: /twice/ }).click();
  await expect(answered).toContainText("nothing was done twice");
  await expect(log).toContainText("The other system called back");
  await expect(chat).toContainText("new address");
  await message.fill("3 Mill Lane, Cork T12 A1B2");
  await message.press("Enter");
  await expect(chat).toContainText("go ahead");
  await message.fill("yes");
  await message.press("Enter");
  await expect(chat).toContainText("up to date");
  await expect(log).toContainText("Tagged details-changed");
});

test("an author moves time forward until a wait ends, and sees what the task then does", async ({
  page,
  host,
}) => {
  await page.goto(host.url);
  await page.getByRole("link", { name: /Change personal details/ }).click();
  const message = page.getByRole("textbox", { name: "Message as the customer" });
  const chat = page.getByRole("log", { name: "Chat" });
  await message.fill("I have moved, can you change my address?");
  await message.press("Enter");
  await expect(chat).toContainText("e-mail address");
  await message.fill("maya.lindqvist@example.com");
  await message.press("Enter");
  await expect(chat).toContainText("Waits for");
  const time = page.getByRole("button", { name: "Move time forward" });
  await time.click();
  const until = page.getByRole("textbox", { name: "Or say until when" });
  await until.fill("soon");
  await page.getByRole("button", { name: "Move", exact: true }).click();
  await expect(page.getByText(/names no moment to come/)).toBeVisible();
  await accessible(page, "a moment that is none");
  await until.fill("5 minutes later");
  await page.getByRole("button", { name: "Move", exact: true }).click();
  const log = page.getByRole("log", { name: "Event log" });
  await expect(log).toContainText("You moved time forward by 5 minutes");
  await time.click();
  await page.getByRole("button", { name: "Until the wait ends" }).click();
  await expect(chat).toContainText("The link is no longer valid");
  await expect(log).toContainText("Nobody called back in time");
});

test("what if a system fails: a row for each system and fault, each with its conversation", async ({
  page,
  host,
}) => {
  await page.goto(host.url);
  await page.getByRole("link", { name: /Refund or cancel an order/ }).click();
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "What if a system fails?" }).click();
  const dialog = page.getByRole("dialog", { name: "What if a system fails?" });
  const refund = dialog.getByRole("region", { name: "Refund order" });
  await expect(refund.getByRole("row")).toHaveCount(14, { timeout: 30_000 });
  await expect(dialog).toContainText("Nothing is done twice");
  await accessible(page, "the table of failing systems");
  await picture(page, "failing-systems");
  await refund.getByRole("button", { name: "Answers too late" }).click();
  await expect(dialog.getByRole("list", { name: "Event log" })).toContainText(
    "Nobody knows whether Refund order went through",
  );
});

test("a customer fills in a form, corrects what does not fit, and the author tries again from it", async ({
  page,
  host,
}) => {
  await page.goto(host.url);
  await expect(page.getByRole("link", { name: /Refund or cancel an order/ })).toBeVisible();
  const { id: task } = (await ask(page, "create_task", { title: "Return something" })) as {
    id: string;
  };
  const field = (key: string, name: string, kind: object) => ({ id: `f_${key}`, key, name, kind });
  const fields = [
    field("reason", "reason", { type: "choice", options: ["Too small", "It arrived broken"] }),
    field("reply_to", "e-mail address", { type: "email" }),
    field("bought_on", "day of purchase", { type: "date" }),
    field("unopened", "unopened", { type: "boolean" }),
  ];
  const blocks = [
    { id: "block_form", name: "", type: "collect_attribute", attributes: fields.map((f) => f.key) },
  ];
  for (const [part, after] of Object.entries({ attributes: fields, blocks })) {
    // Each edit is made to what the one before it left.
    // oxlint-disable-next-line no-await-in-loop
    const { task: now, version } = (await ask(page, "read_task", { task })) as {
      task: Record<string, unknown>;
      version: number;
    };
    const change = { type: "set", path: `/${part}`, before: now[part], after };
    const edit = { label: "", changes: [{ document: task, change }] };
    // oxlint-disable-next-line no-await-in-loop
    await ask(page, "save_edit", { document: task, base_version: version, edit });
  }
  await page.goto(`${new URL(host.url).origin}/#/tasks/${task}`);
  const message = page.getByRole("textbox", { name: "Message as the customer" });
  await message.fill("I want to return something");
  await message.press("Enter");
  const chat = page.getByRole("log", { name: "Chat" });
  const form = chat.getByRole("form");
  await expect(
    form.or(chat.getByRole("button", { name: "Start it anyway" })).first(),
  ).toBeVisible();
  const anyway = chat.getByRole("button", { name: "Start it anyway" });
  if (await anyway.isVisible()) await anyway.click();

  // By keyboard alone: what is empty is named, and the first of it has the focus.
  const email = form.getByRole("textbox", { name: "E-mail address" });
  await email.fill("nobody at all");
  await email.press("Enter");
  await expect(form.getByText("Fill this in.")).toHaveCount(3);
  const reason = form.getByRole("combobox", { name: "Reason" });
  await expect(reason).toBeFocused();
  await accessible(page, "a form with empty fields");
  await picture(page, "form-empty-fields");
  await reason.press("Enter");
  await page.getByRole("option", { name: "It arrived broken" }).click();
  await form.getByLabel("Day of purchase").fill("2026-11-09");
  await form.getByRole("radio", { name: "No" }).check();
  await email.press("Enter");

  // What fits is taken; what does not is asked for again.
  await expect(form.getByText(/doesn.t fit/)).toBeVisible();
  await expect(email).toBeFocused();
  await expect(email).toHaveValue("nobody at all");
  await expect(form).toContainText("It arrived broken");
  await accessible(page, "a form with a field that does not fit");
  await picture(page, "form-misfit");
  await email.fill("maya.lindqvist@example.com");
  await email.press("Enter");
  await expect(form).toHaveCount(0);
  await expect(message).toBeFocused();
  await expect(chat.getByLabel("Given in the form").last()).toContainText(
    "maya.lindqvist@example.com",
  );
  await expect(page.getByRole("log", { name: "Event log" })).toContainText(
    "Day of purchase is 9 November 2026",
  );
  await picture(page, "form-given");

  // Another try from the form finds what was written into it.
  await chat.getByRole("button", { name: /^Another try from .*E-mail address$/ }).click();
  await expect(email).toHaveValue("maya.lindqvist@example.com");
});

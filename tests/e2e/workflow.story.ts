// The workflow: edited with the blocks of tasks, rehearsed from its greeting on, published and brought back.
import { accessible, expect, moveCaret, picture, test } from "./host";

test("an admin rehearses the workflow, rewords it and publishes it", async ({ page, host }) => {
  await page.goto(host.url);
  await page.getByRole("link", { name: "Workflow" }).click();
  await expect(page.getByRole("textbox", { name: "Title" })).toHaveValue("Every new conversation");
  await expect(page.getByText("Every conversation on a channel begins here")).toBeVisible();
  await expect(page.getByRole("button", { name: "Published" })).toBeDisabled();
  await accessible(page, "the workflow");

  // It speaks first; a goodbye leads on to the rating, and a rating to the end.
  const chat = page.getByRole("log", { name: "Chat" });
  const message = page.getByRole("textbox", { name: "Message as the customer" });
  await page.getByRole("button", { name: "Begin the conversation" }).click();
  await expect(chat).toContainText("How can I help you today?");
  await message.fill("I want a refund for order 4512");
  await message.press("Enter");
  await expect(chat).toContainText("full or a partial refund");
  await message.fill("a full refund");
  await message.press("Enter");
  await expect(chat).toContainText("go ahead");
  await message.fill("yes");
  await message.press("Enter");
  await expect(chat).toContainText("Did that help?");
  await chat.getByRole("button", { name: "That helped" }).click();
  await expect(chat).toContainText("How would you rate this conversation");
  await chat.getByRole("button", { name: "5", exact: true }).click();
  await expect(chat).toContainText("A new message starts it again");
  const log = page.getByRole("log", { name: "Event log" });
  await expect(log).toContainText("The customer says it helped");
  await picture(page, "workflow");

  // A word is changed; customers get it once it is published.
  const greeting = page.getByText("Hi! How can I help you today?").first();
  await greeting.click();
  await moveCaret(page, "Control+End");
  await page.keyboard.type(" Just ask.");
  await expect(page.getByText("You changed the workflow since this chat began")).toBeVisible();
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByText("New conversations begin with this version")).toBeVisible();
  await expect(page.getByRole("button", { name: "Published" })).toBeDisabled();

  await page.getByRole("button", { name: "More", exact: true }).click();
  await expect(page.getByRole("menuitem", { name: /Delete/ }), "it is never deleted").toHaveCount(
    0,
  );
  await page.getByRole("menuitem", { name: /Earlier versions/ }).click();
  await expect(page.getByRole("button", { name: "Use as draft" })).toHaveCount(2);
  await page.getByRole("button", { name: "Use as draft" }).last().click();
  await expect(page.getByText("This version is your draft now")).toBeVisible();
  await expect(page.getByText("Just ask.")).toHaveCount(0);
});

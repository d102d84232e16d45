// Two windows on one workspace: each follows the other, and nobody's words are lost.
import type { Page } from "@playwright/test";
import { accessible, BrowserHost, expect, moveCaret, picture, test } from "./host";

const instructions = (page: Page) =>
  page.getByRole("textbox", { name: "Instructions: Look up the order" });

async function openRefunds(page: Page): Promise<void> {
  await page.getByRole("link", { name: /Refund or cancel an order/ }).click();
  await expect(instructions(page)).toContainText("older than 40 days");
}

test("two windows follow each other while both are written in", async ({ page, context, host }) => {
  test.slow();
  await page.goto(host.url);
  await expect(page.getByRole("link", { name: /Refund or cancel an order/ })).toBeVisible();
  const other = await context.newPage();
  await other.goto(host.url);
  await openRefunds(other);

  // The list follows.
  const title = other.getByRole("textbox", { name: "Title" });
  await title.fill("Refund or cancel an order, please");
  await expect(page.getByRole("link", { name: /order, please/ })).toBeVisible();

  // The editor follows in the middle of a sentence, and the caret stays where it was.
  await openRefunds(page);
  await instructions(page).getByText("Look up the order with the order number.").click();
  await moveCaret(page, "End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("If the order is older than 5 da");
  await title.fill("Refund or cancel an order");
  const second = other.getByRole("textbox", { name: "Instructions: Refund", exact: true });
  await second.click();
  await moveCaret(other, "Control+Home");
  await other.keyboard.type("Be kind. ");
  await expect(page.getByRole("textbox", { name: "Title" })).toHaveValue(
    "Refund or cancel an order",
  );
  await page.keyboard.type("ys, add the tag five-days.");
  const sentence = "If the order is older than 5 days, add the tag five-days.";
  for (const window of [page, other]) {
    await expect(instructions(window)).toContainText(sentence);
    await expect(
      window.getByRole("textbox", { name: "Instructions: Refund", exact: true }),
    ).toContainText("Be kind.");
    await expect(window.getByText("Saved", { exact: true })).toBeVisible();
  }
  await page.reload();
  await expect(instructions(page)).toContainText(sentence);
  await expect(
    page.getByRole("textbox", { name: "Instructions: Refund", exact: true }),
  ).toContainText("Be kind.");
});

test("what is deleted in another window is gone here, with a way back", async ({
  page,
  context,
  host,
}) => {
  await page.goto(host.url);
  await openRefunds(page);
  const other = await context.newPage();
  await other.goto(host.url);
  await openRefunds(other);
  await other.getByRole("button", { name: "More", exact: true }).click();
  await other.getByRole("menuitem", { name: "Delete" }).click();
  await expect(page.getByText(/was deleted in another window/)).toBeVisible();
  await picture(page, "deleted-elsewhere");
  await page.getByRole("button", { name: "Bring back" }).click();
  await expect(instructions(page)).toContainText("older than 40 days");
  await expect(other.getByRole("link", { name: /Refund or cancel an order/ })).toBeVisible();
});

test("a page says that the program is gone, and saves what was written once it is back", async ({
  page,
  context,
  host,
}) => {
  await page.goto(host.url);
  await openRefunds(page);
  await host.stop("SIGKILL");
  const silent = page.getByText("Taskwright is not answering");
  await expect(silent).toBeVisible();
  await page.getByRole("textbox", { name: "Title" }).fill("Refund, written while it was gone");
  await expect(page.getByText("Not saved, trying again")).toBeVisible();
  await accessible(page, "the editor without its program");
  await picture(page, "program-gone");
  const again = await BrowserHost.start(host.data, Number(new URL(host.url).port));
  await expect(page.getByText("no longer signed in")).toBeVisible();
  const other = await context.newPage();
  await other.goto(again.url);
  await expect(other.getByRole("link", { name: /while it was gone/ })).toBeVisible();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await expect(page.getByText("no longer signed in")).toBeHidden();
  await again.stop();
});

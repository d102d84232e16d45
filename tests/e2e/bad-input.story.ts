// Whatever is typed, pasted or brought along: a clear message, and nothing is lost.
import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { accessible, expect, moveCaret, picture, test } from "./host";

const saved = (page: Page) => page.getByText("Saved", { exact: true });

async function openRefunds(page: Page, url: string) {
  await page.goto(url);
  await page.getByRole("link", { name: /Refund or cancel an order/ }).click();
  const instructions = page.getByRole("textbox", { name: "Instructions: Look up the order" });
  await expect(instructions).toContainText("older than 40 days");
  return instructions;
}

/** A new line behind the one about the order number. */
async function newLine(page: Page, instructions: Locator): Promise<void> {
  await instructions.getByText("Look up the order with the order number.").click();
  await expect(instructions).toBeFocused();
  await moveCaret(page, "End");
  // The browser moves the caret after the key; Enter belongs where it then stands.
  const atEnd = () => {
    const at = getSelection();
    return at?.isCollapsed && at.focusOffset === at.focusNode?.textContent?.length;
  };
  await expect.poll(() => page.evaluate(atEnd), "the caret stands at the end").toBe(true);
  await page.keyboard.press("Enter");
}

async function openProblems(page: Page): Promise<Locator> {
  const problems = page.getByRole("region", { name: "Problems" });
  await problems.getByRole("button", { expanded: false }).click();
  return problems;
}

test("a half-typed pill stays as typed, with the nearest name as its mend", async ({
  page,
  host,
}) => {
  const instructions = await openRefunds(page, host.url);
  await newLine(page, instructions);
  await page.keyboard.type("Tell the customer that we look for {ord");
  await page.keyboard.press("Escape");
  await expect(saved(page)).toBeVisible();
  await page.reload();
  await expect(instructions, "nothing is lost").toContainText("we look for {ord");
  const problem = (await openProblems(page))
    .getByRole("listitem")
    .filter({ hasText: "“{ord” is not finished" });
  await expect(problem).toContainText("Nearest: {order_number}");
  await accessible(page, "a half-typed pill");
  await picture(page, "half-typed-pill");
  await problem.getByRole("button", { name: "Use {order_number}" }).click();
  await expect(problem).toBeHidden();
  await expect(
    instructions.locator("[data-pill], .pill").filter({ hasText: "order number" }).last(),
  ).toBeVisible();
});

test("200,000 characters are taken in, saved, and said to be too many", async ({ page, host }) => {
  test.slow();
  // Looking for words in so many would take longer than reading them.
  const kept = page.locator("[data-saving=saved]");
  const instructions = await openRefunds(page, host.url);
  await newLine(page, instructions);
  const sentence = "If the order is older than 40 days, tell the customer that it is too old.\n";
  const long = sentence.repeat(Math.ceil(200_000 / sentence.length)).slice(0, 200_000);
  await instructions.evaluate((element, text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    element.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, long);
  await expect(kept).toBeVisible({ timeout: 80_000 });
  await page.keyboard.type("More.");
  await expect(kept).toBeVisible({ timeout: 80_000 });
  const problems = await openProblems(page);
  await expect(problems).toContainText("Blocks of up to ten are easier to keep right");
  await picture(page, "too-long");
  await page.reload();
  await expect(instructions).toContainText("Look up the order", { timeout: 80_000 });
  expect((await instructions.textContent())?.length).toBeGreaterThan(195_000);
});

test("emoji and text from right to left are kept to the letter", async ({ page, host }) => {
  const instructions = await openRefunds(page, host.url);
  await newLine(page, instructions);
  const words = "Tell the customer “שלום, ההזמנה שלך 👩‍👩‍👧‍👦 בדרך 🚚 مرحبا”.";
  await page.keyboard.insertText(words);
  const title = page.getByRole("textbox", { name: "Title" });
  await title.fill("החזר כספי 🧾 استرداد");
  await expect(saved(page)).toBeVisible();
  await page.reload();
  await expect(title).toHaveValue("החזר כספי 🧾 استرداد");
  await expect(instructions).toContainText(words);
  await picture(page, "right-to-left");
  // A customer writes so, too.
  const message = page.getByRole("textbox", { name: "Message as the customer" });
  await message.fill("אני רוצה החזר 😡 refund for order 4512");
  await message.press("Enter");
  await expect(page.getByRole("log", { name: "Chat" })).toContainText(
    "אני רוצה החזר 😡 refund for order 4512",
  );
});

test("an empty task opens, says what is missing, and cannot be published", async ({
  page,
  host,
}) => {
  await page.goto(host.url);
  await page.getByRole("button", { name: "New task" }).click();
  await expect(page.getByRole("textbox", { name: "Instructions" })).toBeVisible();
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(
    page.getByText("3 problems to solve before this can be published").first(),
  ).toBeVisible();
  const problems = page.getByRole("region", { name: "Problems" });
  for (const missing of ["no title", "Nothing says when", "does nothing yet"])
    await expect(problems).toContainText(missing);
  await accessible(page, "an empty task");
  await picture(page, "empty-task");
  // A draft with problems can be tried all the same.
  const message = page.getByRole("textbox", { name: "Message as the customer" });
  await message.fill("Hello?");
  await message.press("Enter");
  await expect(page.getByRole("log", { name: "Chat" })).toContainText("Hello?");
});

test("a damaged bundle is refused with the reason, and nothing is written", async ({
  page,
  host,
}) => {
  await page.goto(host.url);
  const tasks = page.getByRole("link", { name: /Refund|Change personal|troubleshooting/i });
  await expect(tasks).toHaveCount(3);
  await page.getByRole("button", { name: "Export" }).click();
  const download = page.waitForEvent("download");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Export/ })
    .click();
  const file = await (await download).path();
  await page.keyboard.press("Escape");
  const whole = readFileSync(file);
  const cut = whole.subarray(0, whole.length / 2);
  const turned = Buffer.from(whole);
  turned.fill(0x58, 200, 260);
  for (const [name, buffer, reason] of [
    ["cut", cut, "The zip archive is damaged"],
    ["turned", turned, "is damaged"],
    ["no-bundle", Buffer.from("hello"), "This is not a .taskbundle file"],
  ] as const) {
    await page.getByRole("button", { name: "Import" }).click();
    const chosen = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Choose a file…" }).click();
    await (
      await chosen
    ).setFiles({ name: `${name}.taskbundle`, mimeType: "application/octet-stream", buffer });
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("alert")).toContainText(reason);
    await accessible(page, "a refused bundle");
    await picture(page, `refused-${name}`);
    await page.keyboard.press("Escape");
  }
  await expect(tasks).toHaveCount(3);
});

// Looking at a task in other ways: its outline as a list and as a diagram, a page for a colleague, and a condition as
// words and as a form.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { accessible, expect, moveCaret, picture, test } from "./host";

async function openRefunds(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole("link", { name: /Refund or cancel an order/ }).click();
  await expect(page.getByRole("textbox", { name: "Instructions: Refund" })).toBeVisible();
}

/** The words that the text shows as chosen; a pill parts them. */
const shown = (page: Page) => page.locator(".sentence-shown");

test("an admin reads the outline, walks it, and comes from it to the text and back", async ({
  page,
  host,
}) => {
  await openRefunds(page, host.url);
  await page.getByRole("button", { name: "Outline", exact: true }).click();
  const steps = page.getByRole("tree", { name: "Steps" });
  await expect(steps).toContainText("If the order's ordered date is more than 40 days ago");
  await expect(page.getByRole("tree", { name: "Rules" })).toContainText(
    "Refund order never runs if",
  );
  await accessible(page, "the outline as a list");

  // From the list to the text, by mouse and by keys.
  await steps.getByRole("treeitem", { name: "Runs Get order" }).click();
  await expect(shown(page)).toHaveText("Look up the order with the order number");
  await page.keyboard.press("ArrowDown");
  await expect(shown(page)).toHaveText("If the order is older than 40 days");
  await page.keyboard.press("ArrowRight");
  await expect(shown(page)).toHaveText("tell the customer that we refund orders for 40 days only");
  await picture(page, "outline-list");
  await page.keyboard.press("Enter");
  const first = page.getByRole("textbox", { name: "Instructions: Look up the order" });
  await expect(first).toBeFocused();

  // And from the text to the list: the caret goes, the outline follows.
  const refund = page.getByRole("textbox", { name: "Instructions: Refund" });
  await refund.getByText("Ask which kind of refund they want.").click();
  await expect(steps.getByRole("treeitem", { selected: true })).toHaveText(
    "Asks for the kind of refund",
  );

  // What is written shows up as it is written.
  await moveCaret(page, "End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Sort things out as appropriate.");
  const unclear = steps.getByRole("treeitem", { name: /Sort things out as appropriate/ });
  await expect(unclear).toContainText("was not understood");

  // The same as a picture.
  await page.getByRole("radio", { name: "Diagram" }).click();
  const diagram = page.getByRole("application", { name: "Outline as a diagram" });
  await expect(diagram.locator("[data-plan]").first()).toBeVisible();
  await accessible(page, "the outline as a diagram");
  await page.getByRole("button", { name: "Show all of it" }).click();
  await picture(page, "outline-diagram");
  await diagram.focus();
  await page.keyboard.press("0");
  const scale = () => diagram.locator("svg > g").first().getAttribute("transform");
  const before = await scale();
  await page.keyboard.press("+");
  await expect.poll(scale).not.toBe(before);
  await page.keyboard.press("0");
  await expect.poll(scale).toBe(before);
  const box = await diagram.boundingBox();
  if (!box) throw new Error("the diagram has no place");
  await page.mouse.move(box.x + box.width / 2, box.y + 20);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -240);
  await page.keyboard.up("Control");
  await expect.poll(scale).not.toBe(before);
  await page.getByRole("button", { name: "Show all of it" }).click();
  await diagram.locator("[data-plan]").filter({ hasText: "Cancel order" }).last().click();
  await expect(shown(page)).toHaveText("then cancel the order");

  // One block only, in half a window, in the dark.
  await page.getByRole("radio", { name: "This block" }).click();
  await expect(diagram).not.toContainText("Sort things out");
  await page.setViewportSize({ width: 420, height: 800 });
  await page.emulateMedia({ colorScheme: "dark" });
  await picture(page, "outline-narrow-dark");
  await accessible(page, "the outline in half a window");
  await page.getByRole("button", { name: "Close the outline" }).click();
  await expect(diagram).toBeHidden();
});

test("an admin hands a page on to a colleague", async ({ page, host, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openRefunds(page, host.url);
  await page
    .getByRole("textbox", { name: "Title" })
    .fill("Refunds <script>alert(1)</script> & more");
  await page.getByRole("button", { name: "Explain", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Explain this task" });
  const article = dialog.getByRole("article", { name: "The page" });
  await expect(article.getByRole("heading", { level: 1 })).toHaveText(
    "Refunds <script>alert(1)</script> & more",
  );
  await expect(article).toContainText("If the order's status is processing:");
  await expect(article).toContainText("Runs Refund order (changes data)");
  await accessible(page, "the page for a colleague");
  await picture(page, "explain");

  await dialog.getByRole("button", { name: "Copy as Markdown" }).click();
  await expect(page.getByText("Copied as Markdown")).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain("# Refunds \\<script\\>alert(1)\\</script\\> \\& more");

  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Save as…" }).click();
  await page.getByRole("menuitem", { name: /HTML/ }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toMatch(/^refunds.*\.html$/);
  const html = readFileSync(await saved.path(), "utf8");
  expect(html).not.toContain("<script>");
  expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");

  // On paper there is the page, and nothing of the program around it.
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".print-page")).toBeVisible();
  await expect(dialog).toBeHidden();
  await picture(page, "explain-print");
});

test("an admin changes a condition in a form, and the words in the text follow", async ({
  page,
  host,
}) => {
  await openRefunds(page, host.url);
  const text = page.getByRole("textbox", { name: "Instructions: Look up the order" });
  await page.getByRole("button", { name: /^checks: If the order's ordered date/ }).click();
  const card = page.getByRole("dialog", { name: "Checks" });
  const words = card.getByRole("textbox", { name: "Condition in words" });
  await expect(words).toHaveValue("the order's ordered date is more than 40 days ago");

  // As a form.
  await card.getByRole("button", { name: "As a form" }).click();
  await card.getByRole("spinbutton").fill("30");
  await expect(words).toHaveValue("the order's ordered date is more than 30 days ago");
  // As words.
  await words.fill("the order is older than 30 days and the order's status is not delivered");
  await expect(card.getByRole("button", { name: "Remove this part" })).toHaveCount(2);
  await accessible(page, "the condition of a sentence");
  await picture(page, "condition-form");
  // Nonsense changes nothing.
  await words.fill("the moon is full");
  await expect(card.getByText(/The condition below stays as it was/)).toBeVisible();
  await expect(card.getByRole("button", { name: "Remove this part" })).toHaveCount(2);
  await words.fill("the order is older than 30 days and the order's status is not delivered");
  await expect(card.getByText(/The condition below stays as it was/)).toBeHidden();

  await card.getByRole("button", { name: "Write it into the sentence" }).click();
  await expect(card).toBeHidden();
  await expect(text).toContainText(
    "If the order's ordered date is more than 30 days ago and the order's status is not delivered, tell the customer",
  );
  await expect(
    page.getByRole("button", { name: /^checks: If the order's ordered date is more than 30 days/ }),
  ).toBeVisible();
  await page.getByRole("button", { name: "Undo", exact: true }).last().click();
  await expect(text).toContainText("If the order is older than 40 days, tell the customer");

  // A branch block takes words as well.
  await page.getByRole("button", { name: "Add block" }).last().click();
  await page.getByRole("menuitem", { name: /^Branch/ }).click();
  const way = page.getByRole("textbox", { name: "Condition in words" });
  await way.fill("the order's total is more than 100 EUR");
  await expect(page.getByRole("textbox", { name: "Amount" })).toHaveValue("100");
  await page.getByRole("textbox", { name: "Amount" }).fill("250");
  await expect(way).toHaveValue("the order's total is more than 250 EUR");
  await picture(page, "branch-words");
});

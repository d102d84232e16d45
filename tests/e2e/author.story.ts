// The main job from end to end: open a sample, change an instruction, try it as a customer, read why, export, import.
import { readFileSync } from "node:fs";
import { accessible, expect, moveCaret, picture, test } from "./host";

test("an admin changes a task, rehearses it, reads why, exports it and imports it again", async ({
  page,
  host,
}) => {
  await page.goto(host.url);
  await expect(page.getByRole("link", { name: /Refund or cancel an order/ })).toBeVisible();
  await accessible(page, "the list of tasks");
  await picture(page, "tasks");

  await page.getByRole("link", { name: /Refund or cancel an order/ }).click();
  const instructions = page.getByRole("textbox", { name: "Instructions: Look up the order" });
  await expect(instructions).toContainText("older than 40 days");

  // An edit is read while it is typed, saved by itself, and can be undone.
  await instructions.getByText("Look up the order with the order number.").click();
  await moveCaret(page, "End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("If the order is older than 5 days, add the tag five-days.");
  await expect(
    page.getByRole("button", { name: /ordered date is more than 5 days ago/ }),
  ).toBeVisible();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await accessible(page, "the editor");
  await picture(page, "editor");

  // The customer's side.
  const message = page.getByRole("textbox", { name: "Message as the customer" });
  const chat = page.getByRole("log", { name: "Chat" });
  await message.fill("Hi, I want a full refund for order 4512");
  await message.press("Enter");
  await expect(chat).toContainText("79.00 EUR");
  await message.fill("yes please");
  await message.press("Enter");
  await expect(chat).toContainText("is on its way");
  await picture(page, "preview");

  // Why it did so.
  await page.getByRole("radio", { name: "Log" }).click();
  await page.getByRole("button", { name: "Show all" }).click();
  const log = page.getByRole("complementary", { name: "Preview" });
  await expect(log).toContainText("more than 5 days ago");
  await expect(log).toContainText("five-days");
  await expect(log).toContainText("Refund order");
  await accessible(page, "the event log");
  await picture(page, "event-log");
  await page.getByRole("radio", { name: "Values" }).click();
  await expect(log).toContainText(/order number/i);
  await picture(page, "values");

  // Which task a message starts, and how well the tasks are told apart.
  await page.getByRole("button", { name: "Which task starts?" }).click();
  const lab = page.getByRole("region", { name: "Which task starts?" });
  await expect(lab.getByRole("textbox")).toBeFocused();
  await page.keyboard.type("I want a refund for my order");
  await expect(lab).toContainText("Starts this task");
  await expect(lab.getByRole("list", { name: "Tasks that came close" })).toBeVisible();
  await accessible(page, "which task starts");
  await picture(page, "which-task-starts");
  await lab.getByRole("tab", { name: /Mix-ups/ }).click();
  await expect(lab.getByRole("table")).toContainText("Refund or cancel an order");
  await accessible(page, "the mix-ups");
  await picture(page, "mix-ups");
  await lab.getByRole("button", { name: "Close “Which task starts?”" }).click();

  // Out, and in again unchanged.
  await page.getByRole("link", { name: "Tasks", exact: true }).click();
  await page.getByRole("button", { name: "Export" }).click();
  await accessible(page, "the export dialog");
  const download = page.waitForEvent("download");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Export/ })
    .click();
  const saved = await download;
  expect(saved.suggestedFilename()).toMatch(/\.taskbundle$/);
  const path = await saved.path();
  expect(readFileSync(path).subarray(0, 2).toString()).toBe("PK");

  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Import" }).click();
  const chosen = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Choose a file…" }).click();
  await (
    await chosen
  ).setFiles({
    name: saved.suggestedFilename(),
    mimeType: "application/octet-stream",
    buffer: readFileSync(path),
  });
  const dialog = page.getByRole("dialog", { name: /^Import/ });
  await expect(dialog).toContainText("Already here, the same");
  await expect(dialog.getByRole("button", { name: "Nothing to import" })).toBeDisabled();
  await expect(dialog).not.toContainText("conflict");
  await picture(page, "import");
});

test("what was saved is there after the program was killed", async ({ page, host, folder }) => {
  await page.goto(host.url);
  await page.getByRole("button", { name: "New task" }).click();
  const title = page.getByRole("textbox", { name: "Title" });
  await title.fill("Find a lost parcel 📦 שלום");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await host.stop("SIGKILL");
  const { BrowserHost } = await import("./host");
  const again = await BrowserHost.start(host.data);
  await page.goto(again.url);
  await expect(page.getByRole("link", { name: /Find a lost parcel 📦 שלום/ })).toBeVisible();
  await again.stop();
  expect(folder).toBeTruthy();
});

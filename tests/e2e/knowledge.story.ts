// Articles: brought in from a folder, written, tried with questions, and taken back.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { accessible, expect, picture, test } from "./host";

const shop = fileURLToPath(new URL("../knowledge/articles", import.meta.url));

test("a folder of articles answers questions with its own words, and says what it does not know", async ({
  page,
  host,
}) => {
  await page.goto(host.url);
  await page.getByRole("link", { name: "Knowledge" }).click();
  await expect(page.getByText("Write down what customers ask")).toBeVisible();
  await accessible(page, "a workspace without articles");
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Import a folder" }).click();
  await (await chooser).setFiles(shop);
  await expect(page.getByText("40 articles made")).toBeVisible();
  const list = page.getByRole("navigation", { name: "Articles" });
  await expect(list.getByRole("link", { name: /Cancelling an order/ })).toBeVisible();

  const question = page.getByRole("textbox", { name: "Question of a customer" });
  await question.fill("I can't remember my password");
  const answer = page.getByRole("region", { name: "What would be answered" });
  await expect(answer).toContainText("a link that works for 30 minutes");
  await expect(answer.getByRole("link", { name: "Forgotten password" })).toBeVisible();
  const passages = page.getByRole("region", { name: "Passages that came closest" });
  await expect(passages.getByRole("listitem").first()).toContainText(
    /Meaning \d+ %, words \d+ %\. Its text speaks of it by \d+ %/,
  );
  await expect(page.getByText(/What counted:.*password/)).toBeVisible();
  await accessible(page, "a question that is answered");
  await picture(page, "knowledge-answer");

  await question.fill("What is the capital of Portugal?");
  await expect(answer).toContainText("It could not be found");
  await expect(answer).toContainText("offered a person");
  await accessible(page, "a question that is not answered");
  await picture(page, "knowledge-nothing");
});

test("an article is written, shown as its readers see it, undone, deleted and brought back", async ({
  page,
  host,
}) => {
  await page.goto(host.url);
  await page.getByRole("link", { name: "Knowledge" }).click();
  await page.getByRole("button", { name: "New article" }).first().click();
  const title = page.getByRole("textbox", { name: "Title of the article" });
  await title.fill("Parking");
  const text = page.getByRole("textbox", { name: "Text of the article, in Markdown" });
  await text.fill(
    "You may leave your car in the **yard**.\n\n## On market days\n\n1. Drive in by the mill gate\n2. Take a ticket\n\n<script>alert(1)</script>\n",
  );
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.getByRole("radio", { name: "Preview" }).click();
  const preview = page.getByRole("region", { name: "Preview" });
  await expect(preview.getByRole("heading", { name: "On market days" })).toBeVisible();
  await expect(preview.getByRole("listitem").first()).toHaveText("Drive in by the mill gate");
  await expect(preview).not.toContainText("alert");
  await page.getByRole("button", { name: /How it is searched/ }).click();
  await expect(page.getByText("It is cut at headings")).toBeVisible();
  await accessible(page, "an article that is read");
  await picture(page, "knowledge-article");

  await page.getByRole("radio", { name: "Write" }).click();
  await text.fill("Nothing at all.");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await title.click();
  await page.keyboard.press("Control+z");
  await expect(text).toHaveValue(/You may leave your car/);
  await page.keyboard.press("Control+Shift+z");
  await expect(text).toHaveValue("Nothing at all.");

  await page.getByRole("button", { name: "Delete the article" }).click();
  await expect(page.getByText("Deleted “Parking”")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("link", { name: /Parking/ })).toBeVisible();
});

test("files are dropped on the page, brought up to date by the same title, and what is no article is named", async ({
  page,
  host,
  folder,
}) => {
  await page.goto(host.url);
  await page.getByRole("link", { name: "Knowledge" }).click();
  await expect(page.getByText("Write down what customers ask")).toBeVisible();
  const drop = async (files: [string, string][]) => {
    const dropped = await page.evaluateHandle((given) => {
      const data = new DataTransfer();
      for (const [name, content] of given) data.items.add(new File([content], name));
      return data;
    }, files);
    const place = page.getByRole("heading", { name: "Knowledge", exact: true });
    await place.dispatchEvent("dragover", { dataTransfer: dropped });
    await expect(page.getByText("Drop to import as articles")).toBeVisible();
    await place.dispatchEvent("drop", { dataTransfer: dropped });
  };
  await drop([
    ["returns.md", "# Returns\n\nSend it back within ten days."],
    ["hours.html", "<title>Hours</title><main><h1>Hours</h1><p>We open at <b>nine</b>.</p></main>"],
    ["price.pdf", "%PDF-1.4"],
  ]);
  const list = page.getByRole("navigation", { name: "Articles" });
  await expect(list.getByRole("link", { name: /Returns/ })).toContainText("within ten days");
  await expect(list.getByRole("link", { name: /Hours/ })).toContainText("We open at nine.");
  const left = page.getByRole("region", { name: "Files that were left out" });
  await expect(left).toContainText("price.pdf was left out. It is none of .md, .txt and .html.");
  await accessible(page, "files that were left out");
  await left.getByRole("button", { name: "I have seen it" }).click();
  await expect(left).toHaveCount(0);

  // The same title once more, from a file that was chosen: the article is brought up to date, and Undo takes that back.
  const inside = join(folder, "files");
  mkdirSync(inside);
  writeFileSync(join(inside, "new.md"), "# Returns\n\nSend it back within thirty days.");
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Import files" }).click();
  await (await chooser).setFiles(join(inside, "new.md"));
  const text = page.getByRole("textbox", { name: "Text of the article, in Markdown" });
  await expect(text).toHaveValue("Send it back within thirty days.");
  await expect(page.getByText("1 brought up to date")).toBeVisible();
  // The newest notice stands first; the one of the drop offers Undo as well.
  await page.getByRole("button", { name: "Undo" }).first().click();
  await expect(list.getByRole("link", { name: /Returns/ })).toContainText("within ten days");
});

// The main job in the real window: open a sample, change an instruction, rehearse it, read why, export, import, reopen.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { freshFolder, openDisplay, openWindow } from "./window.mjs";

let display;
before(async () => {
  display = await openDisplay();
});
after(() => display?.close());

test("an admin changes a task, rehearses it, exports it, imports it again and finds all of it later", async () => {
  const folder = freshFolder();
  const bundle = join(folder.path, "out.taskbundle");
  const env = { TASKWRIGHT_TEST_SAVE: bundle, TASKWRIGHT_TEST_PICK: bundle };
  let window = await openWindow({ display, folder: folder.path, env });
  try {
    assert.equal(window.browserName, "wry", "it is the program's own window");
    await window.press("link", /Refund or cancel an order/);
    const instructions = await window.find("textbox", /^Instructions: Look up the order/);
    await window.shows("older than 40 days");
    await window.click(instructions);
    await window.run(() => {
      const editor = document.querySelector('[aria-label^="Instructions: Look up the order"]');
      editor.focus();
      getSelection().selectAllChildren(editor);
      getSelection().collapseToEnd();
    });
    await window.type(
      instructions,
      "\uE007If the order is older than 5 days, add the tag five-days.",
    );
    await window.shows("If the order is older than 5 days");
    await window.find("button", /ordered date is more than 5 days ago/);
    await window.shows("Saved");
    await window.screenshot("editor");

    const message = await window.find("textbox", "Message as the customer");
    await window.type(message, "Hi, I want a full refund for order 4512\uE007");
    await window.shows("79.00 EUR");
    await window.type(message, "yes please\uE007");
    await window.shows("is on its way");
    await window.press("radio", "Log");
    await window.shows("Refund order");
    await window.screenshot("event-log");

    await window.press("link", "Tasks");
    await window.press("button", "Export");
    await window.press("button", /^Export \d|^Export$|^Export (one|1|the)/);
    await window.shows(/Exported/);
    assert.equal(readFileSync(bundle).subarray(0, 2).toString(), "PK", "a bundle was written");
    await window.press("button", "Import");
    await window.press("button", /Choose a file/);
    await window.shows("Nothing to import");
    await window.screenshot("import");
    await window.close();

    window = await openWindow({ display, folder: folder.path });
    await window.press("link", /Refund or cancel an order/);
    await window.shows("If the order is older than 5 days");
    await window.screenshot("reopened");
  } finally {
    await window.close();
    folder.remove();
  }
});

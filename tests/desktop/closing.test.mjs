// The window's close button: it quits, but not while a conversation waits for another system, unless the person agrees.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { freshFolder, openDisplay, openWindow } from "./window.mjs";

let display;
before(async () => {
  display = await openDisplay();
});
after(() => display?.close());

test("the close button quits, and says first what will pause", async () => {
  const folder = freshFolder();
  const open = (answer) =>
    openWindow({ display, folder: folder.path, env: { TASKWRIGHT_TEST_QUIT: answer } });
  let window = await open("no");
  try {
    await window.shows("Change personal details");
    await window.pressCloseButton();
    await window.gone();
    assert.doesNotMatch(window.said(), /waits? for/, "nothing waits, so nothing is asked");
    await window.close();

    window = await open("no");
    await window.press("link", /Change personal details/);
    const message = await window.find("textbox", "Message as the customer");
    await window.type(message, "Please update my address\uE007");
    await window.shows("e-mail address");
    await window.type(message, "maya.lindqvist@example.com\uE007");
    await window.find("button", "Send the example request");
    await window.pressCloseButton();
    await window.says("One conversation waits");
    assert.match(window.said(), /it pauses/, "it says what quitting means");
    assert.match(window.said(), /taskwright serve/, "it names the way to keep it going");
    await window.find("button", "Send the example request");
    await window.close();

    window = await open("yes");
    await window.shows("Change personal details");
    await window.pressCloseButton();
    await window.gone();
    assert.match(window.said(), /One conversation waits/, "the wait outlived the restart");
  } finally {
    await window.close();
    folder.remove();
  }
});

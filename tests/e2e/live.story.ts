// A sample against the real little shop: connect it on one screen, refund, and see the change made once.
import type { Page } from "@playwright/test";
import { accessible, expect, picture, shop, test } from "./host";

/** Confirms where the live system lies: on this machine, which wants a yes of its own. */
async function confirm(page: Page, url: string) {
  await page.getByRole("textbox", { name: "Live system" }).fill(url);
  const button = page.getByRole("button", { name: /^Confirm for/ });
  await button.click();
  await page.getByRole("checkbox", { name: /live system is inside our own network/ }).check();
  await button.click();
  await expect(page.getByText(url).first()).toBeVisible();
}

test("an admin connects the shop and refunds an order for real, once", async ({ page, host }) => {
  const { url, stop } = await shop();
  try {
    await page.goto(host.url);
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("link", { name: "Connections" }).click();
    const live = page.getByRole("textbox", { name: "Live system" });
    await live.fill("shop at the corner");
    await page.getByRole("button", { name: /^Confirm for/ }).click();
    await expect(page.getByText(/is no web address/)).toBeVisible();
    await confirm(page, url);
    await accessible(page, "the connections");
    await picture(page, "connections");

    await page.getByRole("link", { name: "Tasks", exact: true }).click();
    await page.getByRole("link", { name: /Refund or cancel an order/ }).click();
    await page.getByRole("combobox", { name: "Where actions go" }).click();
    await page.getByRole("option", { name: /changed for real/ }).click();
    const message = page.getByRole("textbox", { name: "Message as the customer" });
    const chat = page.getByRole("log", { name: "Chat" });
    for (const [text, reply] of [
      ["I want a full refund for order 4512", /79\.00/],
      ["yes please", /is on its way/],
    ] as const) {
      await message.fill(text);
      await message.press("Enter");
      await expect(chat).toContainText(reply);
    }
    const answer = await fetch(`${url}/ledger/count?kind=refund_issued`);
    expect(await answer.json()).toEqual({ count: 1 });
  } finally {
    stop();
  }
});

test("one action calls the shop while the others answer with samples", async ({ page, host }) => {
  const { url, stop } = await shop();
  try {
    await page.goto(host.url);
    await page.goto(`${new URL(host.url).origin}/#/settings/connections`);
    await confirm(page, url);

    await page.getByRole("link", { name: "Tasks", exact: true }).click();
    await page.getByRole("link", { name: /Refund or cancel an order/ }).click();
    const message = page.getByRole("textbox", { name: "Message as the customer" });
    const chat = page.getByRole("log", { name: "Chat" });
    await message.fill("I want a full refund");
    await message.press("Enter");
    await expect(chat).toContainText(/order number/i);

    // The chat runs; from the next step on one action is called for real, and the screen says so.
    await page.getByRole("button", { name: "What each action answers" }).click();
    await page.getByRole("combobox", { name: "What Get order answers" }).click();
    await page.getByRole("option", { name: /^Real system/ }).click();
    await expect(page.getByRole("alert")).toContainText("The real system is asked");
    await accessible(page, "the answers of each action");
    await picture(page, "answers-of-actions");
    await page.keyboard.press("Escape");
    await message.fill("4512");
    await message.press("Enter");
    await expect(chat).toContainText(/79\.00/);
    await message.fill("yes please");
    await message.press("Enter");
    await expect(chat).toContainText(/is on its way/);

    await page.getByRole("radio", { name: "Log" }).click();
    const log = page.getByRole("log", { name: "Event log" });
    await log.press("Home");
    await expect(log).toContainText("Get order calls the real system from here on");
    await expect(log).toContainText("Runs Get order (real system)");
    await log.press("End");
    await expect(log).toContainText("Runs Refund order (sample answer)");
    const answer = await fetch(`${url}/ledger/count?kind=refund_issued`);
    expect(await answer.json(), "the refund was a sample").toEqual({ count: 0 });

    // A new chat never begins on the real system.
    await page.getByRole("button", { name: "Start again" }).click();
    await expect(page.getByRole("alert")).toBeHidden();
  } finally {
    stop();
  }
});

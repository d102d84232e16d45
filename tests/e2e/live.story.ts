// A sample against the real little shop: connect it on one screen, refund, and see the change made once.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join, dirname } from "node:path";
import { accessible, expect, picture, program, test } from "./host";

/** A running demo service; its address stands in its first line. */
async function shop(): Promise<{ url: string; stop: () => void }> {
  const child = spawn(join(dirname(program), "demo-service"), ["--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const found = /http:\/\/[\d.:]+/.exec(line);
      if (found) resolve(found[0]);
    });
    child.on("exit", (code) => reject(new Error(`the shop ended with ${code}`)));
  });
  return { url, stop: () => child.kill() };
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
    await live.fill(url);
    await page.getByRole("button", { name: /^Confirm for/ }).click();
    await expect(page.getByText(url).first()).toBeVisible();
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

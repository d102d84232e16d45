// The channel as an admin sees it: what does not arrive waits, says why, and is sent again.
import { accessible, expect, picture, test } from "./host";

test("what does not arrive waits in the queue and is sent again", async ({ page, host }) => {
  await page.goto(host.url);
  await page.getByRole("link", { name: "Channel" }).click();
  await page.getByRole("switch").first().click();
  const keyCard = page.getByRole("region", { name: "Key" });
  const key = (await keyCard.locator("code").first().textContent())!;
  await page.getByRole("textbox", { name: "Callback URL" }).fill("not an address");
  await page.getByRole("button", { name: "Save the address" }).click();
  await expect(page.getByText(/is no web address/)).toBeVisible();
  await page.getByRole("textbox", { name: "Callback URL" }).fill("http://127.0.0.1:9/nobody");
  await page.getByRole("button", { name: "Save the address" }).click();
  await expect(page.getByText("It is on this computer or in its network.")).toBeVisible();
  await page.getByRole("button", { name: "Send test event" }).click();
  await expect(page.getByText(/nothing listens at its address/).first()).toBeVisible();

  const base = await page.getByRole("textbox", { name: "Base URL" }).inputValue();
  for (const [call, more] of [
    ["notify_new_conversation", {}],
    ["notify_new_message", { body: "hello" }],
  ] as const) {
    const answer = await fetch(`${base}/custom_channel_events/${call}`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({
        event_id: call,
        external_conversation_id: "order-question-1",
        contact: { type: "lead", external_id: "visitor" },
        ...more,
      }),
    });
    expect(answer.status).toBe(200);
  }
  const queue = page.getByRole("region", { name: "Queue" });
  await expect(queue.getByText("order-question-1").first()).toBeVisible();
  await expect(queue.getByText(/Tried/).first()).toBeVisible();
  await accessible(page, "a queue that waits");
  await picture(page, "channel-queue");
  await queue.getByRole("button", { name: "Resend" }).first().click();
  await expect(page.getByText("It is sent now")).toBeVisible();
  await keyCard.getByRole("button", { name: "Replace the key" }).click();
  await page.getByRole("button", { name: "Replace it" }).click();
  await expect(keyCard.locator("code").first()).not.toHaveText(key);
});

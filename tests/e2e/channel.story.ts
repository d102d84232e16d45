// A product on the channel: an admin turns it on and gives engineers what they need; a customer talks in the product's own page.
import { accessible, expect, picture, test } from "./host";
import { customerOf, pictures, product as shop, write } from "./product";

test("an admin turns the channel on, and a customer talks in the product's own page", async ({
  page,
  host,
}) => {
  await page.goto(host.url);
  await page.getByRole("link", { name: "Channel" }).click();
  await expect(page.getByText("There is none yet.")).toBeVisible();
  await accessible(page, "a channel that is off");
  await pictures(page, "channel-off");

  await page.getByRole("switch").first().click();
  await expect(page.getByText("The channel is on")).toBeVisible();
  const keyCard = page.getByRole("region", { name: "Key" });
  const key = (await keyCard.locator("code").first().textContent())!;
  expect(key).toMatch(/^twk_[0-9a-f]{64}$/);
  await expect(page.getByText(/Works only on this computer/)).toBeVisible();
  await page.getByRole("combobox", { name: "Its conversations reach" }).click();
  await page.getByRole("option", { name: /^Sample answers/ }).click();
  await expect(page.getByRole("combobox", { name: "Its conversations reach" })).toContainText(
    "Sample answers",
  );
  await page.getByRole("button", { name: "Show the signing secret" }).click();
  const told = page.getByRole("region", { name: "Where your app is told" });
  await expect(told.locator("code").first()).toHaveText(/^tws_/);
  const secret = (await told.locator("code").first().textContent())!;
  await expect(page.getByRole("textbox", { name: "Base URL" })).toHaveValue(/^http:\/\/127/);
  const base = await page.getByRole("textbox", { name: "Base URL" }).inputValue();

  const product = await shop(base, key, secret);
  try {
    await page.getByRole("textbox", { name: "Callback URL" }).fill(product.callback);
    await page.getByRole("button", { name: "Save the address" }).click();
    await expect(page.getByText("It is on this computer or in its network.")).toBeVisible();
    await page.getByRole("button", { name: "Send test event" }).click();
    await expect(page.getByText("The test event has arrived.")).toBeVisible();

    const customer = await customerOf(page, product, "first");
    const chat = customer.getByRole("log", { name: "Conversation" });
    await write(customer, "hello");
    await expect(chat.locator(".theirs").first()).toBeVisible();
    await expect(chat.locator(".typing")).toHaveCount(0);
    await write(customer, "I want to talk to a person");
    await expect(customer.getByRole("status")).toHaveText("A person takes over");
    const colleagues = customer.getByRole("list", { name: "For colleagues" });
    await expect(colleagues).toContainText("the customer asked for a person");
    await expect(chat, "a note is never shown to the customer").not.toContainText(
      "asked for a person",
    );
    await accessible(customer, "the page of the shop");
    await picture(customer, "channel-shop");
    await customer.close();

    await keyCard.getByRole("button", { name: "I have copied it" }).click();
    await expect(keyCard).toContainText(`Ends in ${key.slice(-4)}`);
    const traffic = page.getByRole("list", { name: "Traffic" });
    for (const what of ["notify_new_conversation", "notify_new_message", "typing", "new_note"])
      await expect(traffic).toContainText(what);
    await traffic.getByRole("button", { name: /new_note/ }).click();
    await expect(traffic).toContainText('"event_type": "new_note"');
    await expect(page.getByText("Your app was told everything.")).toBeVisible();
    await accessible(page, "a channel that is on");
    await pictures(page, "channel-on");
  } finally {
    product.stop();
  }
});

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

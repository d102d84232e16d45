// An action from a pasted curl command: tried on a real service, its fields picked, a sample kept, and a preview on it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, expect, picture, test } from "./host";

interface Seen {
  line: string;
  channel: string | undefined;
}

/** A service with one kind of order; it writes down what it was asked. */
async function service(): Promise<{ url: string; seen: Seen[]; stop: () => void }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const { "x-channel": channel } = request.headers;
    seen.push({ line: `${request.method} ${request.url}`, channel: String(channel ?? "") });
    const id = /\/orders\/(\w+)(?:\?|$)/.exec(request.url ?? "")?.[1];
    response.setHeader("Content-Type", "application/json");
    if (id === "9999") {
      response.statusCode = 404;
      response.end('{"error": "unknown"}');
      return;
    }
    response.end(
      JSON.stringify({
        orderNumber: id,
        status: "shipped",
        placedOn: "2026-11-02",
        customer: { email: "ada@example.com" },
        lines: [
          { sku: "AB-1", title: "Lamp", quantity: 2 },
          { sku: "CD-2", title: "Bulb", quantity: 4 },
        ],
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, seen, stop: () => server.close() };
}

test("a pasted curl command becomes an action that is tried, shaped and rehearsed", async ({
  page,
  host,
}) => {
  const { url, seen, stop } = await service();
  try {
    await page.goto(host.url);
    await page.getByRole("link", { name: "Actions" }).click();
    await expect(page.getByRole("button", { name: "New action" })).toBeVisible();
    await page.getByRole("button", { name: "Import" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Paste the command").fill("wget http://example.com");
    await dialog.getByRole("button", { name: "See what comes of it" }).click();
    await expect(dialog.getByRole("alert")).toContainText("This is no curl command");
    await dialog
      .getByLabel("Paste the command")
      .fill(`curl -s '${url}/v1/orders/4512?notify=true' \\\n  -H 'X-Channel: support' -k | jq .`);
    await dialog.getByRole("button", { name: "See what comes of it" }).click();
    await expect(dialog).toContainText("certificates are always checked");
    await expect(dialog.getByLabel("Name")).toHaveValue("Get order");
    await dialog.getByLabel("Name").fill("Find purchase");
    await dialog.getByRole("checkbox", { name: /in our own network/ }).click();
    await accessible(page, "an import that is looked at");
    await picture(page, "actions-import");
    await dialog.getByRole("button", { name: "Make 1 action" }).click();
    await expect(page.getByLabel("Name of the action")).toHaveValue("Find purchase");

    const card = page.getByRole("region", { name: "Try it" });
    await expect(card.getByLabel("Order id")).toHaveValue("4512");
    await card.getByRole("button", { name: "Show the request" }).click();
    await expect(card.getByLabel("Request as it is sent")).toContainText("x-channel: support");
    expect(seen, "nothing was sent yet").toEqual([]);
    await card.getByRole("button", { name: "Try it" }).click();
    const answer = card.getByRole("region", { name: "The answer" });
    await expect(answer).toContainText("Status 200");
    expect(seen).toEqual([{ line: "GET /v1/orders/4512?notify=true", channel: "support" }]);

    // Fields are picked from the answer: a value, a value in a group, and a value of each item of a list.
    await answer.getByRole("button", { name: /^status: take as a field/ }).click();
    await answer.getByRole("button", { name: /^placedOn: take as a field, Date/ }).click();
    await answer.getByRole("button", { name: /^email: take as a field, E-mail/ }).click();
    await answer
      .getByRole("button", { name: /^title: take as a field/ })
      .first()
      .click();
    const gives = page.getByRole("region", { name: "What it gives" });
    await expect(gives.getByLabel("Name of field 1").first()).toHaveValue("Status");
    await expect(gives.getByLabel("Name of field 2").first()).toHaveValue("Placed on");
    await answer.getByRole("button", { name: "Keep as a sample answer" }).click();
    await expect(page.getByRole("region", { name: "Sample answers" })).toContainText(
      "Real answer (200)",
    );
    await accessible(page, "an action that was tried");
    await picture(page, "actions-tried");

    // An answer of another shape is a fault with its place.
    await gives.getByRole("combobox", { name: "Type of Status" }).click();
    await page.getByRole("option", { name: "Whole number" }).click();
    await card.getByRole("button", { name: "Try it" }).click();
    await expect(answer.getByRole("alert")).toContainText(
      '$.status: expected a whole number, found "shipped"',
    );
    await gives.getByRole("combobox", { name: "Type of Status" }).click();
    await page.getByRole("option", { name: "Text", exact: true }).click();

    // Nothing found is an answer too.
    await card.getByLabel("Order id").fill("9999");
    await card.getByRole("button", { name: "Try it" }).click();
    await expect(answer).toContainText("Status 404");

    // It answers on its own, in the preview of all tasks, from the sample that was kept.
    await page.getByRole("switch", { name: /answer a question on its own/ }).click();
    await page
      .getByLabel("Messages it answers, one a line")
      .fill("Has my purchase been shipped?\nWhere is purchase 4512?\nIs my purchase on its way?");
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    await page.getByRole("link", { name: "Tasks", exact: true }).click();
    await page.getByRole("link", { name: /Refund or cancel an order/ }).click();
    const message = page.getByRole("textbox", { name: "Message as the customer" });
    await message.fill("Where is purchase 4512?");
    await message.press("Enter");
    const chat = page.getByRole("log", { name: "Chat" });
    // It finds purchases, so "purchase 4512" gives its order id.
    await expect(chat).toContainText(/Status: shipped/);
    await expect(chat).not.toContainText("would not start your task");
    expect(
      seen.filter(({ line }) => line.includes("4512")),
      "the preview ran on the sample",
    ).toHaveLength(2);
  } finally {
    stop();
  }
});

test("operations of an OpenAPI document become actions in one step that can be taken back", async ({
  page,
  host,
  folder,
}) => {
  const file = join(folder, "desk.yaml");
  writeFileSync(
    file,
    [
      "openapi: 3.0.3",
      "info: { title: Desk API, version: '1' }",
      "servers: [{ url: 'https://desk.example.com/api' }]",
      "paths:",
      "  /tickets/{id}:",
      "    get:",
      "      summary: Get a ticket",
      "      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]",
      "      responses: { '200': { description: ok, content: { application/json: { schema: { type: object, properties: { subject: { type: string } } } } } } }",
      "  /tickets:",
      "    post:",
      "      summary: Open a ticket",
      "      requestBody: { content: { application/json: { schema: { type: object, required: [subject], properties: { subject: { type: string }, urgent: { type: boolean } } } } } }",
      "      responses: { '201': { description: made } }",
    ].join("\n"),
  );
  await page.goto(host.url);
  await page.getByRole("link", { name: "Actions" }).click();
  await expect(page.getByRole("button", { name: "New action" })).toBeVisible();
  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "An OpenAPI document" }).click();
  const chooser = page.waitForEvent("filechooser");
  await dialog.getByRole("button", { name: /Choose a file/ }).click();
  await (await chooser).setFiles(file);
  await dialog.getByRole("checkbox", { name: "Get a ticket" }).click();
  await dialog.getByRole("checkbox", { name: "Open a ticket" }).click();
  await accessible(page, "the operations of a document");
  await dialog.getByRole("button", { name: "See what comes of it" }).click();
  await expect(dialog).toContainText("Changes something, asks first");
  await picture(page, "actions-openapi");
  await dialog.getByRole("button", { name: "Make 2 actions" }).click();
  await expect(page.getByLabel("Name of the action")).toHaveValue("Get a ticket");
  const list = page.getByRole("navigation", { name: "Actions" });
  await expect(list).toContainText("Open a ticket");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(list).not.toContainText("Open a ticket");
  await expect(list).not.toContainText("Get a ticket");
});

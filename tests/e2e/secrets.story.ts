// A secret is set on a computer without a keychain, goes to the one address it was allowed for, and is seen nowhere.
import { createServer, type IncomingMessage, type Server } from "node:http";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { accessible, ask, BrowserHost, expect, picture, test as plain } from "./host";

const secret = "sk-unmistakable-0123456789";
const passphrase = "correct horse unmistakable";

interface Shop {
  address: string;
  /** What came in the header of each call. */
  tokens: string[];
  server: Server;
}

/** A shop that repeats in its answers what it was sent. */
async function openShop(): Promise<Shop> {
  const tokens: string[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const token = request.headers.authorization ?? "";
    tokens.push(token);
    response.writeHead(401, { "content-type": "application/json", "x-echo": token });
    response.end(JSON.stringify({ error: `${token} is not welcome`, url: request.url }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, tokens, server };
}

const test = plain.extend<{ shop: Shop }>({
  host: async ({ folder }, lend) => {
    const host = await BrowserHost.start(join(folder, "data"), 0, { TASKWRIGHT_PASSPHRASE: "" });
    await lend(host);
    await host.stop();
  },
  // oxlint-disable-next-line no-empty-pattern
  shop: async ({}, lend) => {
    const shop = await openShop();
    await lend(shop);
    shop.server.close();
  },
});

/** Lets *Get order* send the secret. */
async function sendSecret(page: Page): Promise<void> {
  const view = (await ask(page, "read_action", { action: "action_get_order" })) as {
    version: number;
    action: { request: object };
  };
  const { request } = view.action;
  const after = {
    ...request,
    headers: [{ name: "Authorization", value: "Bearer {secret.SHOP_TOKEN}" }],
  };
  const change = { type: "set", path: "/request", before: request, after };
  await ask(page, "save_edit", {
    document: "action_get_order",
    base_version: view.version,
    edit: { label: "", changes: [{ document: "action_get_order", change }] },
  });
}

/** Every file of the workspace. */
function filesOf(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesOf(path) : [path];
  });
}

test("a secret is set, sent where it may go, and stands in no page, file or word of the program", async ({
  page,
  host,
  shop,
}) => {
  await page.goto(host.url);
  await expect(page.getByRole("main")).toBeVisible();
  await sendSecret(page);

  // An address inside our own network wants a yes of its own.
  await page.goto(`${new URL(host.url).origin}/#/settings/connections?action=action_get_order`);
  await page.getByRole("textbox", { name: "Live system" }).fill(shop.address);
  await page.getByRole("button", { name: /^Confirm for/ }).click();
  const inside = page.getByRole("checkbox", { name: /live system is inside our own network/ });
  await expect(
    page.getByRole("alert").filter({ hasText: "inside your own network" }),
  ).toBeVisible();
  await picture(page, "connect-inside");
  await accessible(page, "the question about our own network");
  await inside.check();
  await page.getByRole("button", { name: /^Confirm for/ }).click();
  await expect(page.locator("li[aria-current=true]")).toContainText(shop.address);

  await page.getByRole("link", { name: "Secrets" }).click();
  const place = page.getByRole("region", { name: "Where secrets are kept" });
  await expect(place).toContainText("kept in an encrypted file");
  await accessible(page, "secrets without a passphrase");
  await picture(page, "secrets-new");
  await place.getByLabel("New passphrase").fill(passphrase);
  await place.getByLabel("The same again").fill(passphrase);
  await place.getByRole("button", { name: "Use this passphrase" }).click();
  await expect(place).toContainText("It is open until Taskwright is closed.");

  const row = page.getByRole("listitem", { name: "SHOP_TOKEN, Live" });
  await expect(row).toContainText(
    /need SHOP_TOKEN: not set for Live|needs SHOP_TOKEN: not set for Live/,
  );
  await row.getByRole("button", { name: "Set" }).click();
  await row.getByLabel("Value").fill(secret);
  await expect(row.getByRole("checkbox", { name: shop.address })).toBeChecked();
  await accessible(page, "a secret being set");
  await picture(page, "secrets-set");
  await row.getByLabel("Value").press("Enter");
  await expect(row).toContainText("In the encrypted file");
  await expect(row).toContainText(`May be sent to ${shop.address}`);
  await picture(page, "secrets");

  // Tried in its editor it is sent as well; the request, and what its receiver repeats, are masked.
  await page.goto(`${new URL(host.url).origin}/#/actions/action_get_order`);
  const trial = page.getByRole("region", { name: "Try it" });
  await trial.getByLabel("Order number").fill("4512");
  await trial.getByRole("button", { name: "Show the request" }).click();
  await expect(trial.getByLabel("Request as it is sent")).toContainText(
    "authorization: Bearer •••",
  );
  expect(shop.tokens, "nothing was sent yet").toEqual([]);
  await trial.getByRole("button", { name: "Try it" }).click();
  const answer = trial.getByRole("region", { name: "The answer" });
  await expect(answer).toContainText("Status 401");
  await expect(answer).toContainText("Bearer ••• is not welcome");
  expect(shop.tokens).toEqual([`Bearer ${secret}`]);
  expect(await page.content(), "the page").not.toContain("unmistakable");
  await picture(page, "secrets-tried");

  // A live call sends it, and its receiver repeats it.
  await page.getByRole("link", { name: "Tasks" }).click();
  await page.getByRole("link", { name: /Refund or cancel an order/ }).click();
  await page.getByRole("button", { name: "What each action answers" }).click();
  await page.getByRole("combobox", { name: "What Get order answers" }).click();
  await page.getByRole("option", { name: /^Real system/ }).click();
  await page.keyboard.press("Escape");
  const message = page.getByRole("textbox", { name: "Message as the customer" });
  await message.fill("I want a full refund for order 4512");
  await message.press("Enter");
  await expect.poll(() => shop.tokens.slice(1)).toContain(`Bearer ${secret}`);
  await expect(page.getByRole("log", { name: "Chat" })).toContainText(
    /takes over|can't reach|person/,
  );
  await picture(page, "secrets-log");
  expect(await page.content(), "the page").not.toContain("unmistakable");

  // Not even a program that is torn down says it.
  await host.stop("SIGABRT");
  expect(host.said.join("\n"), "what the program said").not.toContain("unmistakable");
  const files = filesOf(host.data);
  expect(files.some((path) => path.endsWith("secrets.sealed"))).toBe(true);
  for (const path of files)
    expect(readFileSync(path).includes("unmistakable"), `${path} holds a secret`).toBe(false);
});

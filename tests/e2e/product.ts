// A customer's product on the channel: the little shop of tests/demo-channel, and how a workspace is made ready for it.
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, type Page } from "@playwright/test";
import { ask, picture } from "./host";

const server = fileURLToPath(new URL("../demo-channel/server.mjs", import.meta.url));

/** A running shop. */
export interface Product {
  /** What customers open. */
  page: string;
  /** Where it is told what happens. */
  callback: string;
  stop: () => void;
}

/** The shop, with the key and the secret it was given. */
export async function product(base: string, key: string, secret: string): Promise<Product> {
  const child: ChildProcess = spawn(process.execPath, [server, "--base", base, "--port", "0"], {
    env: { ...process.env, TASKWRIGHT_KEY: key, TASKWRIGHT_SIGNING_SECRET: secret },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout! });
  const [page, callback] = await new Promise<string[]>((resolve, reject) => {
    lines.on("line", (line) => {
      const found = line.match(/http:\/\/[^\s]+/g);
      if (found?.length === 2) resolve(found);
    });
    child.on("exit", (code) => reject(new Error(`the shop ended with ${code}`)));
  });
  return { page: page!, callback: callback!, stop: () => child.kill() };
}

/** Turns the channel on, its actions answered with samples, and opens a shop on it. */
export async function productOf(page: Page): Promise<Product> {
  const { key } = (await ask(page, "make_channel_key", {})) as { key: string };
  const { secret } = (await ask(page, "read_signing_secret", {})) as { secret: string };
  const on = { on: true, calls: "sample" };
  await ask(page, "save_channel", { ...on, callback_url: null });
  let base: string | null = null;
  // The server listens a moment after it is wanted.
  await expect(async () => {
    const view = (await ask(page, "read_channel", {})) as { server: { base_url: string | null } };
    base = view.server.base_url;
    expect(base).toBeTruthy();
  }).toPass();
  const opened = await product(base!, key, secret);
  await ask(page, "save_channel", { ...on, callback_url: opened.callback });
  return opened;
}

/** Sets fields of a task, a workflow or an action. */
export async function edit(
  page: Page,
  document: string,
  fields: Record<string, (before: unknown) => unknown>,
): Promise<void> {
  const isAction = document.startsWith("action_");
  const view = (await ask(
    page,
    isAction ? "read_action" : "read_task",
    isAction ? { action: document } : { task: document },
  )) as { task: Record<string, unknown>; action: Record<string, unknown>; version: number };
  const now = isAction ? view.action : view.task;
  const changes = Object.entries(fields).map(([field, change]) => {
    const before = now[field] ?? null;
    return {
      document,
      change: { type: "set", path: `/${field}`, before, after: change(before) },
    };
  });
  const args = { document, edit: { label: "", changes }, base_version: view.version };
  await ask(page, "save_edit", args);
}

/** A customer who opens the shop's page of a conversation. */
export async function customerOf(page: Page, shop: Product, conversation: string): Promise<Page> {
  const customer = await page.context().newPage();
  await customer.goto(`${shop.page}?conversation=${conversation}`);
  await expect(customer.locator("body")).toHaveAttribute("data-begun", "yes");
  return customer;
}

/** The customer writes something. */
export async function write(customer: Page, words: string): Promise<void> {
  const message = customer.getByRole("textbox", { name: "Your message" });
  await message.fill(words);
  await message.press("Enter");
}

/** The page in both looks and on both kinds of screen. */
export async function pictures(page: Page, name: string): Promise<void> {
  for (const look of ["light", "dark"] as const)
    for (const width of [420, 1400]) {
      await page.emulateMedia({ colorScheme: look });
      await page.setViewportSize({ width, height: width === 420 ? 860 : 800 });
      await picture(page, `${name}-${look}-${width}`);
    }
  await page.emulateMedia({ colorScheme: "light" });
}

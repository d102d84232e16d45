// A customer attaches pictures in each way there is; each reaches the shop byte for byte, and what is no picture does not.
import { createHash } from "node:crypto";
import type { Page } from "@playwright/test";
import { accessible, ask, expect, picture, shop, test } from "./host";

interface Documents {
  version: number;
  action: { inputs: unknown };
  task: { attributes: unknown; blocks: unknown };
}

/** Replaces a part of a document, as an editor would. */
async function set(page: Page, document: string, path: string, after: unknown): Promise<void> {
  const kind = document.startsWith("task_") ? "task" : "action";
  const view = (await ask(page, `read_${kind}`, { [kind]: document })) as Documents;
  const fields = view[kind] as unknown as Record<string, unknown>;
  const change = { type: "set", path, before: fields[path.slice(1)] ?? null, after };
  await ask(page, "save_edit", {
    document,
    base_version: view.version,
    edit: { label: "", changes: [{ document, change }] },
  });
}

/** A task that asks for a photo and sends it to the shop. */
async function damageTask(page: Page, url: string): Promise<string> {
  const { id: action } = (await ask(page, "create_action", { name: "Send upload" })) as {
    id: string;
  };
  const kind = { type: "image" };
  await set(page, action, "/inputs", [
    { key: "photo", name: "", kind, from: { type: "same_name" }, accepts: "anyone" },
  ]);
  await set(page, action, "/request", {
    method: "POST",
    path: "/photos",
    body: { type: "multipart", parts: [{ type: "file", name: "photo", input: "photo" }] },
    timeout_ms: 15_000,
    max_bytes: 1_048_576,
  });
  const addresses = { live: url };
  await ask(page, "save_connections", { actions: [action], addresses, inside: { live: true } });
  const { id: task } = (await ask(page, "create_task", { title: "Report damage" })) as {
    id: string;
  };
  await set(page, task, "/description", "Use this task when something arrived damaged.");
  await set(page, task, "/examples", [
    "I want to report damage",
    "My parcel arrived damaged",
    "The box was crushed when it came",
  ]);
  await set(page, task, "/attributes", [
    { id: "attribute_photo", key: "photo", name: "photo", kind },
  ]);
  await set(page, task, "/blocks", [
    { id: "block_damage", name: "", type: "instructions", text: "Ask for the {photo}." },
    { id: "block_upload", name: "", type: "run_action", action },
    { id: "block_bye", name: "", type: "message", text: "Thank you for {photo}." },
  ]);
  return task;
}

interface Given {
  name: string;
  bytes: Buffer;
}

/** A picture of what the page shows now: no two are the same. */
async function snapshot(page: Page, name: string, width: number): Promise<Given> {
  return { name, bytes: await page.screenshot({ clip: { x: 0, y: 0, width, height: 90 } }) };
}

/** What the browser hands to a page with a file that is dropped or pasted. */
const holding = (page: Page, { name, bytes }: Given) =>
  page.evaluateHandle(
    ([name, encoded]) => {
      const bytes = Uint8Array.from(atob(encoded), (letter) => letter.codePointAt(0) ?? 0);
      const data = new DataTransfer();
      data.items.add(new File([bytes], name, { type: "image/png" }));
      return data;
    },
    [name, bytes.toString("base64")] as const,
  );

/** Begins a chat of the task, up to its question for the photo. No chat begins on the real system by itself. */
async function begin(page: Page): Promise<void> {
  await page.getByRole("combobox", { name: "Where actions go" }).click();
  await page.getByRole("option", { name: /changed for real/ }).click();
  const message = page.getByRole("textbox", { name: "Message as the customer" });
  await message.fill("I want to report damage");
  await message.press("Enter");
  await expect(page.getByRole("log", { name: "Chat" })).toContainText(/photo/i);
}

async function arrived(url: string, { bytes }: Given): Promise<void> {
  const hash = createHash("sha256").update(bytes).digest("hex");
  await expect.poll(async () => (await fetch(`${url}/photos/${hash}`)).status).toBe(200);
  const kept = Buffer.from(await (await fetch(`${url}/photos/${hash}`)).arrayBuffer());
  expect(kept.equals(bytes), "byte for byte").toBe(true);
}

test("a customer chooses, pastes and drops a picture, and each reaches the shop as it is", async ({
  page,
  host,
}) => {
  const { url, stop } = await shop();
  try {
    await page.goto(host.url);
    await expect(page.getByRole("main")).toBeVisible();
    const task = await damageTask(page, url);
    await page.goto(`${new URL(host.url).origin}/#/tasks/${task}`);
    const chat = page.getByRole("log", { name: "Chat" });
    const log = page.getByRole("log", { name: "Event log" });
    const message = page.getByRole("textbox", { name: "Message as the customer" });

    // Chosen from a dialog.
    await begin(page);
    const chosen = await snapshot(page, "damaged box.png", 200);
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Attach a picture or file as the customer" }).click();
    const file = { name: chosen.name, mimeType: "image/png", buffer: chosen.bytes };
    await (await chooser).setFiles(file);
    await expect(chat.getByRole("img", { name: "damaged box.png" })).toBeVisible();
    await expect(chat).toContainText("Thank you for damaged box.png.");
    await expect(log).toContainText("damaged box.png");
    await arrived(url, chosen);
    await accessible(page, "a chat with a picture");
    await picture(page, "attachment-chosen");

    // Pasted into the message.
    await page.getByRole("button", { name: "Start again" }).first().click();
    await begin(page);
    const pasted = await snapshot(page, "image.png", 210);
    await message.evaluate(
      (area, clipboardData) =>
        area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true })),
      await holding(page, pasted),
    );
    await expect(chat).toContainText("Thank you for image.png.");
    await arrived(url, pasted);

    // Dropped anywhere on the chat.
    await page.getByRole("button", { name: "Start again" }).first().click();
    await begin(page);
    const program = { name: "photo.png", bytes: Buffer.from("#!/bin/sh\nrm -rf ~\n") };
    await chat.dispatchEvent("drop", { dataTransfer: await holding(page, program) });
    await expect(page.getByText(/is no picture: inside it is a script/)).toBeVisible();
    const dropped = await snapshot(page, "crushed corner.png", 220);
    const held = { dataTransfer: await holding(page, dropped) };
    await chat.dispatchEvent("dragenter", held);
    await expect(page.getByText("Drop to attach it as the customer")).toBeVisible();
    await picture(page, "attachment-held");
    await chat.dispatchEvent("drop", held);
    await expect(page.getByText("Drop to attach it as the customer")).toBeHidden();
    await expect(chat).toContainText("Thank you for crushed corner.png.");
    await arrived(url, dropped);
    await page.getByRole("radio", { name: "Values" }).click();
    await expect(page.getByRole("main")).toContainText("crushed corner.png");
  } finally {
    stop();
  }
});

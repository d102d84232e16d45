// `taskwright serve` with its channel on, and a little product that is told what happens.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const bin = process.env.TASKWRIGHT_BIN ?? join(root, "target/debug/taskwright");

/** What the product was told, and how it answers. */
async function product() {
  const told = [];
  const waiting = new Set();
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    told.push(JSON.parse(Buffer.concat(chunks)));
    response.writeHead(200).end();
    for (const look of waiting) look();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  /** Waits until something is told that this holds of. */
  const hears = (holds) =>
    new Promise((resolve) => {
      const look = () => {
        const found = told.find(holds);
        if (!found) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  return { url: `http://127.0.0.1:${server.address().port}/events`, told, hears, server };
}

async function serve(data) {
  const child = spawn(bin, ["serve", "--data", data, "--port", "0", "--webhook-port", "0"], {
    cwd: root,
    env: { ...process.env, TASKWRIGHT_NO_KEYCHAIN: "1", TASKWRIGHT_NO_ENCODER: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /http:\/\/\S+\?token=\S+/.exec(line);
    if (found) return { child, url: found[0] };
  }
  throw new Error("taskwright serve gave no address");
}

/** Opens a new workspace; `end` closes it and takes it away. */
export async function open() {
  const data = mkdtempSync(join(tmpdir(), "taskwright-clients-"));
  const { child, url } = await serve(join(data, "data"));
  const shop = await product();
  const signedIn = await fetch(url, { redirect: "manual" });
  const cookie = signedIn.headers.get("set-cookie").split(";")[0];
  const call = async (name, args) => {
    const response = await fetch(new URL(`/call/${name}`, url), {
      method: "POST",
      headers: { cookie, "content-type": "application/json" },
      body: JSON.stringify(args),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${name}: ${answer.message}`);
    return answer;
  };
  const { key } = await call("make_channel_key", {});
  await call("save_channel", { on: true, callback_url: shop.url, calls: "sample" });
  let base;
  // The server listens a moment after it is wanted.
  while (!base) base = (await call("webhook_address", { block: "block_none" })).server.base_url;
  const end = async () => {
    child.kill();
    await once(child, "exit");
    shop.server.closeAllConnections();
    shop.server.close();
    rmSync(data, { recursive: true, force: true });
  };
  return { base, key, call, shop, end };
}

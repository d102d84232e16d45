// A customer's product in small: a page on which somebody talks with the assistant, and a server that sends what they write
// and receives what happens. It knows the assistant by its key and its signing secret alone.
//
//   node tests/demo-channel/server.mjs --base http://127.0.0.1:4817 --port 3000
//
// The key is taken from TASKWRIGHT_KEY, the signing secret from TASKWRIGHT_SIGNING_SECRET.
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { parseArgs } from "node:util";
import { IntercomClient } from "intercom-client";

const { values: options } = parseArgs({
  options: {
    base: { type: "string", default: "http://127.0.0.1:4817" },
    port: { type: "string", default: "3000" },
  },
});
const key = process.env.TASKWRIGHT_KEY ?? "";
const signingSecret = process.env.TASKWRIGHT_SIGNING_SECRET ?? "";
const files = {
  "/": ["page.html", "text/html; charset=utf-8"],
  "/page.js": ["page.js", "text/javascript; charset=utf-8"],
  "/page.css": ["page.css", "text/css; charset=utf-8"],
};

const client = new IntercomClient({ token: key, baseUrl: options.base });

/** What happened in each conversation so far, and the pages that watch it. */
const conversations = new Map();

function conversation(id) {
  if (!conversations.has(id))
    conversations.set(id, { events: [], known: new Set(), pages: new Set() });
  return conversations.get(id);
}

/** The same delivery may come more than once; it counts once. */
function receive(delivery, event) {
  const { events, known, pages } = conversation(event.external_conversation_id);
  if (known.has(delivery)) return;
  known.add(delivery);
  events.push(event);
  for (const page of pages) page.write(`data: ${JSON.stringify(event)}\n\n`);
}

function isGenuine(raw, signature) {
  const expected = `sha256=${createHmac("sha256", signingSecret).update(raw).digest("hex")}`;
  const [one, other] = [Buffer.from(String(signature)), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** What the page asks for, as events of the channel. */
const calls = {
  begin: (base) => client.customChannelEvents.notifyNewConversation(base),
  say: (base, { body }) => client.customChannelEvents.notifyNewMessage({ ...base, body }),
  press: (base, { option }) =>
    client.customChannelEvents.notifyQuickReplySelected({ ...base, quick_reply_option_id: option }),
  collect: (base, { id, value }) =>
    client.customChannelEvents.notifyAttributeCollected({ ...base, attribute: { id, value } }),
};

async function forward(name, sent, response) {
  const base = {
    event_id: sent.event ?? randomUUID(),
    external_conversation_id: sent.conversation,
    contact: { type: "user", external_id: "demo-customer", name: "Ada", email: "ada@example.com" },
  };
  try {
    const answer = await calls[name](base, sent);
    json(response, 200, answer);
  } catch (error) {
    json(response, 502, { error: error.message, status: error.statusCode ?? null });
  }
}

function json(response, status, body) {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function follow(id, response) {
  const { events, pages } = conversation(id);
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  // The page begins once it listens, so it must not wait for the first event.
  response.flushHeaders();
  for (const event of events) response.write(`data: ${JSON.stringify(event)}\n\n`);
  pages.add(response);
  response.on("close", () => pages.delete(response));
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, "http://localhost");
  const file = files[url.pathname];
  if (request.method === "GET" && file) {
    response.writeHead(200, { "content-type": file[1] });
    response.end(readFileSync(new URL(file[0], import.meta.url)));
  } else if (request.method === "GET" && url.pathname === "/follow") {
    follow(url.searchParams.get("conversation"), response);
  } else if (request.method === "POST" && url.pathname === "/assistant-events") {
    const raw = await bodyOf(request);
    if (!isGenuine(raw, request.headers["x-signature-256"])) return response.writeHead(401).end();
    receive(request.headers["x-delivery-id"], JSON.parse(raw));
    response.writeHead(200).end();
  } else if (request.method === "POST" && calls[url.pathname.slice(1)]) {
    await forward(url.pathname.slice(1), JSON.parse(await bodyOf(request)), response);
  } else {
    response.writeHead(404).end();
  }
});
server.listen(Number(options.port), "127.0.0.1", () => {
  const { port } = server.address();
  console.log(
    `The shop is at http://127.0.0.1:${port}/ and hears at http://127.0.0.1:${port}/assistant-events`,
  );
});

/** What an engineer copies: the four calls for a terminal, and the same in JavaScript. */

const contact = { type: "user", external_id: "user_42", name: "Ada", email: "ada@example.com" };

const bodies = {
  notify_new_conversation: {},
  notify_new_message: { body: "How long do I have to return my order?" },
  notify_quick_reply_selected: { quick_reply_option_id: "ID FROM quick_reply_options" },
  notify_attribute_collected: {
    attribute: { id: "ID FROM attribute_collector", value: "It does not fit" },
  },
} as const;

export type CallName = keyof typeof bodies;

/** The calls as people call them, in the order in which they are needed. */
export const calls: readonly { name: CallName; label: string }[] = [
  { name: "notify_new_conversation", label: "A conversation begins" },
  { name: "notify_new_message", label: "The customer wrote" },
  { name: "notify_quick_reply_selected", label: "A quick reply was pressed" },
  { name: "notify_attribute_collected", label: "A field was filled in" },
];

/** The call for a terminal. The key is taken from the environment, so that it stands in no history. */
export function curl(base: string, name: CallName, event: string): string {
  const body = {
    event_id: event,
    external_conversation_id: "conversation-1",
    contact,
    ...bodies[name],
  };
  return [
    `curl -X POST '${base}/custom_channel_events/${name}' \\`,
    `  -H "Authorization: Bearer $TASKWRIGHT_KEY" \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify(body)}'`,
  ].join("\n");
}

/** A first conversation with the official client, and a server that is told what happens. */
export function javascript(base: string): string {
  return `// npm install intercom-client@7.0.3
import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { IntercomClient } from "intercom-client";

const client = new IntercomClient({
  token: process.env.TASKWRIGHT_KEY,
  baseUrl: "${base}",
});
const conversation = {
  external_conversation_id: "conversation-1",
  contact: { type: "user", external_id: "user_42", name: "Ada" },
};

// The same event_id again does nothing twice, so a failed call can simply be repeated.
await client.customChannelEvents.notifyNewConversation({
  event_id: randomUUID(),
  ...conversation,
});
await client.customChannelEvents.notifyNewMessage({
  event_id: randomUUID(),
  ...conversation,
  body: "How long do I have to return my order?",
});

// What happens in the conversation is posted to the callback URL.
createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const raw = Buffer.concat(chunks);
  const expected =
    "sha256=" + createHmac("sha256", process.env.TASKWRIGHT_SIGNING_SECRET).update(raw).digest("hex");
  const signature = String(request.headers["x-signature-256"]);
  const genuine =
    signature.length === expected.length &&
    timingSafeEqual(Buffer.from(signature), Buffer.from(expected));
  if (genuine) console.log(request.headers["x-delivery-id"], JSON.parse(raw));
  response.writeHead(genuine ? 200 : 401).end();
}).listen(3000);
`;
}

// The official client for Node, unchanged: its four calls, its retries, its classes of errors.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { Intercom, IntercomClient, IntercomError } from "intercom-client";
import { open } from "./house.mjs";

const contact = { type: "user", external_id: "user_1", name: "Ada", email: "ada@example.com" };
let house;
let client;

before(async () => {
  house = await open();
  client = new IntercomClient({ token: house.key, baseUrl: house.base });
});
after(() => house.end());

const event = (id, conversation, more = {}) => ({
  event_id: id,
  external_conversation_id: conversation,
  contact,
  ...more,
});

test("all four calls are taken, and the product is told what follows", async () => {
  const events = client.customChannelEvents;
  const begun = await events.notifyNewConversation(event("b-1", "one"));
  assert.equal(begun.external_conversation_id, "one");
  assert.equal(begun.external_contact_id, "user_1");
  const talk = event("m-1", "one", { body: "I want to talk to a person" });
  const said = await events.notifyNewMessage(talk);
  assert.deepEqual(said, begun, "the ids are the same");
  const routed = await house.shop.hears(({ state }) => state === "routed_to_team");
  assert.equal(routed.conversation_id, begun.conversation_id);
  // People took over: whatever comes is taken and logged.
  const option = event("o-1", "one", { quick_reply_option_id: "1" });
  assert.deepEqual(await events.notifyQuickReplySelected(option), begun);
  const attribute = { id: "reason_for_return", value: "It does not fit" };
  assert.deepEqual(
    await events.notifyAttributeCollected(event("a-1", "one", { attribute })),
    begun,
  );
});

test("what is refused is an error of the class that belongs to it", async () => {
  const events = client.customChannelEvents;
  const stranger = new IntercomClient({ token: "wrong", baseUrl: house.base });
  await assert.rejects(
    stranger.customChannelEvents.notifyNewConversation(event("x", "none")),
    Intercom.UnauthorizedError,
  );
  await assert.rejects(
    events.notifyNewMessage(event("x-1", "nowhere", { body: "hi" })),
    Intercom.NotFoundError,
  );
  await assert.rejects(events.notifyNewConversation({ event_id: "x-2" }), Intercom.BadRequestError);
  await events.notifyNewConversation(event("b-2", "two"));
  const unknown = event("x-3", "two", { quick_reply_option_id: "none" });
  await assert.rejects(events.notifyQuickReplySelected(unknown), (error) => {
    assert.ok(error instanceof Intercom.UnprocessableEntityError);
    assert.equal(error.statusCode, 422);
    assert.equal(error.body.type, "error.list");
    assert.equal(error.body.errors[0].code, "data_invalid");
    return true;
  });
});

/** A line to the program that breaks now and then: the event arrives, and its answer is lost. */
async function badLine(statuses) {
  const seen = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    seen.push(JSON.parse(body).event_id);
    const { method, url, headers } = request;
    const { host: _, "content-length": __, connection: ___, ...rest } = headers;
    const answer = await fetch(new URL(url, house.base), { method, headers: rest, body });
    const text = await answer.text();
    const status = statuses.shift() ?? answer.status;
    response
      .writeHead(status, { "content-type": "application/json", "retry-after": "1" })
      .end(text);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${server.address().port}`, seen, server };
}

test("what the client sends again by itself is done once", async () => {
  const line = await badLine([503, 429]);
  try {
    const patient = new IntercomClient({ token: house.key, baseUrl: line.url });
    const begun = await patient.customChannelEvents.notifyNewConversation(event("b-3", "three"));
    assert.deepEqual(line.seen, ["b-3", "b-3", "b-3"], "twice more, under the same id");
    const args = { conversation: begun.conversation_id, from: 1, limit: 100 };
    const { events } = await house.call("read_log", args);
    assert.equal(events.filter(({ kind }) => kind === "conversation_started").length, 1);
    const hurried = new IntercomClient({ token: house.key, baseUrl: line.url, maxRetries: 0 });
    line.server.closeAllConnections();
    line.server.close();
    await assert.rejects(
      hurried.customChannelEvents.notifyNewConversation(event("b-4", "four")),
      IntercomError,
    );
  } finally {
    line.server.closeAllConnections();
    line.server.close();
  }
});

import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, describe, expect, it } from "vitest";
import { App } from "@/App";
import { queries, setHost } from "@/api/client";
import type { ChannelView, TrafficEntry } from "@/api/model";
import { channelHost, channelOff, channelOn } from "@/test/fixture-channel";

beforeAll(() => import("./ChannelScreen"), 120_000);

/** Opens the page of a channel that stands so. */
async function open(view: ChannelView, prepare?: (program: Program) => void): Promise<Program> {
  const program = channelHost(view);
  prepare?.(program);
  setHost(program.host);
  queries.clear();
  render(<App />);
  await screen.findByRole("main");
  location.hash = "#/channel";
  await screen.findByRole("heading", { name: "Channel" });
  return program;
}
type Program = ReturnType<typeof channelHost>;

const card = (name: string) => within(screen.getByRole("region", { name }));
const shown = (name: string) => screen.findByRole("region", { name }).then((card) => within(card));

const entry = (number: number, more: Partial<TrafficEntry> = {}): TrafficEntry => ({
  number,
  at: 0,
  way: "out",
  what: "new_message",
  external_conversation_id: `conversation-${number}`,
  status: 200,
  ms: 12,
  sent: { event_type: "new_message", text: "Hello" },
  answer: "",
  error: null,
  ...more,
});

describe("a channel that was never used", () => {
  it("says what there is not yet, and what to do", async () => {
    await open(channelOff);
    const key = await shown("Key");
    expect(key.getByText(/There is none yet/)).toBeTruthy();
    expect(screen.getByText("Nothing is taken and nothing is sent.")).toBeTruthy();
    expect(card("Queue").getByText("Your app was told everything.")).toBeTruthy();
    expect(await card("Traffic").findByText(/Nothing yet/)).toBeTruthy();
    const told = card("Where your app is told");
    expect(told.getByRole("button", { name: "Send test event" })).toHaveProperty("disabled", true);
    expect(told.getByRole("button", { name: "Keep the token" })).toHaveProperty("disabled", true);
  });

  it("makes a key when it is turned on, and shows it this once", async () => {
    const program = await open(channelOff);
    await userEvent.click(await screen.findByRole("switch", { name: "The channel is off" }));
    const fresh = `twk_${"1".repeat(64)}`;
    const key = await shown("Key");
    expect(await key.findByText(fresh)).toBeTruthy();
    expect(program.asked("save_channel")).toEqual([
      { on: true, callback_url: null, calls: "live" },
    ]);
    expect(await screen.findByRole("switch", { name: "The channel is on" })).toBeTruthy();
    await userEvent.click(key.getByRole("button", { name: "I have copied it" }));
    expect(key.getByText(/Ends in/).textContent).toContain("1111");
    expect(document.body.innerHTML).not.toContain(fresh);
  });
});

describe("the key", () => {
  it("is replaced only where somebody says so again", async () => {
    const program = await open(channelOn);
    const key = await shown("Key");
    await userEvent.click(key.getByRole("button", { name: "Replace the key" }));
    const asking = within(await screen.findByRole("dialog", { name: "Replace the key?" }));
    await userEvent.click(asking.getByRole("button", { name: "Keep the old one" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(program.asked("make_channel_key")).toEqual([]);
    expect(key.getByText(/Ends in/).textContent).toContain("9f3c");

    await userEvent.click(key.getByRole("button", { name: "Replace the key" }));
    await userEvent.click(await screen.findByRole("button", { name: "Replace it" }));
    expect(await key.findByText(`twk_${"1".repeat(64)}`)).toBeTruthy();
    expect(program.asked("make_channel_key")).toHaveLength(1);
  });
});

describe("where your app is told", () => {
  it("takes an address, and says what is wrong with one beside it", async () => {
    const program = await open({ ...channelOn, callback_url: null }, ({ fails }) =>
      fails("save_channel", {
        code: "bad_request",
        message: "“nowhere” is no web address.",
        field: "/callback_url",
      }),
    );
    const told = await shown("Where your app is told");
    const url = () => told.getByRole("textbox", { name: "Callback URL" });
    await userEvent.type(url(), "nowhere{Enter}");
    expect(await told.findByText("“nowhere” is no web address.")).toBeTruthy();
    expect(url().getAttribute("aria-invalid")).toBe("true");
    expect(url()).toHaveProperty("value", "nowhere");

    await userEvent.clear(url());
    await userEvent.type(url(), "http://127.0.0.1:3000/events{Enter}");
    expect(await told.findByText("It is on this computer or in its network.")).toBeTruthy();
    expect(program.asked("save_channel").at(-1)).toEqual({
      on: true,
      callback_url: "http://127.0.0.1:3000/events",
      calls: "live",
    });
    expect(told.getByRole("button", { name: "Save the address" })).toHaveProperty("disabled", true);
    await userEvent.click(told.getByRole("button", { name: "Send test event" }));
    expect(await told.findByText("The test event has arrived.")).toBeTruthy();
  });

  it("takes a token that is never shown", async () => {
    const program = await open(channelOn);
    const told = await shown("Where your app is told");
    const token = () => told.getByLabelText<HTMLInputElement>(/^Token/);
    expect(token().type).toBe("password");
    await userEvent.type(token(), "unmistakable{Enter}");
    expect(await told.findByText(/One is kept as the secret CHANNEL_CALLBACK_TOKEN/)).toBeTruthy();
    expect(program.asked("save_channel_token")).toEqual([{ token: "unmistakable" }]);
    expect(document.body.innerHTML).not.toContain("unmistakable");
    expect(token().value).toBe("");
  });

  it("says why nothing is sent, until somebody lets it be sent again", async () => {
    const program = await open({
      ...channelOn,
      paused: { at: 0, why: "The receiver answered 410: gone." },
      waiting: 7,
      failing: 2,
      given_up: 1,
    });
    const told = await shown("Where your app is told");
    expect(told.getByText(/The receiver answered 410: gone\./)).toBeTruthy();
    expect(screen.getByText("Paused")).toBeTruthy();
    expect(
      card("Queue").getByText("7 events wait, 2 tried before, 1 given up after 24 hours."),
    ).toBeTruthy();
    await userEvent.click(told.getByRole("button", { name: "Send again" }));
    await waitFor(() => expect(told.queryByText(/The receiver answered 410/)).toBeNull());
    expect(program.asked("resume_channel")).toHaveLength(1);
  });
});

describe("where it listens", () => {
  it("is said for events and webhooks at once, and a port that is none is not saved", async () => {
    const program = await open(channelOn);
    const own = await shown("Your app talks with the assistant");
    expect(own.getByText(/Your app on another machine cannot reach it/)).toBeTruthy();
    const port = own.getByRole("textbox", { name: "Port" });
    await userEvent.clear(port);
    await userEvent.type(port, "99999");
    expect(own.getByText("A port is a number from 0 to 65535.")).toBeTruthy();
    expect(own.getByRole("button", { name: "Save" })).toHaveProperty("disabled", true);
    await userEvent.clear(port);
    await userEvent.type(port, "8443");
    await userEvent.click(own.getByRole("switch", { name: /Other computers of the network/ }));
    await userEvent.click(own.getByRole("button", { name: "Save" }));
    await waitFor(() =>
      expect(program.asked("save_webhook_server")).toEqual([
        { settings: { port: 8443, open_to_network: true, public_url: null } },
      ]),
    );
  });

  it("says why it does not listen", async () => {
    const why = "Port 4817 is taken by another program. Set another one.";
    const server = { ...channelOn.server, state: { type: "failed" as const, why }, base_url: null };
    await open({ ...channelOn, server });
    expect((await screen.findByRole("alert")).textContent).toContain(why);
  });
});

describe("what goes over it", () => {
  it("is listed with its payload, however long that is", async () => {
    const long = "Where is my order? ".repeat(5_000);
    await open(channelOn, ({ state }) => {
      state.traffic = [
        entry(1),
        entry(2, { way: "in", what: "notify_new_message", sent: { body: long }, answer: {} }),
        entry(3, { status: null, error: "The receiver did not answer within 5 seconds." }),
      ];
    });
    const traffic = within(await screen.findByRole("list", { name: "Traffic" }));
    const rows = traffic.getAllByRole("button");
    expect(rows.map((row) => within(row).getByText(/^conversation-/).textContent)).toEqual([
      "conversation-3",
      "conversation-2",
      "conversation-1",
    ]);
    expect(traffic.getByText("No answer")).toBeTruthy();
    expect(traffic.getByText("The receiver did not answer within 5 seconds.")).toBeTruthy();
    expect(document.body.innerHTML).not.toContain("Where is my order?");
    await userEvent.click(traffic.getByRole("button", { name: /notify_new_message/ }));
    const sent = traffic.getByLabelText("Sent");
    expect(JSON.parse(sent.textContent)).toEqual({ body: long });
    expect(sent.tabIndex).toBe(0);
  });

  it("draws the latest hundred and says how many there are", async () => {
    await open(channelOn, ({ state }) => {
      state.traffic = Array.from({ length: 130 }, (_, at) => entry(at + 1));
    });
    const traffic = within(await screen.findByRole("list", { name: "Traffic" }));
    expect(traffic.getAllByRole("listitem")).toHaveLength(100);
    expect(traffic.getByText("conversation-130")).toBeTruthy();
    expect(card("Traffic").getByText("The latest 100 of 130 that are kept.")).toBeTruthy();
  });

  it("waits in a queue, with what went wrong, and is sent again", async () => {
    const body = { event_type: "new_message", text: "Hello" };
    const program = await open({ ...channelOn, waiting: 1, failing: 1 }, ({ state }) => {
      state.queue = [
        {
          delivery: "delivery_1_4_0",
          conversation: "conversation_1",
          seq: 4,
          part: 0,
          external_conversation_id: "order-question-1",
          event_type: "new_message",
          body,
          given_up: false,
          attempts: 3,
          made_at: Date.now(),
          next_at: Date.now(),
          error: "The receiver answered 500.",
        },
      ];
    });
    const queue = await shown("Queue");
    expect(await queue.findByText("Tried 3 times")).toBeTruthy();
    expect(queue.getByText("The receiver answered 500.")).toBeTruthy();
    await userEvent.click(queue.getByRole("button", { name: /new_message/ }));
    expect(JSON.parse(queue.getByLabelText("What delivery_1_4_0 says").textContent)).toEqual(body);
    await userEvent.click(queue.getByRole("button", { name: "Resend" }));
    expect(program.asked("resend_event")).toEqual([
      { conversation: "conversation_1", seq: 4, part: 0 },
    ]);
    await waitFor(() => expect(queue.queryByText("order-question-1")).toBeNull());
  });
});

describe("a page that cannot be read", () => {
  it("says so and tries again", async () => {
    await open(channelOn, ({ fails }) =>
      fails("read_channel", { code: "damaged", message: "The settings cannot be read." }),
    );
    expect(await screen.findByText("The settings cannot be read.")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await shown("Key")).toBeTruthy();
  });
});

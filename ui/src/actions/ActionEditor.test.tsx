import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { App } from "@/App";
import { queries, setHost } from "@/api/client";
import type { Action } from "@/api/model";
import { router } from "@/routes";
import { fixtureHost } from "@/test/fixture-host";

/** A busy machine must not fail a test. */
const patient = { timeout: 10_000 };

// Fetched when they are first asked for; no test is to wait for that.
beforeAll(async () => {
  await import("./ActionScreen");
  await Promise.all([
    import("./import/ImportActionsDialog"),
    import("@/parts/Menu"),
    import("@/parts/Toasts"),
  ]);
}, 120_000);

let host: ReturnType<typeof fixtureHost>;
let sent: { name: string; args: Record<string, unknown> }[];

beforeEach(async () => {
  host = fixtureHost({ delay: 0 });
  sent = [];
  const call = host.call;
  host.call = async (name, args) => {
    sent.push({ name, args: args as Record<string, unknown> });
    return call(name, args);
  };
  setHost(host);
  queries.clear();
  localStorage.clear();
  render(<App />);
  await screen.findByRole("main");
});

async function open(action: string) {
  location.hash = `#/actions/${action}`;
  await waitFor(
    () => expect(router.state.resolvedLocation?.pathname).toBe(`/actions/${action}`),
    patient,
  );
  await screen.findByLabelText("Name of the action", {}, patient);
}

/** The action as the program has it now. */
async function kept(action: string): Promise<Action> {
  const view = (await host.call("read_action", { action })) as { action: Action };
  return view.action;
}

const engineers = () => screen.getByRole("region", { name: "For your engineers" });

async function openEngineers() {
  await userEvent.click(within(engineers()).getByRole("button", { name: /For your engineers/ }));
}

describe("the action editor", () => {
  it("keeps what differs from the usual folded, and tells it in a line", async () => {
    await open("action_get_order");
    await userEvent.click(screen.getByRole("button", { name: "More about Order number" }));
    const more = screen.getByRole("group", { name: "More about Order number" });
    await userEvent.type(within(more).getByLabelText(/Taken where nothing else/), "4512");
    await userEvent.type(within(more).getByLabelText(/Only these values/), "4512,");
    await userEvent.click(within(more).getByRole("switch", { name: "It works without" }));
    await userEvent.click(screen.getByRole("button", { name: "More about Order number" }));
    expect(
      screen.getByText("optional · “4512” where nothing else is given · only 4512"),
    ).toBeTruthy();
    await waitFor(async () => {
      const { inputs } = await kept("action_get_order");
      expect(inputs[0]).toMatchObject({ default: "4512", allowed: ["4512"], optional: true });
    }, patient);
  });

  it("names secrets, never takes one, and says which have no value", async () => {
    await open("action_get_order");
    await openEngineers();
    await userEvent.click(screen.getByRole("combobox", { name: "Authentication" }));
    await userEvent.click(await screen.findByRole("option", { name: /Bearer token/ }));
    const secret = screen.getByLabelText("Token: name of the secret");
    await userEvent.click(secret);
    await userEvent.paste("sk-live 0123");
    expect((secret as HTMLInputElement).value).toBe("sklive0123");
    fireEvent.change(secret, { target: { value: "DESK_KEY" } });
    expect(await screen.findByText(/has no value yet/)).toBeTruthy();
    expect(screen.getByRole("link", { name: "Enter it under Settings" })).toBeTruthy();
    await waitFor(async () => {
      const { request } = await kept("action_get_order");
      expect(request?.auth).toEqual({ type: "bearer", secret: "DESK_KEY" });
    }, patient);
  });

  it("writes a body in every kind, and takes over what fits the next", async () => {
    await open("action_get_order");
    await openEngineers();
    await userEvent.click(screen.getByRole("combobox", { name: "Method" }));
    await userEvent.click(await screen.findByRole("option", { name: "POST" }));
    await userEvent.click(screen.getByRole("radio", { name: "JSON" }));
    const area = screen.getByLabelText("Body as JSON") as HTMLTextAreaElement;
    fireEvent.change(area, { target: { value: '{"note": "", "n": }' } });
    expect(screen.getByText(/not complete yet/)).toBeTruthy();
    area.setSelectionRange(17, 17);
    await userEvent.click(
      within(screen.getByRole("group", { name: "Insert into Body as JSON" })).getByRole("button"),
    );
    await waitFor(() => expect(area.value).toBe('{"note": "", "n":"{order_number}" }'));
    await waitFor(async () => {
      const { request } = await kept("action_get_order");
      expect(request?.body).toEqual({ type: "json", json: { note: "", n: "{order_number}" } });
    }, patient);
    await userEvent.click(screen.getByRole("radio", { name: "Form" }));
    const form = within(screen.getByRole("group", { name: "Fields of the form" }));
    await userEvent.click(form.getByRole("button", { name: "Add a field" }));
    const names = screen.getAllByLabelText(/Fields of the form, name/);
    fireEvent.change(names[0] as HTMLElement, { target: { value: "reason" } });
    await userEvent.click(screen.getByRole("radio", { name: "With files" }));
    expect((screen.getByLabelText("Name of part 1") as HTMLInputElement).value).toBe("reason");
  });

  it("tries it, tells what does not fit, and makes fields and samples of what came", async () => {
    await open("action_get_order");
    const card = screen.getByRole("region", { name: "Try it" });
    fireEvent.change(within(card).getByLabelText("Order number"), { target: { value: "4512" } });
    await userEvent.click(within(card).getByRole("button", { name: "Try it" }));
    const answer = await within(card).findByRole("region", { name: "The answer" }, patient);
    expect(within(answer).getByText("Status 200")).toBeTruthy();
    expect(within(answer).getByRole("alert").textContent).toContain(
      '$.total: expected an amount, found "much"',
    );
    expect(sent.findLast(({ name }) => name === "try_action")?.args).toMatchObject({
      calls: "test",
      inputs: { order_number: "4512" },
    });
    const skus = within(answer).getAllByRole("button", { name: /^sku: take as a field/ });
    await userEvent.click(skus[1] as HTMLElement);
    expect(
      within(answer).getAllByRole("button", { name: /^sku: is a field/ }),
      "every item has it",
    ).toHaveLength(2);
    await userEvent.click(within(answer).getByRole("button", { name: "Keep as a sample answer" }));
    await waitFor(async () => {
      const action = await kept("action_get_order");
      expect(action.outputs.at(-1)).toEqual({
        key: "lines",
        name: "Lines",
        kind: { type: "list", fields: [{ key: "sku", name: "Sku", kind: { type: "identifier" } }] },
      });
      expect(action.stubs.at(-1)?.name).toBe("Real answer (200)");
    }, patient);
  });

  it("asks before it changes something in the live system", async () => {
    location.hash = "#/actions/action_issue_refund?connect=true";
    await screen.findByRole("button", { name: "Connect it" }, patient);
    await userEvent.click(screen.getByRole("button", { name: "Connect it" }));
    const card = await screen.findByRole("region", { name: "Try it" }, patient);
    await queries.invalidateQueries();
    await userEvent.click(within(card).getByRole("radio", { name: "Live system" }));
    expect(within(card).getByRole("alert").textContent).toContain("This will really change data");
    const send = () => within(card).getByRole("button", { name: "Try it" }) as HTMLButtonElement;
    expect(send().disabled).toBe(true);
    await userEvent.click(within(card).getByRole("checkbox"));
    await waitFor(() => expect(send().disabled).toBe(false), patient);
    await userEvent.click(send());
    await within(card).findByText("Status 200", {}, patient);
    expect(sent.findLast(({ name }) => name === "try_action")?.args).toMatchObject({
      calls: "live",
      really: true,
    });
    expect(send().disabled, "one yes is for one call").toBe(true);
  });

  it("says what it answers on its own with", async () => {
    await open("action_get_order");
    await userEvent.click(screen.getByRole("switch", { name: /answer a question on its own/ }));
    fireEvent.change(screen.getByLabelText("Messages it answers, one a line"), {
      target: { value: "Where is my order?\nHas it shipped?" },
    });
    await waitFor(async () => {
      const action = await kept("action_get_order");
      expect(action.examples).toEqual(["Where is my order?", "Has it shipped?"]);
      expect(action.answers_on_its_own).toBe(true);
    }, patient);
  });
});

async function openDialog() {
  location.hash = "#/actions";
  await userEvent.click(await screen.findByRole("button", { name: "Import" }, patient));
  return screen.findByRole("dialog", {}, patient);
}

describe("importing actions", () => {
  it("shows what a curl command becomes, keeps values back, and takes the secret out", async () => {
    const dialog = await openDialog();
    await userEvent.click(within(dialog).getByLabelText("Paste the command"));
    await userEvent.paste("curl https://shop.example.com/v1/orders/4512");
    await userEvent.click(within(dialog).getByRole("button", { name: "See what comes of it" }));
    expect(await within(dialog).findByText("SHOP_TOKEN", {}, patient)).toBeTruthy();
    expect(document.body.textContent).not.toContain("t0p-s3cret");
    expect(within(dialog).getByText(/certificates are always checked/)).toBeTruthy();
    await userEvent.click(within(dialog).getByRole("checkbox", { name: "Channel" }));
    expect(await within(dialog).findByText("stays as in the example")).toBeTruthy();
    fireEvent.change(within(dialog).getByLabelText("Name"), { target: { value: "Find order" } });
    await userEvent.click(within(dialog).getByRole("button", { name: "Make 1 action" }));
    await screen.findByDisplayValue("Find order", {}, patient);
    expect(sent.find(({ name }) => name === "save_secret")?.args).toEqual({
      environment: "test",
      name: "SHOP_TOKEN",
      value: "t0p-s3cret",
      origins: ["https://shop.example.com"],
    });
    expect(sent.find(({ name }) => name === "save_connections")?.args).toEqual({
      actions: ["action_made_0"],
      addresses: { test: "https://shop.example.com/v1" },
    });
    const card = screen.getByRole("region", { name: "Try it" });
    expect((within(card).getByLabelText("Order id") as HTMLInputElement).value).toBe("4512");
  });

  it("lets operations of a document be chosen", async () => {
    const dialog = await openDialog();
    await userEvent.click(within(dialog).getByRole("radio", { name: "An OpenAPI document" }));
    await userEvent.click(within(dialog).getByRole("button", { name: /Choose a file/ }));
    const group = await within(dialog).findByRole("group", { name: "Operations" }, patient);
    expect(within(group).getAllByRole("checkbox")).toHaveLength(2);
    await userEvent.click(within(group).getByRole("checkbox", { name: "Get an order" }));
    await userEvent.click(within(dialog).getByRole("button", { name: "See what comes of it" }));
    await within(dialog).findByRole("button", { name: "Make 1 action" }, patient);
    expect(sent.find(({ name }) => name === "preview_import")?.args).toEqual({
      source: { type: "open_api", file: "file_1", operations: ["GET /orders/{id}"] },
    });
  });
});

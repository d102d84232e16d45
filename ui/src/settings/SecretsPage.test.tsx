import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { App } from "@/App";
import { queries, setHost } from "@/api/client";
import { fixtureHost } from "@/test/fixture-host";

beforeAll(() => import("./SettingsScreen"), 120_000);

let host: ReturnType<typeof fixtureHost>;
const sent: [string, unknown][] = [];

beforeEach(async () => {
  const fixture = fixtureHost({ delay: 0 });
  sent.length = 0;
  host = {
    ...fixture,
    call: (name, args) => {
      sent.push([name, args]);
      return fixture.call(name, args);
    },
  };
  setHost(host);
  queries.clear();
  render(<App />);
  await screen.findByRole("main");
  location.hash = "#/settings/secrets";
  await screen.findByRole("region", { name: "Live system" });
});

const row = (name: string) => screen.getByRole("listitem", { name });

describe("secrets", () => {
  it("says what is missing and who needs it", () => {
    expect(
      within(row("SHOP_TOKEN, Live")).getByText(
        "Get order and Refund order need SHOP_TOKEN: not set for Live",
      ),
    ).toBeTruthy();
    expect(within(row("SHOP_TOKEN, Test")).getByText("In the encrypted file")).toBeTruthy();
    expect(
      within(row("SHOP_TOKEN, Test")).getByText("May be sent to https://test.shop.example.com"),
    ).toBeTruthy();
  });

  it("takes a value that is never shown, for the addresses that are ticked", async () => {
    await userEvent.click(within(row("SHOP_TOKEN, Live")).getByRole("button", { name: "Set" }));
    const value = within(row("SHOP_TOKEN, Live")).getByLabelText<HTMLInputElement>("Value");
    expect(value.type).toBe("password");
    expect(document.activeElement).toBe(value);
    await userEvent.keyboard("sk-unmistakable");
    expect(screen.getByRole("checkbox", { name: "https://shop.example.com" })).toHaveProperty(
      "checked",
      true,
    );
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(sent.some(([name]) => name === "save_secret")).toBe(true));
    expect(sent.find(([name]) => name === "save_secret")?.[1]).toEqual({
      environment: "live",
      name: "SHOP_TOKEN",
      value: "sk-unmistakable",
      origins: ["https://shop.example.com"],
    });
    expect(await screen.findByText("In the keychain")).toBeTruthy();
    expect(document.body.innerHTML).not.toContain("unmistakable");
    await userEvent.click(within(row("SHOP_TOKEN, Live")).getByRole("button", { name: "Replace" }));
    const again = within(row("SHOP_TOKEN, Live")).getByLabelText<HTMLInputElement>("New value");
    expect(again.value).toBe("");
  });

  it("opens the encrypted file with its passphrase and says when it is another one", async () => {
    const place = screen.getByRole("region", { name: "Where secrets are kept" });
    expect(within(place).getByText(/did not answer/)).toBeTruthy();
    const passphrase = within(place).getByLabelText<HTMLInputElement>("Passphrase");
    await userEvent.type(passphrase, "wrong horse{Enter}");
    expect(await within(place).findByText(/does not open the secrets/)).toBeTruthy();
    expect(passphrase.value).toBe("");
    await userEvent.type(passphrase, "correct horse{Enter}");
    expect(await screen.findByText("The encrypted file is open.")).toBeTruthy();
  });

  it("removes at once and offers to bring it back", async () => {
    await userEvent.click(within(row("SHOP_TOKEN, Test")).getByRole("button", { name: "Remove" }));
    await waitFor(() => expect(screen.queryByRole("region", { name: "Test system" })).toBeNull());
    await userEvent.click(await screen.findByText("Undo"));
    await waitFor(() => expect(host.log).toContain("restore_secret"));
  });
});

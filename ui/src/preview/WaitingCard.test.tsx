import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { queries, setHost } from "@/api/client";
import type { SentAnswer } from "@/api/model";
import { fixtureHost } from "@/test/fixture-host";
import type { PreviewSession } from "./preview-session";
import { WaitingCard } from "./WaitingCard";

const refused: SentAnswer = {
  status: 422,
  body: { errors: [{ message: "$.status should be text, not nothing" }] },
  replayed: false,
};

function show(answers: SentAnswer[]) {
  setHost(fixtureHost());
  const sendWebhook = vi.fn(async () => answers);
  const session = { sendWebhook, current: () => ({ log: null }) } as unknown as PreviewSession;
  render(
    <QueryClientProvider client={queries}>
      <WaitingCard
        block="block_wait"
        name="Wait for the payment"
        over={false}
        session={session}
        example={{ amount: 79 }}
      />
    </QueryClientProvider>,
  );
  return sendWebhook;
}

describe("a wait in the preview", () => {
  it("sends the example as it is, and says what the caller was answered", async () => {
    const sendWebhook = show([refused]);
    await userEvent.click(screen.getByRole("button", { name: "Send the example request" }));
    expect(sendWebhook).toHaveBeenCalledWith("block_wait", { amount: 79 }, "once");
    const answers = await screen.findByRole("list", {
      name: "What the other system was answered",
    });
    expect(answers.textContent).toContain("422");
    expect(answers.textContent).toContain("$.status should be text, not nothing");
  });

  it("sends what was changed, and nothing that is no JSON", async () => {
    const sendWebhook = show([]);
    await userEvent.click(screen.getByRole("button", { name: "Edit it first" }));
    const request = screen.getByRole("textbox", { name: "Example request" });
    await userEvent.clear(request);
    await userEvent.type(request, '{{"amount": ');
    expect(
      screen.getByRole<HTMLButtonElement>("button", { name: "Send this request" }).disabled,
    ).toBe(true);
    await userEvent.type(request, "1}");
    await userEvent.click(screen.getByRole("button", { name: "Send this request" }));
    expect(sendWebhook).toHaveBeenCalledWith("block_wait", { amount: 1 }, "once");
  });

  it("sends it late, twice or misshapen", async () => {
    const sendWebhook = show([]);
    for (const [entry, how] of [
      ["Send it late", "late"],
      ["Send it twice", "twice"],
      ["Send a wrong shape", "wrong_shape"],
    ] as const) {
      await userEvent.click(screen.getByRole("button", { name: "Send it another way" }));
      await userEvent.click(await screen.findByRole("menuitem", { name: new RegExp(entry) }));
      expect(sendWebhook).toHaveBeenLastCalledWith("block_wait", { amount: 79 }, how);
    }
  });
});

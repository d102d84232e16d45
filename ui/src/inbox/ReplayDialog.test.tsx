import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { setHost } from "@/api/client";
import type { EventKind, LogEvent, Replayed } from "@/api/model";
import { fixtureHost } from "@/test/fixture-host";
import { ReplayDialog } from "./ReplayDialog";

const said = (text: string): EventKind => ({ kind: "said", text, place: null, by: "assistant" });
const turn = (...kinds: EventKind[]): LogEvent[] =>
  kinds.map((kind, at) => ({ seq: at + 1, at, cause: 3, v: 1, ...kind }));

function show(replayed: Replayed) {
  setHost({ ...fixtureHost(), call: () => Promise.resolve(replayed) });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ReplayDialog conversation="c" names={(id) => id} onClose={() => undefined} />
    </QueryClientProvider>,
  );
}

const side = (name: string) => within(screen.getByRole("region", { name }));
const difference = (name: string) =>
  side(name).getByLabelText("The difference:").closest("li")?.textContent;

describe("a replay on the draft", () => {
  it("says which step differs, what each side does there, and that it ends there", async () => {
    const yes: EventKind = { kind: "customer_said", text: "yes", sealed: null };
    show({
      same: 4,
      inputs: 9,
      difference: {
        seq: 12,
        recorded: turn(yes, said("Refunded.")),
        draft: turn(yes, said("One moment"), said("Refunded.")),
        recorded_at: 1,
        draft_at: 1,
      },
    });
    await screen.findByText("Step 5 of 9 differs.");
    screen.getByText("The 4 steps before it come out the same.");
    expect(difference("What happened")).toContain("Refunded.");
    expect(difference("What your draft would do")).toContain("One moment");
    expect(screen.getByText("The replay ends here.").parentElement?.textContent).toContain(
      "4 steps after it were not replayed.",
    );
  });

  it("leads up to the difference with few rows of a long turn, and says where a side stops", async () => {
    const alike = Array.from({ length: 12 }, (_, at) => said(`The same ${at}`));
    show({
      same: 0,
      inputs: 1,
      difference: {
        seq: 1,
        recorded: turn(...alike),
        draft: turn(...alike, said("And more")),
        recorded_at: 12,
        draft_at: 12,
      },
    });
    await screen.findByText("It differs from the first step on.");
    const happened = side("What happened");
    happened.getByText("8 more that are the same");
    happened.getByText("Nothing more happened here.");
    expect(screen.queryByText(/not replayed/), "nothing came after it").toBeNull();
  });

  it("says so where all is the same", async () => {
    show({ same: 3, inputs: 3, difference: null });
    await screen.findByText("Your draft does the same, through all 3 steps.");
  });
});

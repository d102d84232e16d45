import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { queries, setHost } from "@/api/client";
import type { Condition, Sentence, TaskView } from "@/api/model";
import { fixtureHost } from "@/test/fixture-host";
import { ConditionField } from "./ConditionField";
import { opposite } from "./condition-words";
import { SentenceCondition } from "./instructions/SentenceCondition";
import { TaskDeskContext, type TaskDesk } from "./task-desk";

const confirmed: Condition = { type: "confirmed" };
const text = "If it is late, apologise.";
const changeBlock = vi.fn();

async function desk(): Promise<TaskDesk> {
  const host = fixtureHost({ delay: 0 });
  setHost(host);
  const view = (await host.call("read_task", { task: "task_refund" })) as TaskView;
  const [block] = view.task.blocks;
  const blocks = block ? [{ ...block, text } as typeof block] : [];
  return {
    task: { ...view.task, blocks },
    view,
    catalogue: view.catalogue,
    references: [],
    editing: { flush: async () => undefined, undo: async () => undefined },
    changeBlock,
  } as unknown as TaskDesk;
}

beforeEach(() => {
  queries.clear();
  changeBlock.mockClear();
});

async function show(children: React.ReactNode): Promise<void> {
  const value = await desk();
  render(
    <QueryClientProvider client={queries}>
      <TaskDeskContext value={value}>{children}</TaskDeskContext>
    </QueryClientProvider>,
  );
}

function Held({ start }: { start: Condition | null }) {
  const [condition, setCondition] = useState(start);
  return (
    <>
      <ConditionField condition={condition} onChange={setCondition} />
      <output aria-label="Held">{JSON.stringify(condition)}</output>
    </>
  );
}

const money = { type: "amount", value: { amount: "5", currency: "EUR" } } as const;
const words = () =>
  screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Condition in words" });
const held = () => JSON.parse(screen.getByLabelText("Held").textContent ?? "null") as Condition;

describe("a condition in two views", () => {
  it("says the form in words and takes words into the form", async () => {
    await show(<Held start={confirmed} />);
    await waitFor(() => expect(words().value).toBe("the customer confirms"));
    await userEvent.type(words(), " and it is within opening hours");
    await screen.findByText("Someone is there (opening hours)");
    expect(held()).toEqual({ type: "all", parts: [confirmed, { type: "within_opening_hours" }] });
  });

  it("keeps the condition while the words are not understood, and says why", async () => {
    await show(<Held start={confirmed} />);
    await waitFor(() => expect(words().value).toBe("the customer confirms"));
    await userEvent.clear(words());
    await userEvent.type(words(), "the moon is full");
    expect(await screen.findByText(/“the moon is full” was not understood/)).toBeTruthy();
    expect(words().getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByText("The customer said yes")).toBeTruthy();
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(words().value).toBe("the customer confirms"));
  });
});

describe("words that were typed", () => {
  it("stay as they were typed, and give way to the form", async () => {
    await show(<Held start={null} />);
    await userEvent.type(words(), "the customer confirms and it is within opening hours");
    await screen.findByText("Someone is there (opening hours)");
    expect(words().value).toBe("the customer confirms and it is within opening hours");
    const [first] = screen.getAllByRole("button", { name: "Remove this part" });
    if (first) await userEvent.click(first);
    await waitFor(() => expect(words().value).toBe("it is within opening hours"));
    expect(held()).toEqual({ type: "within_opening_hours" });
  });
});

const turn = () => screen.getByRole("button", { name: "Turn this part into its opposite" });

describe("a part that the form has no boxes for", () => {
  const anyItem: Condition = { type: "any_item", list: "order items", part: confirmed };
  const far: Condition = {
    type: "test",
    subject: {
      type: "difference",
      one: { type: "reference", reference: "order.total" },
      other: { type: "reference", reference: "order.paid" },
    },
    comparison: { type: "at_least", than: { type: "constant", value: money } },
  };

  it("is said in words, and stays while others change", async () => {
    await show(
      <Held start={{ type: "all", parts: [anyItem, confirmed, { type: "any", parts: [far] }] }} />,
    );
    expect(
      await screen.findByText("for one of the order items, the customer confirms"),
    ).toBeTruthy();
    expect(screen.getAllByText(/Only words can change this part/)).toHaveLength(2);
    expect(screen.queryByRole("combobox", { name: "How it is compared" })).toBeNull();
    const [, second] = screen.getAllByRole("button", { name: "Remove this part" });
    if (second) await userEvent.click(second);
    expect(held()).toEqual({ type: "all", parts: [anyItem, { type: "any", parts: [far] }] });
  });

  it("can be turned into its opposite and back", async () => {
    await show(<Held start={anyItem} />);
    await userEvent.click(turn());
    expect(held()).toEqual({ type: "not", part: anyItem });
    expect(
      await screen.findByText("not: for one of the order items, the customer confirms", {
        selector: "p",
      }),
    ).toBeTruthy();
    await userEvent.click(turn());
    expect(held()).toEqual(anyItem);
  });
});

describe("the condition of a sentence", () => {
  const sentence = { span: { start: 0, end: 13 } } as Sentence;

  it("is written into the text as words", async () => {
    const done = vi.fn();
    await show(
      <SentenceCondition
        sentence={sentence}
        block="block_a"
        condition={{ type: "within_opening_hours" }}
        onDone={done}
      />,
    );
    await waitFor(() => expect(words().value).toBe("it is within opening hours"));
    expect(screen.queryByRole("button", { name: "Write it into the sentence" })).toBeNull();
    await userEvent.clear(words());
    await userEvent.type(words(), "the customer confirms");
    await userEvent.click(
      await screen.findByRole("button", { name: "Write it into the sentence" }),
    );
    await waitFor(() => expect(done).toHaveBeenCalled());
    expect(changeBlock).toHaveBeenCalledWith(
      "block_a",
      { text: "If the customer confirms, apologise." },
      { label: "Changed a condition", apart: true },
    );
  });

  it("is left alone where it would not be read back", async () => {
    const done = vi.fn();
    await show(
      <SentenceCondition sentence={sentence} block="block_a" condition={confirmed} onDone={done} />,
    );
    await userEvent.click(screen.getByRole("button", { name: "As a form" }));
    await userEvent.click(
      await screen.findByRole("button", { name: "Turn this part into its opposite" }),
    );
    await userEvent.click(
      await screen.findByRole("button", { name: "Write it into the sentence" }),
    );
    expect((await screen.findByRole("alert")).textContent).toBe("It is not read back.");
    expect(changeBlock).not.toHaveBeenCalled();
    expect(done).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole("button", { name: "Put it back" }));
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

const test = (comparison: Extract<Condition, { type: "test" }>["comparison"]): Condition => ({
  type: "test",
  subject: { type: "reference", reference: "order.total" },
  comparison,
});
const of = { type: "constant", value: { type: "integer", value: 3 } } as const;

describe("the opposite of a condition", () => {
  it.each([
    [test({ type: "is", to: of }), test({ type: "is_not", to: of })],
    [test({ type: "more_than", than: of }), test({ type: "at_most", than: of })],
    [test({ type: "less_than", than: of }), test({ type: "at_least", than: of })],
    [test({ type: "present" }), test({ type: "missing" })],
    [confirmed, { type: "not", part: confirmed } as Condition],
  ])("is said without a not where a word says it", (condition, other) => {
    expect(opposite(condition)).toEqual(other);
    expect(opposite(other)).toEqual(condition);
  });

  it("of yes is no", () => {
    const yes = { type: "constant", value: { type: "boolean", value: true } } as const;
    const no = { type: "constant", value: { type: "boolean", value: false } } as const;
    expect(opposite(test({ type: "is", to: yes }))).toEqual(test({ type: "is", to: no }));
  });
});

import { describe, expect, it } from "vitest";
import type { TriedExample, TriggerOutcome } from "@/api/model";
import { effects } from "./effect";
import { mixUpRows, wrongTasks } from "./mix-ups";
import { encoderWords, outcomeWords } from "./outcome-words";
import { counterExample, overlapAdvice } from "./overlap-words";

const starts = (task: string): TriggerOutcome => ({ type: "starts", task });
const nothing: TriggerOutcome = { type: "nothing" };
const tried = (
  task: string,
  text: string,
  outcome: TriggerOutcome,
  before: TriggerOutcome | null = null,
): TriedExample => ({ task, text, outcome, before });
const names: Record<string, string> = { a: "Refund", b: "Track a parcel", c: "FAQ" };
const titles = (id: string) => names[id] ?? id;

describe("mix-ups", () => {
  const examples = [
    tried("a", "money back", starts("a")),
    tried("b", "parcel", starts("b")),
    tried("b", "where is it", starts("a")),
    tried("b", "late", nothing),
    tried("b", "the order", { type: "asks", between: ["a", "b"] }),
  ];
  const tasks = ["a", "b", "c"].map((id) => ({ id, title: titles(id) }));

  it("counts each example where it would end, most mix-ups first", () => {
    const [first, second, ...rest] = mixUpRows(tasks, examples);
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ task: { id: "b" }, all: 4, off: 3 });
    expect(first?.wrong.get("a")?.map(({ text }) => text)).toEqual(["where is it"]);
    expect(first?.asked).toHaveLength(1);
    expect(first?.nothing).toHaveLength(1);
    expect(second).toMatchObject({ task: { id: "a" }, off: 0 });
  });

  it("has a column for each task that is started wrongly", () => {
    expect(wrongTasks(mixUpRows(tasks, examples))).toEqual(["a"]);
  });
});

describe("the effect of an edit", () => {
  it("is counted for this task and for others, what is worse first", () => {
    const found = effects(
      [
        tried("a", "one", starts("a"), nothing),
        tried("a", "two", starts("a"), starts("b")),
        tried("b", "three", starts("a"), starts("b")),
        tried("b", "four", starts("b"), starts("a")),
        tried("b", "five", starts("b")),
      ],
      "a",
      titles,
    );
    expect(found.map(({ words, kind }) => [kind, words])).toEqual([
      ["worse", "1 message of “Track a parcel” would now start this one"],
      ["better", "2 examples now start this task that did not"],
      ["better", "1 message of “Track a parcel” now starts it that did not"],
    ]);
    expect(found[1]?.messages.map(({ text }) => text)).toEqual(["one", "two"]);
  });

  it("keeps the tasks apart that it takes messages from", () => {
    const found = effects(
      [tried("b", "three", starts("a"), starts("b")), tried("c", "four", starts("a"), starts("c"))],
      "a",
      titles,
    );
    expect(found.map(({ words }) => words)).toEqual([
      "1 message of “Track a parcel” would now start this one",
      "1 message of “FAQ” would now start this one",
    ]);
  });
});

describe("overlaps", () => {
  const overlap = {
    task: "a",
    text: "where is my money",
    own: 500,
    other: "b",
    score: 480,
    closest: "where is it",
    words: ["where"],
  };

  it("say what to add to tell the tasks apart", () => {
    expect(overlapAdvice(overlap, titles)).toEqual([
      "Add an example to “Refund” that has none of “where”.",
      "Say in the description of “Track a parcel”: “Do not use it for: refund.”",
    ]);
    const [, faq] = overlapAdvice({ ...overlap, task: "c" }, titles);
    expect(faq).toContain("FAQ.");
  });

  it("offer the other task’s message as one that should not start this task", () => {
    expect(counterExample(overlap, "a")).toBe("where is it");
    expect(counterExample(overlap, "b")).toBe("where is my money");
    expect(counterExample(overlap, "c")).toBeNull();
  });
});

describe("words", () => {
  it("say what would happen", () => {
    expect(outcomeWords(starts("a"), titles, "a")).toBe("Starts this task");
    expect(outcomeWords({ type: "asks", between: ["a", "b"] }, titles, "a")).toBe(
      "Asks: “Refund” or “Track a parcel”?",
    );
    expect(outcomeWords({ type: "asks", between: ["b"] }, titles, "a")).toBe(
      "Asks whether “Track a parcel” is meant",
    );
  });

  it("say why tasks are chosen by words only", () => {
    const missing = encoderWords({ state: "missing", why: "the files are not here" });
    expect(missing.weak).toBe(true);
    expect(missing.note).toContain("the files are not here");
  });
});

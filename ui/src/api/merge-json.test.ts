import { describe, expect, it } from "vitest";
import { mergeJson } from "./merge-json";

const block = (id: string, text: string) => ({ id, type: "instructions", text });
const branch = (blocks: object[]) => ({ id: "branch", type: "branch", otherwise: blocks });
const task = {
  title: "Refund an order",
  description: "",
  examples: ["refund please", "money back"],
  blocks: [block("a", "Look up the order. Then refund it."), block("b", "Say goodbye.")],
};
const texts = (blocks: { id: string; text: string }[]) =>
  blocks.map(({ id, text }) => `${id}: ${text}`);

describe("two people in one document", () => {
  it("keeps what each of them wrote in another field", () => {
    const { merged, clash } = mergeJson(
      task,
      { ...task, title: "Refund" },
      { ...task, description: "For refunds." },
    );
    expect(merged).toEqual({ ...task, title: "Refund", description: "For refunds." });
    expect(clash).toBe(false);
  });

  it("keeps both when they write in one text, in different places", () => {
    const { merged, clash } = mergeJson(
      "Look up the order. Then refund it.",
      "Look up the order. Then refund it. Thank 😀 them.",
      "First look up the order. Then refund it.",
    );
    expect(merged).toBe("First look up the order. Then refund it. Thank 😀 them.");
    expect(clash).toBe(false);
  });

  it("lets mine stand where both changed the same words, and says so", () => {
    expect(mergeJson("in 40 days", "in 30 days", "in 50 days")).toEqual({
      merged: "in 30 days",
      clash: true,
    });
  });

  it("keeps a block each of them added, and the words in the others", () => {
    const { merged, clash } = mergeJson(
      task,
      { ...task, blocks: [...task.blocks, block("mine", "Mine.")] },
      {
        ...task,
        blocks: [block("theirs", "Theirs."), block("a", "Look it up."), block("b", "Say goodbye.")],
      },
    );
    expect(texts(merged.blocks)).toEqual([
      "theirs: Theirs.",
      "a: Look it up.",
      "b: Say goodbye.",
      "mine: Mine.",
    ]);
    expect(clash).toBe(false);
  });

  it("drops what one of them deleted, but never words being written", () => {
    const gone = { ...task, blocks: task.blocks.slice(0, 1) };
    expect(mergeJson(task, task, gone).merged.blocks).toHaveLength(1);
    const written = {
      ...task,
      blocks: [task.blocks[0] ?? block("a", ""), block("b", "Say goodbye warmly.")],
    };
    const { merged, clash } = mergeJson(task, written, gone);
    expect(texts(merged.blocks)[1]).toBe("b: Say goodbye warmly.");
    expect(clash, "the other window is told about it").toBe(true);
  });

  it("follows a new order while words are written in one of the blocks", () => {
    const { merged } = mergeJson(
      task,
      { ...task, blocks: [task.blocks[0] ?? block("a", ""), block("b", "Say goodbye warmly.")] },
      { ...task, blocks: task.blocks.toReversed() },
    );
    expect(texts(merged.blocks)[0]).toBe("b: Say goodbye warmly.");
  });

  it("never shows a block twice that one moved and the other wrote in", () => {
    const base = { blocks: [block("a", "Text"), branch([])] };
    const mine = { blocks: [branch([block("a", "Text")])] };
    const theirs = { blocks: [block("a", "Text and more"), branch([])] };
    expect(mergeJson<object>(base, mine, theirs)).toEqual({ merged: mine, clash: true });
  });

  it("merges lists of plain words", () => {
    const { merged } = mergeJson(
      task.examples,
      ["refund please", "money back", "cash back"],
      ["hello", "refund please", "money back"],
    );
    expect(merged).toEqual(["hello", "refund please", "money back", "cash back"]);
  });

  it("gives back the same object where nobody else changed anything", () => {
    const mine = { ...task, title: "Other" };
    expect(mergeJson(task, mine, structuredClone(task)).merged).toBe(mine);
  });
});

import { describe, expect, it } from "vitest";
import { applyChange } from "@/test/fixture-host";
import { task } from "@/test/fixture-data";
import { moveBlock, placeBlock, removeBlock, insertBlock, topList } from "@/task/block-tree";
import { makeBlock } from "@/task/block-kinds";
import { diffJson, same } from "./diff-json";

function replay(before: unknown, after: unknown): unknown {
  return diffJson(before, after).reduce<unknown>(applyChange, before);
}

const body = (json: unknown) => ({ request: { body: { type: "json", json } } });

describe("the changes between two documents", () => {
  it("leads from one to the other, whatever was done to the blocks", () => {
    const edits = [
      { ...task, title: "Cancel 😀 an order" },
      { ...task, description: "" },
      { ...task, examples: [...task.examples.slice(1), "new one"] },
      { ...task, counter_examples: [] },
      moveBlock(task, "block_b", -1),
      moveBlock(task, "block_c", 1),
      removeBlock(task, "block_a"),
      placeBlock(task, "block_e", { owner: "block_b", slot: "otherwise" }, 0),
      insertBlock(task, topList, 2, { ...makeBlock("branch"), name: "New" }),
      { ...task, attributes: task.attributes.toReversed() },
    ];
    for (const after of edits) expect(same(replay(task, after), after)).toBe(true);
  });

  it("tells a text as a splice counted in code points", () => {
    expect(diffJson({ title: "A 😀 cat" }, { title: "A 😀 big cat" })).toEqual([
      { type: "splice", path: "/title", at: 4, removed: "", inserted: "big " },
    ]);
  });

  it("sees no change between absent and empty", () => {
    expect(diffJson({ id: "x" }, { id: "x", name: "", off: false, inputs: {} })).toEqual([]);
  });

  it("escapes names in a path", () => {
    expect(diffJson({ "a/b": 1 }, { "a/b": 2 })[0]).toMatchObject({ path: "/a~1b" });
  });

  it("takes JSON for other systems to the letter: empty and absent are two things there", () => {
    expect(diffJson(body({}), body({ note: "", urgent: false }))).toEqual([
      {
        type: "set",
        path: "/request/body/json",
        before: {},
        after: { note: "", urgent: false },
      },
    ]);
    expect(diffJson(body({ a: [1] }), body({ a: [1] }))).toEqual([]);
    expect(diffJson({ request: {} }, { request: { body: null } })).toEqual([]);
  });
});

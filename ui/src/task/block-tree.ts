import type { Block, Task } from "@/api/model";
import { newId } from "./new-id";

/** A list of blocks inside a container, by a name that stays when its neighbours change. */
export interface Inside {
  slot: string;
  blocks: Block[];
}

/** The lists of blocks a container holds, in the order they are shown. */
export function insides(block: Block): Inside[] {
  switch (block.type) {
    case "wait_for_webhook":
      return [{ slot: "what_then", blocks: block.what_then }];
    case "buttons":
      return block.options.map((option) => ({ slot: option.id, blocks: option.blocks }));
    case "branch":
      return [
        ...block.arms.map((arm) => ({ slot: arm.id, blocks: arm.blocks })),
        { slot: "otherwise", blocks: block.otherwise },
      ];
    default:
      return [];
  }
}

function withInside(block: Block, slot: string, blocks: Block[]): Block {
  switch (block.type) {
    case "wait_for_webhook":
      return { ...block, what_then: blocks };
    case "buttons":
      return {
        ...block,
        options: block.options.map((option) =>
          option.id === slot ? { ...option, blocks } : option,
        ),
      };
    case "branch":
      return slot === "otherwise"
        ? { ...block, otherwise: blocks }
        : { ...block, arms: block.arms.map((arm) => (arm.id === slot ? { ...arm, blocks } : arm)) };
    default:
      return block;
  }
}

/** Where a list of blocks stands: the task's own, or a slot of a container. */
export interface ListPlace {
  owner: string | null;
  slot: string;
}

export const topList: ListPlace = { owner: null, slot: "" };

/** Changes every list of blocks by `change`, keeping what it leaves alone identical. */
function mapLists(
  blocks: Block[],
  place: ListPlace,
  change: (blocks: Block[], place: ListPlace) => Block[],
): Block[] {
  const inner = blocks.map((block) => {
    let next = block;
    for (const { slot, blocks: list } of insides(block)) {
      const changed = mapLists(list, { owner: block.id, slot }, change);
      if (changed !== list) next = withInside(next, slot, changed);
    }
    return next;
  });
  const unchanged = inner.every((block, at) => block === blocks[at]);
  return change(unchanged ? blocks : inner, place);
}

/** Changes one block, wherever it stands. */
export function changeBlock(task: Task, id: string, change: (block: Block) => Block): Task {
  const blocks = mapLists(task.blocks, topList, (list) =>
    list.some((block) => block.id === id)
      ? list.map((block) => (block.id === id ? change(block) : block))
      : list,
  );
  return blocks === task.blocks ? task : { ...task, blocks };
}

export function removeBlock(task: Task, id: string): Task {
  const blocks = mapLists(task.blocks, topList, (list) =>
    list.some((block) => block.id === id) ? list.filter((block) => block.id !== id) : list,
  );
  return { ...task, blocks };
}

/** Puts a block into a list, before the item at `at`. */
export function insertBlock(task: Task, place: ListPlace, at: number, block: Block): Task {
  const blocks = mapLists(task.blocks, topList, (list, here) =>
    here.owner === place.owner && here.slot === place.slot
      ? [...list.slice(0, at), block, ...list.slice(at)]
      : list,
  );
  return { ...task, blocks };
}

export interface Found {
  block: Block;
  place: ListPlace;
  at: number;
  siblings: Block[];
  depth: number;
}

/** Every block with its place, containers before what they hold. */
export function allBlocks(task: Task): Found[] {
  const found: Found[] = [];
  const walk = (list: Block[], place: ListPlace, depth: number) => {
    list.forEach((block, at) => {
      found.push({ block, place, at, siblings: list, depth });
      for (const { slot, blocks } of insides(block))
        walk(blocks, { owner: block.id, slot }, depth + 1);
    });
  };
  walk(task.blocks, topList, 0);
  return found;
}

export function findBlock(task: Task, id: string): Found | undefined {
  return allBlocks(task).find(({ block }) => block.id === id);
}

/** Moves a block one place up or down; at the edge of a container it steps out of it. */
export function moveBlock(task: Task, id: string, step: 1 | -1): Task {
  const found = findBlock(task, id);
  if (!found) return task;
  const { block, place, at, siblings } = found;
  const next = at + step;
  if (next >= 0 && next < siblings.length) {
    return insertBlock(removeBlock(task, id), place, next, block);
  }
  const owner = place.owner ? findBlock(task, place.owner) : undefined;
  if (!owner) return task;
  return insertBlock(removeBlock(task, id), owner.place, owner.at + (step === 1 ? 1 : 0), block);
}

/** Puts a block at another place of the task; into itself it cannot go. `at` counts without it. */
export function placeBlock(task: Task, id: string, place: ListPlace, at: number): Task {
  const found = findBlock(task, id);
  if (!found || (place.owner !== null && holds(found.block, place.owner))) return task;
  const sameList = found.place.owner === place.owner && found.place.slot === place.slot;
  if (sameList && at === found.at) return task;
  return insertBlock(removeBlock(task, id), place, at, found.block);
}

function holds(block: Block, id: string): boolean {
  return (
    block.id === id || insides(block).some(({ blocks }) => blocks.some((inner) => holds(inner, id)))
  );
}

/** A copy with new ids all the way down. */
export function copyBlock(block: Block): Block {
  const copy = { ...block, id: newId("block") };
  switch (copy.type) {
    case "wait_for_webhook":
      return { ...copy, key: `${copy.key}_copy`, what_then: copy.what_then.map(copyBlock) };
    case "buttons":
      return {
        ...copy,
        options: copy.options.map((option) => ({
          ...option,
          id: newId("option"),
          blocks: option.blocks.map(copyBlock),
        })),
      };
    case "branch":
      return {
        ...copy,
        arms: copy.arms.map((arm) => ({
          ...arm,
          id: newId("option"),
          blocks: arm.blocks.map(copyBlock),
        })),
        otherwise: copy.otherwise.map(copyBlock),
      };
    default:
      return copy;
  }
}

import type { Block } from "@/api/model";
import { BlockCard } from "./BlockCard";
import type { ListPlace } from "./block-tree";

/** Blocks in order, each on its own card. */
export function BlockList({
  blocks,
  place,
  depth,
}: {
  blocks: readonly Block[];
  place: ListPlace;
  depth: number;
}) {
  return (
    <ol className="flex flex-col gap-3" data-list={`${place.owner ?? ""}/${place.slot}`}>
      {blocks.map((block, at) => (
        <BlockCard key={block.id} block={block} place={place} at={at} depth={depth} />
      ))}
    </ol>
  );
}

import type { ReactNode } from "react";
import type { Block } from "@/api/model";
import { AddBlock } from "../AddBlock";
import { BlockList } from "../BlockList";

/** One way inside a container: what leads into it, and the blocks that then run. */
export function Way({
  owner,
  slot,
  blocks,
  depth,
  head,
  empty = "Nothing happens here yet; the task goes on below.",
}: {
  owner: string;
  slot: string;
  blocks: readonly Block[];
  depth: number;
  head: ReactNode;
  /** Said while there is no block. */
  empty?: string;
}) {
  return (
    <div className="rounded-md border border-line">
      <div className="flex min-h-10 flex-wrap items-center gap-2 px-2.5 py-1.5">{head}</div>
      <div className="border-t border-line bg-canvas px-2.5 py-2.5 last:rounded-b-md">
        {blocks.length > 0 ? (
          <BlockList blocks={blocks} place={{ owner, slot }} depth={depth + 1} />
        ) : (
          <p className="px-1 pb-1 text-12 text-faint">{empty}</p>
        )}
        <div className="mt-1.5">
          <AddBlock place={{ owner, slot }} at={blocks.length} quiet />
        </div>
      </div>
    </div>
  );
}

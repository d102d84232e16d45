import type { Block } from "@/api/model";

/** A block of one kind. */
export type BlockOf<Type extends Block["type"]> = Extract<Block, { type: Type }>;

/** Every type that the program and its screens share, written from the Rust types. */
export type * from "./types";

import type { Block, ComparedItem, LogEvent } from "./types";

/** Each member of a union without the keys that all of them share. */
type Without<Union, Keys extends PropertyKey> = Union extends unknown ? Omit<Union, Keys> : never;

/** What a block does. */
export type BlockKind = Without<Block, "id" | "name" | "off">;
/** What happened in an event. */
export type EventKind = Without<LogEvent, "seq" | "at" | "cause" | "input" | "v">;
/** One document of a bundle beside what is there. */
export type ImportItem = ComparedItem;

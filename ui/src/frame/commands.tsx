import { createContext, use, useEffect, useId, useMemo, useRef, useSyncExternalStore } from "react";
import type { PaletteEntry } from "@/parts/CommandPalette";

/** Collects what the screens on show can do, for the palette. */
export class PaletteBook {
  private readonly pages = new Map<string, readonly PaletteEntry[]>();
  private readonly listeners = new Set<() => void>();
  private all: readonly PaletteEntry[] = [];

  put(id: string, entries: readonly PaletteEntry[]): void {
    this.pages.set(id, entries);
    this.tell();
  }

  drop(id: string): void {
    this.pages.delete(id);
    this.tell();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The newest screen comes first: what can be done here matters more than where to go. */
  readonly entries = (): readonly PaletteEntry[] => this.all;

  private tell(): void {
    this.all = [...this.pages.values()].toReversed().flat();
    for (const listener of this.listeners) listener();
  }
}

export const PaletteContext = createContext(new PaletteBook());

export function usePaletteEntries(): readonly PaletteEntry[] {
  const book = use(PaletteContext);
  return useSyncExternalStore(book.subscribe, book.entries);
}

/** Offers entries in the palette as long as this component is on screen. */
export function useOffer(entries: readonly PaletteEntry[]): void {
  const book = use(PaletteContext);
  const id = useId();
  const latest = useRef(entries);
  latest.current = entries;
  // Labels decide whether the list changed; what they do is always the newest.
  const key = entries.map((entry) => `${entry.id}\n${entry.label}`).join("\n\n");
  const stable = useMemo(
    () =>
      latest.current.map((entry, at) => ({
        ...entry,
        onSelect: () => latest.current[at]?.onSelect(),
      })),
    // oxlint-disable-next-line react/exhaustive-deps
    [key],
  );
  useEffect(() => {
    book.put(id, stable);
    return () => book.drop(id);
  }, [book, id, stable]);
}

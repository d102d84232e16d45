import type { Span } from "@/api/model";

/** A sentence of a block. */
export interface TextPlace {
  block: string;
  span: Span;
}

const same = (a: TextPlace | null, b: TextPlace | null): boolean =>
  a === b ||
  (!!a && !!b && a.block === b.block && a.span.start === b.span.start && a.span.end === b.span.end);

/**
 * The sentence that is looked at, in the text or in the outline: both show it, each in its own way. It
 * changes with the caret, so only who shows it listens; the page does not draw again.
 */
export class TextPlaces {
  private place: TextPlace | null = null;
  private readonly listeners = new Set<() => void>();
  private readonly writers = new Map<string, (span: Span) => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): TextPlace | null => this.place;

  look(place: TextPlace | null): void {
    if (same(place, this.place)) return;
    this.place = place;
    for (const listener of this.listeners) listener();
  }

  /** The editor of a block says how to put the caret into its text. */
  answerFor(block: string, write: (span: Span) => void): () => void {
    this.writers.set(block, write);
    return () => {
      if (this.writers.get(block) === write) this.writers.delete(block);
    };
  }

  /** Puts the caret at the sentence. */
  write({ block, span }: TextPlace): void {
    this.writers.get(block)?.(span);
  }
}

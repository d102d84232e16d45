import { call, host } from "@/api/client";
import type { LogEvent } from "@/api/model";

const pageSize = 100;

/**
 * The log of one conversation, read in pages around what is in sight. However long it is, opening it
 * reads its last page only; what comes new is appended as it is told.
 */
export class LogStore {
  /** How many events there are. */
  total = 0;
  failure: unknown = null;
  private version = 0;
  private readonly events = new Map<number, LogEvent>();
  private readonly asked = new Set<number>();
  private readonly listeners = new Set<() => void>();
  private stop: (() => void) | null = null;
  private closed = false;

  constructor(readonly conversation: string) {}

  /** Begins to follow; answers once the last page is there. */
  async open(): Promise<void> {
    this.follow();
    await this.readTail();
  }

  close(): void {
    this.closed = true;
    this.stop?.();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Changes whenever something in the log did. */
  readonly stamp = (): number => this.version;

  /** The event with this number, from 1, where it is already here. */
  event(seq: number): LogEvent | undefined {
    return this.events.get(seq);
  }

  /** The newest events that are here without a gap, oldest first. */
  tail(): LogEvent[] {
    const found: LogEvent[] = [];
    for (let seq = this.total; seq >= 1; seq -= 1) {
      const event = this.events.get(seq);
      if (!event) break;
      found.push(event);
    }
    return found.toReversed();
  }

  /** Fetches the pages that hold these numbers. */
  need(first: number, last: number): void {
    const from = Math.floor((Math.max(1, first) - 1) / pageSize);
    const to = Math.floor((Math.min(this.total, last) - 1) / pageSize);
    for (let page = from; page <= to; page += 1) void this.readPage(page);
  }

  /** Reads further back; true where there was more. */
  async earlier(): Promise<boolean> {
    const oldest = this.tail()[0]?.seq ?? 1;
    if (oldest <= 1) return false;
    await this.readPage(Math.floor((oldest - 2) / pageSize));
    return true;
  }

  private async readTail(): Promise<void> {
    try {
      const from = Math.max(1, this.total - pageSize + 1);
      const page = await call("read_log", {
        conversation: this.conversation,
        from,
        limit: pageSize,
      });
      this.put(page.events, page.total);
      if (page.total > from + pageSize - 1) {
        const last = Math.floor((page.total - 1) / pageSize);
        await Promise.all([this.readPage(last), last > 0 ? this.readPage(last - 1) : null]);
      }
      this.failure = null;
    } catch (thrown) {
      this.failure = thrown;
      this.tell();
    }
  }

  private async readPage(page: number): Promise<void> {
    if (page < 0 || this.asked.has(page)) return;
    const from = page * pageSize + 1;
    if (this.has(from, Math.min(this.total, from + pageSize - 1))) return;
    this.asked.add(page);
    try {
      const read = await call("read_log", {
        conversation: this.conversation,
        from,
        limit: pageSize,
      });
      this.put(read.events, read.total);
    } catch (thrown) {
      this.failure = thrown;
      this.tell();
    } finally {
      this.asked.delete(page);
    }
  }

  private has(from: number, to: number): boolean {
    for (let seq = from; seq <= to; seq += 1) if (!this.events.has(seq)) return false;
    return true;
  }

  private put(events: readonly LogEvent[], total: number): void {
    for (const event of events) this.events.set(event.seq, event);
    this.total = Math.max(this.total, total, events.at(-1)?.seq ?? 0);
    this.tell();
  }

  private follow(): void {
    if (this.closed) return;
    this.stop = host().subscribe(
      { conversation: this.conversation },
      (message) => this.hear(message),
      () => {
        // The wire broke: take it up again a little later and read what was missed.
        if (this.closed) return;
        setTimeout(() => {
          this.follow();
          void this.catchUp();
        }, 800);
      },
    );
  }

  private hear(message: unknown): void {
    const fresh = eventsIn(message, this.conversation);
    if (fresh === "reread") void this.catchUp();
    else if (fresh.length > 0) this.put(fresh, 0);
  }

  private async catchUp(): Promise<void> {
    const from = this.total + 1;
    try {
      const page = await call("read_log", {
        conversation: this.conversation,
        from,
        limit: pageSize,
      });
      this.put(page.events, page.total);
    } catch {
      // The next message tries again.
    }
  }

  private tell(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }
}

/** The events a message of the subscription brings, or that everything must be read again. */
function eventsIn(message: unknown, conversation: string): LogEvent[] | "reread" {
  if (message === "reread") return "reread";
  if (typeof message !== "object" || message === null) return [];
  const { type, event, events } = message as Record<string, unknown>;
  const from = (message as Record<string, unknown>)["conversation"];
  if (type === "reread") return "reread";
  if (typeof from === "string" && from !== conversation) return [];
  if (Array.isArray(events)) return events as LogEvent[];
  return event ? [event as LogEvent] : [];
}

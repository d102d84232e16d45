import { call, host } from "@/api/client";
import type { LogEvent, LogPage } from "@/api/model";

const pageSize = 100;
/** Pages under way at once: whoever drags the scroll bar must not queue up for what is long out of sight. */
const mostAsked = 2;
/** Milliseconds between requests while whole pages fly by: a request per frame costs more than the frame has time for. */
const pace = 50;

/**
 * The log of one conversation, read in pages around what is in sight. However long it is, opening it
 * reads its last pages only; what comes new is appended as it is told.
 */
export class LogStore {
  /** How many events there are. */
  total = 0;
  failure: unknown = null;
  private version = 0;
  private tailVersion = 0;
  private readonly events = new Map<number, LogEvent>();
  private readonly asked = new Set<number>();
  /** The pages in sight, first and last. */
  private wanted: readonly [number, number] = [0, -1];
  private lastJump = -pace;
  private jumping: ReturnType<typeof setTimeout> | null = null;
  /** The first event of the tail; 0 where none was read yet. */
  private chatFrom = 0;
  private readonly listeners = new Set<() => void>();
  private stop: (() => void) | null = null;
  private closed = false;
  private opened = false;
  /** Something may have happened between reading and following. */
  private missed = false;
  /** What was told last has not been painted yet. */
  private telling = false;
  private more = false;

  constructor(readonly conversation: string) {}

  /** Begins to follow; answers once the last page is there. */
  async open(): Promise<void> {
    this.follow();
    await this.readTail();
    this.opened = true;
    if (this.missed) void this.catchUp();
  }

  close(): void {
    this.closed = true;
    if (this.jumping !== null) clearTimeout(this.jumping);
    this.stop?.();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Changes whenever something in the log did. */
  readonly stamp = (): number => this.version;

  /** Changes whenever something in the `tail` did. */
  readonly tailStamp = (): number => this.tailVersion;

  /** The event with this number, from 1, where it is already here. */
  event(seq: number): LogEvent | undefined {
    return this.events.get(seq);
  }

  /**
   * The newest events that are here without a gap, oldest first. It grows by what comes new and by `earlier`, not by
   * what the log scrolls through.
   */
  tail(): LogEvent[] {
    const found: LogEvent[] = [];
    for (let seq = this.total; seq >= Math.max(1, this.chatFrom); seq -= 1) {
      const event = this.events.get(seq);
      if (!event) break;
      found.push(event);
    }
    return found.toReversed();
  }

  /** Fetches the pages that hold these numbers; what was needed before is not needed any more. */
  need(first: number, last: number): void {
    const [from, to] = this.wanted;
    this.wanted = [pageOf(Math.max(1, first)), pageOf(Math.min(this.total, last))];
    if (this.wanted[0] > to || this.wanted[1] < from) this.fetchAfterJump();
    else this.fetchWanted();
  }

  /** Whether something happened before the `tail`. */
  hasEarlier(): boolean {
    return this.chatFrom > 1;
  }

  /** Reads further back for the chat; true where there was more. */
  async earlier(): Promise<boolean> {
    if (this.chatFrom <= 1) return false;
    const from = Math.max(1, this.chatFrom - pageSize);
    const read = await Promise.all([
      this.readPage(pageOf(from)),
      this.readPage(pageOf(this.chatFrom - 1)),
    ]);
    if (!read.every(Boolean)) return false;
    this.chatFrom = from;
    this.tailVersion += 1;
    this.tell();
    return true;
  }

  private async readTail(): Promise<void> {
    try {
      const page = await this.read({ limit: pageSize });
      this.chatFrom = page.events[0]?.seq ?? 0;
      this.put(page.events, page.total);
      this.failure = null;
    } catch (thrown) {
      this.failure = thrown;
      this.tell();
    }
  }

  /** At once where the last jump is long ago; whoever drags the scroll bar jumps with every frame. */
  private fetchAfterJump(): void {
    if (this.jumping !== null) return;
    const fetch = () => {
      this.jumping = null;
      this.lastJump = performance.now();
      this.fetchWanted();
    };
    const wait = this.lastJump + pace - performance.now();
    if (wait > 0) this.jumping = setTimeout(fetch, wait);
    else fetch();
  }

  private fetchWanted(): void {
    const [first, last] = this.wanted;
    for (let page = first; page <= last && this.asked.size < mostAsked; page += 1)
      if (!this.asked.has(page) && !this.holds(page))
        // What could not be read is tried again when it next comes into sight.
        void this.readPage(page).then((read) => read && this.fetchAfterJump());
  }

  /** Whether the page is here now. */
  private async readPage(page: number): Promise<boolean> {
    if (this.holds(page)) return true;
    this.asked.add(page);
    try {
      const read = await this.read({ from: page * pageSize + 1, limit: pageSize });
      // What flew by meanwhile is kept, and nothing is drawn for it.
      const [first, last] = this.wanted;
      const seen = (page >= first && page <= last) || read.total > this.total;
      const tail = this.tailVersion;
      this.take(read.events, read.total, () => {
        if (seen || this.tailVersion !== tail) this.tell();
      });
      return true;
    } catch (thrown) {
      this.failure = thrown;
      this.tell();
      return false;
    } finally {
      this.asked.delete(page);
    }
  }

  private read(stretch: { from?: number; limit: number }): Promise<LogPage> {
    return call("read_log", { conversation: this.conversation, ...stretch });
  }

  private holds(page: number): boolean {
    const from = page * pageSize + 1;
    return this.has(from, Math.min(this.total, from + pageSize - 1));
  }

  private has(from: number, to: number): boolean {
    for (let seq = from; seq <= to; seq += 1) if (!this.events.has(seq)) return false;
    return true;
  }

  private put(events: readonly LogEvent[], total: number): void {
    this.take(events, total, () => this.tell());
  }

  private take(events: readonly LogEvent[], total: number, tell: () => void): void {
    for (const event of events) this.events.set(event.seq, event);
    if (events.some(({ seq }) => seq >= this.chatFrom)) this.tailVersion += 1;
    this.total = Math.max(this.total, total, events.at(-1)?.seq ?? 0);
    tell();
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
    if (fresh === "reread") {
      this.missed = true;
      if (this.opened) void this.catchUp();
    } else if (fresh.length > 0) this.take(fresh, 0, () => this.tellSoon());
  }

  private async catchUp(): Promise<void> {
    const from = this.total + 1;
    try {
      const page = await this.read({ from, limit: pageSize });
      this.put(page.events, page.total);
      // More was missed than a page: the chat goes on from the end.
      if (page.total >= from + pageSize) await this.readTail();
    } catch {
      // The next message tries again.
    }
  }

  /**
   * One turn is told in several messages, right after each other: the first is drawn at once, and the others together
   * when it has been painted. Whatever is drawn before that would hold it back.
   */
  private tellSoon(): void {
    if (this.telling) {
      this.more = true;
      return;
    }
    this.telling = true;
    afterPaint(() => {
      this.telling = false;
      if (!this.more) return;
      this.more = false;
      this.tellSoon();
    });
    this.tell();
  }

  private tell(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }
}

/** Milliseconds after which a page that is not shown, and so not painted, goes on all the same. */
const unseen = 100;

function afterPaint(work: () => void): void {
  let done = false;
  const once = () => {
    if (!done) work();
    done = true;
  };
  requestAnimationFrame(() => setTimeout(once));
  setTimeout(once, unseen);
}

/** The page, from 0, that holds an event. */
const pageOf = (seq: number): number => Math.floor((seq - 1) / pageSize);

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

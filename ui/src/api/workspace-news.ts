import { call, queries, host } from "./client";
import { asHostError } from "./host";
import type { WorkspaceMessage } from "./model";

/** Told which documents were written, by any window; `null` where it may be any of them. */
type Listener = (documents: ReadonlySet<string> | null) => void;

const lists = new Set([
  "tasks",
  "actions",
  "articles",
  "teams",
  "settings",
  "connections",
  "secrets",
  "revisions",
  "views",
]);

/** How long changes are gathered before the lists are read again. */
const gathering = 150;

/** Follows what is written in the workspace, in this window and in every other one. */
export class WorkspaceNews {
  private readonly listeners = new Set<Listener>();
  private readonly watchers = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;
  private stop: (() => void) | null = null;
  private broken = 0;
  private signedOut = false;

  /** Begins to follow; answers how to end it. */
  readonly follow = (): (() => void) => {
    this.listen();
    return () => {
      this.stop?.();
      this.stop = null;
      clearTimeout(this.timer);
      clearTimeout(this.again);
    };
  };

  readonly subscribe = (listener: Listener): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /** Why nothing is heard: the program is silent for a while, or this page may no longer ask it. */
  readonly trouble = (): "silent" | "signed_out" | null =>
    this.signedOut ? "signed_out" : this.broken > 1 ? "silent" : null;

  private listen(): void {
    this.stop = host().subscribe(
      { documents_only: true },
      (message) => this.hear(message as WorkspaceMessage),
      () => this.lose(),
    );
    if (this.broken > 0) void this.find();
  }

  /** The wire broke: take it up again a little later and read what was missed. */
  private lose(): void {
    this.tellBroken(this.broken + 1);
    clearTimeout(this.again);
    this.again = setTimeout(() => this.listen(), Math.min(5_000, 700 * this.broken));
  }

  private async find(): Promise<void> {
    try {
      await call("read_workspace", {});
    } catch (thrown) {
      this.signedOut = asHostError(thrown).code === "unauthorized";
      this.tellBroken(this.broken);
      return;
    }
    this.signedOut = false;
    this.tellBroken(0);
    this.spread(null);
  }

  private hear(message: WorkspaceMessage): void {
    if (message.type === "documents") this.spread(new Set(message.documents));
    else if (message.type === "publication") this.spread(new Set([message.task]));
    else if (message.type === "reread") this.spread(null);
  }

  private spread(documents: ReadonlySet<string> | null): void {
    for (const listener of this.listeners) listener(documents);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      void queries.invalidateQueries({ predicate: ({ queryKey: [of] }) => lists.has(String(of)) });
    }, gathering);
  }

  private tellBroken(broken: number): void {
    this.broken = broken;
    for (const watcher of this.watchers) watcher();
  }
}

export const workspaceNews = new WorkspaceNews();

import { useSyncExternalStore } from "react";
import { diffJson, same } from "./diff-json";
import { asHostError, type HostError } from "./host";
import { mergeJson } from "./merge-json";
import type { Edit } from "./model";

export type Saving = "saved" | "pending" | "saving" | "failed";

export interface EditingState<View, Doc> {
  view: View;
  doc: Doc;
  saving: Saving;
  failure: HostError | null;
}

export interface EditingSource<View, Doc> {
  documentId: string;
  docOf: (view: View) => Doc;
  versionOf: (view: View) => number;
  read: () => Promise<View>;
  save: (edit: Edit, baseVersion: number) => Promise<unknown>;
  undo: () => Promise<unknown>;
  redo: () => Promise<unknown>;
  /** Told when somebody else changed the very words that are being written here. */
  onClash: () => void;
  onSaved: (view: View) => void;
}

/** How long after the last keystroke a change is saved. */
const quiet = 500;

/** How often a save may come second before it is told as a failure. */
const patience = 4;

/**
 * One document being edited: what is on screen, what the program last confirmed, and the saving in
 * between. Screens change the document freely; the difference is worked out when it is saved, so
 * that a burst of typing is one step of the history.
 */
export class Editing<View, Doc extends object> {
  private state: EditingState<View, Doc>;
  private base: Doc;
  private version: number;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private queue: Promise<void> = Promise.resolve();
  /** Counts how often somebody else's changes were taken in; what waited from before is outdated. */
  private epoch = 0;
  /** Saves of our own that nobody has told us about yet. */
  private unheard = 0;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly source: EditingSource<View, Doc>,
    view: View,
  ) {
    this.base = source.docOf(view);
    this.version = source.versionOf(view);
    this.state = { view, doc: this.base, saving: "saved", failure: null };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): EditingState<View, Doc> => this.state;

  /** Changes the document. A step of its own (`apart`) is saved at once, after what came before it. */
  change(next: (doc: Doc) => Doc, { label = "", apart = false } = {}): void {
    const before = this.state.doc;
    const doc = next(before);
    if (doc === before) return;
    if (apart && this.state.saving === "pending") this.enqueue(before, "");
    this.set({ doc, saving: "pending" });
    clearTimeout(this.timer);
    if (apart) this.enqueue(doc, label);
    else this.timer = setTimeout(() => this.enqueue(this.state.doc, label), quiet);
  }

  /** Saves what is not saved yet. Publishing, previewing and leaving wait for it. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.enqueue(this.state.doc, "");
    await this.queue;
    if (this.state.saving === "failed" && this.state.failure) throw this.state.failure;
  }

  async undo(): Promise<void> {
    await this.flush();
    await this.source.undo();
    await this.reload();
  }

  async redo(): Promise<void> {
    await this.flush();
    await this.source.redo();
    await this.reload();
  }

  /** Reads the document again; what is being written here stays. */
  async reload(): Promise<void> {
    const view = await this.source.read();
    this.accept(view, this.base);
  }

  /** Takes in what somebody else saved, between our own saves. */
  refresh(): Promise<void> {
    const done = this.queue.then(() => this.reload());
    this.queue = done.catch(() => undefined);
    return done;
  }

  /**
   * Told which documents were written, by anybody; `null` means any of them. Answers whether there
   * is something to read: news of our own saves is not.
   */
  concerns(documents: ReadonlySet<string> | null): boolean {
    if (!documents) this.unheard = 0;
    if (!documents?.has(this.source.documentId) || this.unheard === 0) return true;
    this.unheard -= 1;
    return documents.size > 1;
  }

  private enqueue(doc: Doc, label: string): void {
    const { epoch } = this;
    this.queue = this.queue.then(() =>
      this.save(epoch === this.epoch ? doc : this.state.doc, label),
    );
  }

  private async save(doc: Doc, label: string, tries = 1): Promise<void> {
    const changes = diffJson(this.base, doc);
    if (changes.length === 0) {
      if (same(this.state.doc, this.base)) this.set({ saving: "saved", failure: null });
      return;
    }
    this.set({ saving: "saving" });
    const document = this.source.documentId;
    try {
      await this.write({ label, changes: changes.map((change) => ({ document, change })) });
      const view = await this.source.read();
      this.accept(view, doc);
      this.source.onSaved(view);
    } catch (thrown) {
      const failure = asHostError(thrown);
      if (failure.code !== "conflict" || tries >= patience) return this.fail(failure);
      // Somebody else was quicker: take theirs in and save ours on top.
      await this.reload().then(
        () => this.save(this.state.doc, label, tries + 1),
        (unread: unknown) => this.fail(asHostError(unread)),
      );
    }
  }

  private async write(edit: Edit): Promise<void> {
    this.unheard += 1;
    try {
      await this.source.save(edit, this.version);
    } catch (thrown) {
      this.unheard = Math.max(0, this.unheard - 1);
      throw thrown;
    }
  }

  private fail(failure: HostError): void {
    this.set({ saving: "failed", failure });
    this.later(3000);
  }

  private later(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.enqueue(this.state.doc, ""), delay);
  }

  /** Shows what the program has now. `from` is what the words on screen were last based on. */
  private accept(view: View, from: Doc): void {
    const there = this.source.docOf(view);
    if (!same(there, from)) this.epoch += 1;
    const { merged, clash } = mergeJson(from, this.state.doc, there);
    this.base = there;
    this.version = this.source.versionOf(view);
    // Where nothing differs the same objects stay, so that no editor on screen redraws.
    const doc = same(merged, this.state.doc) ? this.state.doc : merged;
    const saved = same(doc, there);
    this.set({ view, doc, saving: saved ? "saved" : "pending", failure: null });
    if (!saved) this.later(quiet);
    if (clash) this.source.onClash();
  }

  private set(next: Partial<EditingState<View, Doc>>): void {
    this.state = { ...this.state, ...next };
    for (const listener of this.listeners) listener();
  }
}

/** What is on screen of a document being edited. */
export function useEditing<View, Doc extends object>(
  editing: Editing<View, Doc>,
): EditingState<View, Doc> {
  return useSyncExternalStore(editing.subscribe, editing.current);
}

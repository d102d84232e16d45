import { useSyncExternalStore } from "react";
import { diffJson, same } from "./diff-json";
import { asHostError, type HostError } from "./host";
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
  /** Told when somebody else changed the document first, and after every save. */
  onConflict: () => void;
  onSaved: (view: View) => void;
}

/** How long after the last keystroke a change is saved. */
const quiet = 500;

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

  /** Reads the document again and shows what the program has. */
  async reload(): Promise<void> {
    const view = await this.source.read();
    this.accept(view, this.source.docOf(view));
  }

  /** Reads the document again, unless something here still waits to be saved. */
  async refresh(): Promise<void> {
    if (this.state.saving !== "saved") return;
    const view = await this.source.read();
    if (this.state.saving === "saved") this.accept(view, this.source.docOf(view));
  }

  private enqueue(doc: Doc, label: string): void {
    this.queue = this.queue.then(() => this.save(doc, label));
  }

  private async save(doc: Doc, label: string): Promise<void> {
    const changes = diffJson(this.base, doc);
    if (changes.length === 0) {
      if (same(this.state.doc, this.base)) this.set({ saving: "saved", failure: null });
      return;
    }
    this.set({ saving: "saving" });
    const document = this.source.documentId;
    try {
      await this.source.save(
        { label, changes: changes.map((change) => ({ document, change })) },
        this.version,
      );
      const view = await this.source.read();
      const unchanged = this.state.doc === doc;
      this.accept(view, unchanged ? this.source.docOf(view) : this.state.doc);
      this.source.onSaved(view);
    } catch (thrown) {
      await this.recover(asHostError(thrown));
    }
  }

  private async recover(failure: HostError): Promise<void> {
    if (failure.code === "conflict") {
      await this.reload().catch(() => this.set({ saving: "failed", failure }));
      this.source.onConflict();
      return;
    }
    this.set({ saving: "failed", failure });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.enqueue(this.state.doc, ""), 3000);
  }

  private accept(view: View, doc: Doc): void {
    this.base = this.source.docOf(view);
    this.version = this.source.versionOf(view);
    // Where nothing differs the same objects stay, so that no editor on screen redraws.
    const kept = same(doc, this.state.doc) ? this.state.doc : doc;
    this.set({
      view,
      doc: kept,
      saving: same(kept, this.base) ? "saved" : "pending",
      failure: null,
    });
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

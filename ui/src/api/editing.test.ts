import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fixtureHost } from "@/test/fixture-host";
import { call, setHost } from "./client";
import type { TaskView } from "./model";
import { Editing } from "./editing";
import type { Edit, Task } from "./model";

const id = "task_refund";

async function open(onClash = vi.fn()) {
  setHost(fixtureHost({ delay: 0 }));
  const save = vi.fn((edit: Edit, base_version: number): Promise<unknown> =>
    call("save_edit", { document: id, edit, base_version }),
  );
  const editing = new Editing<TaskView, Task>(
    {
      documentId: id,
      docOf: (view) => view.task,
      versionOf: (view) => view.version,
      read: () => call("read_task", { task: id }),
      save,
      undo: () => call("undo", { document: id }),
      redo: () => call("redo", { document: id }),
      onClash,
      onSaved: () => undefined,
    },
    await call("read_task", { task: id }),
  );
  return { editing, save, onClash };
}

/** Somebody else saves in between. */
async function elsewhere(path: string, removed: string, inserted: string) {
  const { version } = await call("read_task", { task: id });
  const change = { type: "splice" as const, path, at: 0, removed, inserted };
  await call("save_edit", {
    document: id,
    base_version: version,
    edit: { label: "", changes: [{ document: id, change }] },
  });
}

const title = (text: string) => (task: Task) => ({ ...task, title: text });

describe("editing a document", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("saves a burst of typing once, half a second after its end", async () => {
    const { editing, save } = await open();
    for (const text of ["C", "Ca", "Can"]) editing.change(title(text));
    await vi.advanceTimersByTimeAsync(400);
    expect(save).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(save).toHaveBeenCalledTimes(1);
    expect(editing.current().saving).toBe("saved");
    expect((await call("read_task", { task: id })).task.title).toBe("Can");
  });

  it("undoes what was typed last, even before it was saved", async () => {
    const { editing } = await open();
    const before = editing.current().doc.title;
    editing.change(title("Something else"));
    await editing.undo();
    expect(editing.current().doc.title).toBe(before);
    await editing.redo();
    expect(editing.current().doc.title).toBe("Something else");
  });

  it("keeps a step of its own apart from the typing before it", async () => {
    const { editing, save } = await open();
    editing.change(title("Typed"));
    editing.change((task) => ({ ...task, blocks: [] }), { apart: true });
    await editing.flush();
    expect(save).toHaveBeenCalledTimes(2);
    await editing.undo();
    expect(editing.current().doc.title).toBe("Typed");
    expect(editing.current().doc.blocks.length).toBeGreaterThan(0);
  });

  it("keeps both when somebody else was quicker in another place", async () => {
    const { editing, onClash } = await open();
    const { description } = editing.current().doc;
    await elsewhere("/description", "", "Their words. ");
    editing.change(title("Mine"));
    await editing.flush();
    expect(onClash).not.toHaveBeenCalled();
    expect(editing.current().saving).toBe("saved");
    const { task } = await call("read_task", { task: id });
    expect(task.title).toBe("Mine");
    expect(task.description).toBe(`Their words. ${description}`);
  });

  it("follows somebody else in the middle of a word", async () => {
    const { editing } = await open();
    editing.change(title("Half a wo"));
    await elsewhere("/description", "", "Their words. ");
    await editing.refresh();
    editing.change(title("Half a word"));
    expect(editing.current().doc.description).toMatch(/^Their words/);
    await editing.flush();
    expect((await call("read_task", { task: id })).task).toMatchObject({ title: "Half a word" });
  });

  it("lets the words on screen stand where both wrote over the same ones, and says so", async () => {
    const { editing, onClash } = await open();
    const before = editing.current().doc.title;
    await elsewhere("/title", before, "Theirs");
    editing.change(title("Mine"));
    await editing.flush();
    expect(onClash).toHaveBeenCalledTimes(1);
    expect((await call("read_task", { task: id })).task.title).toBe("Mine");
    await editing.undo();
    expect(editing.current().doc.title, "theirs is one step back").toBe("Theirs");
  });

  it("does not read again what it has saved itself", async () => {
    const { editing } = await open();
    editing.change(title("Mine"));
    await editing.flush();
    expect(editing.concerns(new Set([id])), "our own save").toBe(false);
    expect(editing.concerns(new Set([id])), "somebody else's").toBe(true);
    expect(editing.concerns(new Set(["action_get_order"])), "it may be named here").toBe(true);
  });

  it("says that a change is not saved, and tries again", async () => {
    const { editing, save } = await open();
    save.mockRejectedValueOnce({ code: "internal", message: "The disk is full." });
    editing.change(title("Kept"));
    await expect(editing.flush()).rejects.toThrow("The disk is full.");
    expect(editing.current().saving).toBe("failed");
    await vi.advanceTimersByTimeAsync(3100);
    expect(editing.current().saving).toBe("saved");
  });
});

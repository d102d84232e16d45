import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fixtureHost } from "@/test/fixture-host";
import { call, setHost } from "./client";
import type { TaskView } from "./model";
import { Editing } from "./editing";
import type { Edit, Task } from "./model";

const id = "task_refund";

async function open(onConflict = vi.fn()) {
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
      onConflict,
      onSaved: () => undefined,
    },
    await call("read_task", { task: id }),
  );
  return { editing, save, onConflict };
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

  it("shows the newest version and says so when somebody else was quicker", async () => {
    const { editing, onConflict } = await open();
    await call("save_edit", {
      document: id,
      base_version: 1,
      edit: {
        label: "",
        changes: [
          {
            document: id,
            change: { type: "splice", path: "/title", at: 0, removed: "", inserted: "Their " },
          },
        ],
      },
    });
    editing.change(title("Mine"));
    await editing.flush();
    expect(onConflict).toHaveBeenCalledTimes(1);
    expect(editing.current().doc.title).toMatch(/^Their /);
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

import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { call, queries, setHost } from "@/api/client";
import { Editing, useEditing } from "@/api/editing";
import type { Attribute, AttributeType, Catalogue, Task, TaskView } from "@/api/model";
import { fixtureHost } from "@/test/fixture-host";
import { makeAttributeIn, newAttribute, retyped } from "./attribute-moves";
import { AttributeSection } from "./AttributeSection";
import { calculationsOf } from "./calculations";
import { fieldsOf, listsOf, listWithSameFields } from "./lists";
import { references } from "./references";
import { TaskDeskContext, type TaskDesk } from "./task-desk";

const user = userEvent.setup();
const document = "task_refund";
const read = () => call("read_task", { task: document });

beforeEach(() => {
  setHost(fixtureHost({ delay: 0 }));
  queries.clear();
});

let editing: Editing<TaskView, Task>;

// What a test left unsaved must not be saved into the next one's program.
afterEach(() => editing?.flush());

/** The attributes of the task, with a new one of that type unfolded. */
async function openNew(type: string, give = (catalogue: Catalogue) => catalogue): Promise<void> {
  const readGiven = async () => {
    const view = await read();
    return { ...view, catalogue: give(view.catalogue) };
  };
  editing = new Editing<TaskView, Task>(
    {
      documentId: document,
      docOf: ({ task }) => task,
      versionOf: ({ version }) => version,
      read: readGiven,
      save: (edit, base_version) => call("save_edit", { document, edit, base_version }),
      undo: () => call("undo", { document }),
      redo: () => call("redo", { document }),
      onClash: () => undefined,
      onSaved: () => undefined,
    },
    await readGiven(),
  );
  render(
    <QueryClientProvider client={queries}>
      <Desk />
    </QueryClientProvider>,
  );
  await user.click(section().getByRole("button", { name: "Add attribute" }));
  if (type !== "Text") await choose("Type", type);
}

function Desk() {
  const { doc: task, view } = useEditing(editing);
  const [block, select] = useState<string | undefined>();
  const desk = {
    task,
    editing,
    catalogue: { ...view.catalogue, attributes: task.attributes },
    selected: { block },
    select,
    change: (next, options) => editing.change(next, options),
    makeAttribute: (name) => makeAttributeIn(editing, name),
  } as Partial<TaskDesk> as TaskDesk;
  return (
    <TaskDeskContext value={desk}>
      <AttributeSection />
    </TaskDeskContext>
  );
}

/** Chooses from the select of that label. */
async function choose(label: string, choice: string): Promise<void> {
  await user.click(select(label));
  await user.click(await screen.findByRole("option", { name: startingWith(choice) }));
  await waitFor(() => expect(screen.queryByRole("option")).toBeNull());
}

const startingWith = (words: string) => new RegExp(`^${words}`);
const section = () => within(screen.getByRole("region", { name: "Attributes" }));
const select = (label: string) => section().getByRole("combobox", { name: label });

/** The newest attribute, as the program has saved it. */
async function saved(): Promise<Attribute | undefined> {
  await editing.flush();
  return (await read()).task.attributes.at(-1);
}

describe("an attribute that is picked from a list", () => {
  it("takes the fields of the list, and is one or several of its items", async () => {
    await openNew("Text");
    await choose("Picked from", "the order’s items");
    const fields = section().getByRole("list", { name: "It has" });
    expect(within(fields).getByText("price")).toBeTruthy();
    expect(section().queryByText("Add a field")).toBeNull();
    expect(await saved()).toMatchObject({
      picked_from: "order.items",
      kind: { type: "object", fields: [{ key: "name" }, { key: "price" }] },
    });
    await user.click(section().getByRole("radio", { name: "Several" }));
    expect(section().getByRole("list", { name: "Each of them has" })).toBeTruthy();
    expect(await saved()).toMatchObject({ picked_from: "order.items", kind: { type: "list" } });
  });

  it("has fields of its own again when it no longer is", async () => {
    await openNew("List");
    await choose("Picked from", "the order’s items");
    await choose("Picked from", "Nothing");
    expect(section().getByRole("button", { name: "Add a field" })).toBeTruthy();
    const now = await saved();
    expect(now?.picked_from ?? null).toBeNull();
    expect(now?.kind).toEqual({ type: "list", fields: [] });
  });

  it("is what it was when that is undone", async () => {
    await openNew("Text");
    await choose("Picked from", "the order’s items");
    await editing.undo();
    await waitFor(() => expect(section().queryByRole("radio")).toBeNull());
    expect((await saved())?.kind).toEqual({ type: "text" });
  });

  it("says when its list is gone", async () => {
    await openNew("Text");
    await choose("Picked from", "the order’s items");
    editing.change((task) => ({
      ...task,
      attributes: task.attributes.map((one) =>
        one.picked_from ? { ...one, picked_from: "parcel.items" } : one,
      ),
    }));
    expect(await section().findByText(/^No action gives this list any more/)).toBeTruthy();
    expect(select("Picked from").textContent).toBe("the parcel’s items");
    expect(section().queryByRole("list", { name: "It has" })).toBeNull();
  });

  it("says that no action gives a list, where it matters", async () => {
    await openNew("Text", (catalogue) => ({ ...catalogue, actions: [], webhooks: [] }));
    expect(section().queryByText(/no action gives a list yet/)).toBeNull();
    await choose("Type", "Group of fields");
    expect(section().getByText(/no action gives a list yet/)).toBeTruthy();
    expect(section().queryByRole("combobox", { name: "Picked from" })).toBeNull();
  });
});

describe("an attribute that is worked out", () => {
  it("follows from a list, and nobody is asked for it", async () => {
    await openNew("Whole number");
    expect(section().getByLabelText("How to ask")).toBeTruthy();
    await choose("Worked out", "Sum of price over the order’s items");
    expect(section().queryByLabelText("How to ask")).toBeNull();
    expect(section().queryByText("The customer may fill it")).toBeNull();
    expect(await saved()).toMatchObject({
      worked_out: { type: "sum", of: "order.items", field: "price" },
      kind: { type: "amount" },
    });
    await choose("Worked out", "No");
    expect(section().getByLabelText("How to ask")).toBeTruthy();
    expect((await saved())?.worked_out ?? null).toBeNull();
  });
});

const catalogue = (attributes: Attribute[] = [], items = true) =>
  ({
    actions: [
      {
        name: "Get order",
        result_name: "order",
        outputs: items ? [{ key: "items", kind: list }] : [],
      },
    ],
    webhooks: [
      { key: "payments", name: "", fields: [{ key: "open", kind: list }] },
      { key: "tags", name: "", fields: [{ key: "all", kind: plainList }] },
    ],
    attributes,
  }) as unknown as Catalogue;
const list: AttributeType = {
  type: "list",
  fields: [
    { key: "name", kind: { type: "text" } },
    { key: "price", kind: { type: "amount" } },
  ],
};
const plainList: AttributeType = { type: "list", fields: [{ key: "", kind: { type: "text" } }] };

describe("the lists of a task", () => {
  it("are those of groups, of actions and of other systems", () => {
    expect(listsOf(catalogue()).map(({ label }) => label)).toEqual([
      "the order’s items",
      "the payments’ open",
    ]);
  });

  it("say what a picked item holds, whatever was copied from them", () => {
    const item: Attribute = {
      ...newAttribute("Item", "item", { type: "object", fields: [] }),
      picked_from: "order.items",
    };
    const names = references(catalogue([item])).map(({ reference }) => reference);
    expect(names).toContain("item.price");
    expect(fieldsOf({ ...item, picked_from: null }, catalogue())).toEqual([]);
  });

  it("are picked from unasked where only one has the same fields", () => {
    const item = newAttribute("Item", "item", list);
    expect(listWithSameFields(item, catalogue())).toBeNull();
    const only = { ...catalogue(), webhooks: [] };
    expect(listWithSameFields(item, only)?.reference).toBe("order.items");
    expect(listWithSameFields({ ...item, customer_may_fill: false }, only)).toBeNull();
  });

  it("give sums of numbers and how many there are", () => {
    const items = newAttribute("Items to refund", "items_to_refund", list);
    const only = { ...catalogue([items], false), webhooks: [] };
    expect(calculationsOf(only).map(({ label }) => label)).toEqual([
      "Sum of price over items to refund",
      "Number of items to refund",
    ]);
  });
});

describe("another type", () => {
  const item: Attribute = { ...newAttribute("Item", "item", list), picked_from: "order.items" };

  it("keeps the list for one item or several of it, and lets go of it otherwise", () => {
    expect(retyped(item, { type: "object", fields: [] })).toEqual({
      kind: { ...list, type: "object" },
    });
    expect(retyped(item, { type: "text" })).toEqual({ kind: { type: "text" }, picked_from: null });
  });

  it("is not worked out as before", () => {
    const total: Attribute = {
      ...newAttribute("Total", "total"),
      worked_out: { type: "count", of: "order.items" },
    };
    expect(retyped(total, { type: "text" })).toEqual({ kind: { type: "text" }, worked_out: null });
  });
});

import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { AttributeType } from "@/api/model";
import type { FormField } from "./asked-form";
import { FormCard } from "./FormCard";
import type { PreviewSession } from "./preview-session";

const field = (key: string, kind: AttributeType, more: Partial<FormField> = {}): FormField => ({
  key,
  label: key[0]?.toUpperCase() + key.slice(1),
  kind,
  given: null,
  problem: null,
  ...more,
});

function show(fields: FormField[]) {
  const state = { sending: false };
  const fillIn = vi.fn(async () => undefined);
  const attach = vi.fn(async () => undefined);
  const session = {
    fillIn,
    subscribe: () => () => undefined,
    current: () => state,
  } as unknown as PreviewSession;
  const drafts = new Map<string, string>();
  const card = (shown: FormField[]) => (
    <FormCard
      form={{ seq: 1, fields: shown }}
      drafts={drafts}
      session={session}
      onAttach={attach}
      onGone={() => undefined}
    />
  );
  const { rerender } = render(card(fields));
  return { fillIn, attach, drafts, now: (next: FormField[]) => rerender(card(next)) };
}

const box = (name: string) => screen.getByRole<HTMLInputElement>("textbox", { name });
const submit = () => userEvent.click(screen.getByRole("button", { name: "Submit" }));

describe("a form in the preview", () => {
  it("has the control that fits each kind of value, with its name", () => {
    show([
      field("name", { type: "person_name" }),
      field("email", { type: "email" }),
      field("delivered", { type: "date" }),
      field("pieces", { type: "integer" }),
      field("size", { type: "choice", options: ["Small", "Large"] }),
      field("unopened", { type: "boolean" }),
      field("photo", { type: "image" }),
    ]);
    expect(box("Name").type).toBe("text");
    expect(box("Email").type).toBe("email");
    expect(box("Pieces").inputMode).toBe("numeric");
    expect(
      document.querySelector<HTMLInputElement>("input[type=date]")?.labels?.[0]?.textContent,
    ).toMatch(/^Delivered/);
    expect(screen.getByRole("combobox", { name: "Size" })).toBeTruthy();
    expect(screen.getByRole("radiogroup", { name: "Unopened" })).toBeTruthy();
    expect(screen.getByRole("button", { name: "Photo: Choose a picture…" })).toBeTruthy();
    for (const one of screen.getAllByRole("textbox"))
      expect(one.getAttribute("aria-required")).toBe("true");
  });

  it("says which fields are empty, and goes to the first of them", async () => {
    const { fillIn } = show([
      field("name", { type: "text" }),
      field("unopened", { type: "boolean" }),
    ]);
    await userEvent.type(screen.getByRole("textbox", { name: "Name" }), "Ada");
    await submit();
    expect(fillIn).not.toHaveBeenCalled();
    const group = screen.getByRole("radiogroup", { name: "Unopened" });
    expect(group.getAttribute("aria-invalid")).toBe("true");
    const note = document.getElementById(group.getAttribute("aria-describedby") ?? "");
    expect(note?.textContent).toBe("Fill this in.");
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole("radio", { name: "Yes" })),
    );
  });

  it("is sent with Enter, field by field, and keeps what did not fit to be corrected", async () => {
    const email = { type: "email" } as const;
    const { fillIn, drafts, now } = show([field("name", { type: "text" }), field("email", email)]);
    await userEvent.type(screen.getByRole("textbox", { name: "Name" }), "Ada");
    await userEvent.type(screen.getByRole("textbox", { name: "Email" }), "ada at home{Enter}");
    expect(fillIn).toHaveBeenCalledWith([
      { key: "name", text: "Ada" },
      { key: "email", text: "ada at home" },
    ]);
    now([
      field("name", { type: "text" }, { given: "Ada" }),
      field("email", email, { problem: "That doesn't fit." }),
    ]);
    const again = box("Email");
    await waitFor(() => expect(document.activeElement).toBe(again));
    expect(again.value).toBe("ada at home");
    expect(screen.getByText("That doesn't fit.").id).toBe(again.getAttribute("aria-describedby"));
    expect(screen.queryByRole("textbox", { name: "Name" }), "it is given").toBeNull();
    await userEvent.clear(again);
    await userEvent.type(again, "ada@example.com{Enter}");
    expect(fillIn).toHaveBeenLastCalledWith([{ key: "email", text: "ada@example.com" }]);
    expect(drafts.get("email"), "kept when it is scrolled out of sight").toBe("ada@example.com");
  });

  it("takes a picture by itself", async () => {
    const { attach } = show([field("photo", { type: "image" })]);
    await userEvent.click(screen.getByRole("button", { name: "Photo: Choose a picture…" }));
    expect(attach).toHaveBeenCalledOnce();
    expect(screen.queryByRole("button", { name: "Submit" })).toBeNull();
  });
});

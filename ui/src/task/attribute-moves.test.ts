import { describe, expect, it } from "vitest";
import { newAttribute, retyped } from "./attribute-moves";
import { keptWords, scopesFor } from "./kept";

describe("how long a value is kept", () => {
  const address = { ...newAttribute("Address", "address"), scope: "customer" as const };

  it("stays as it is where the new type can be kept as long", () => {
    expect(retyped(address, { type: "text" }).scope).toBeUndefined();
  });

  it("ends with the conversation for a picture, which goes with it", () => {
    expect(scopesFor({ type: "image" })).not.toContain("customer");
    expect(retyped(address, { type: "image" }).scope).toBe("conversation");
  });

  it("says for each choice what happens to the value", () => {
    expect(keptWords.customer.hint).toMatch(/does not ask again/);
    expect(keptWords.customer.hint).toMatch(/erase/);
    expect(keptWords.temporary.hint).toMatch(/asked for again/);
  });
});

import type { Action } from "@/api/model";

/** A name that no other sample answer of the action has. */
export function freeStubName(action: Action, name: string): string {
  const taken = new Set(action.stubs.map((stub) => stub.name));
  let number = 1;
  while (taken.has(number === 1 ? name : `${name} ${number}`)) number += 1;
  return number === 1 ? name : `${name} ${number}`;
}

/** A fresh id such as `block_9f3c…`; the program only asks that it is unique. */
export function newId(prefix: "block" | "option" | "attribute" | "team" | "action"): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return `${prefix}_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** Joins class names and drops the falsy ones, so conditions read as a list. */
export function cx(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}

/** How many code points a string has: the unit of every span in the program. */
export function codePointLength(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit <= 0xdbff && at + 1 < text.length) at += 1;
    count += 1;
  }
  return count;
}

/** The index in UTF-16 units of the `count`th code point. */
export function unitsAt(text: string, count: number): number {
  let at = 0;
  for (let left = count; left > 0 && at < text.length; left -= 1) {
    const unit = text.charCodeAt(at);
    at += unit >= 0xd800 && unit <= 0xdbff && at + 1 < text.length ? 2 : 1;
  }
  return at;
}

/** The words of a text between two code points. */
export function sliceCodePoints(text: string, start: number, end: number): string {
  const from = unitsAt(text, start);
  return text.slice(from, from + unitsAt(text.slice(from), end - start));
}

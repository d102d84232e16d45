/**
 * Where each row of a long list stands. Rows are taken to be equally high until they are measured; measuring one, adding
 * one, or finding the row at a place touches about log2(n) numbers, so a hundred thousand rows are as quick as ten.
 *
 * What the rows differ from the guess by is kept in a binary indexed tree (P. Fenwick, 1994).
 */
export class RowPlaces {
  /** Differences to the guess, in pixels, as partial sums; index 0 is not used. */
  private sums = new Float64Array(1025);
  /** The same, row by row. */
  private differences = new Float64Array(1024);
  private rows = 0;

  constructor(private readonly guess: number) {}

  get count(): number {
    return this.rows;
  }

  /** Rows are added at the end or leave it; one that comes back is guessed again. */
  setCount(count: number): void {
    for (let row = count; row < this.rows; row += 1) this.setHeight(row, this.guess);
    if (count > this.differences.length) this.grow(count);
    this.rows = count;
  }

  /** The height of a row in pixels. */
  height(row: number): number {
    return this.guess + (this.differences[row] ?? 0);
  }

  /** Takes in a measured height; answers by how much the rows below move. */
  setHeight(row: number, height: number): number {
    const moved = height - this.height(row);
    if (moved === 0) return 0;
    this.differences[row] = height - this.guess;
    for (let at = row + 1; at < this.sums.length; at += at & -at)
      this.sums[at] = (this.sums[at] ?? 0) + moved;
    return moved;
  }

  /** Pixels above a row; for the number of rows, the height of all of them. */
  top(row: number): number {
    let top = row * this.guess;
    for (let at = row; at > 0; at -= at & -at) top += this.sums[at] ?? 0;
    return top;
  }

  /** The height of all rows together. */
  total(): number {
    return this.top(this.rows);
  }

  /** The row that covers a place, in pixels from the top; the nearest one where none does. */
  rowAt(place: number): number {
    let row = 0;
    let left = place;
    for (let step = this.differences.length; step > 0; step >>= 1) {
      const height = step * this.guess + (this.sums[row + step] ?? 0);
      if (row + step > this.rows || height > left) continue;
      row += step;
      left -= height;
    }
    return Math.max(0, Math.min(row, this.rows - 1));
  }

  /** To the next power of two: what was added up stays, and only the sums that reach over all of it are new. */
  private grow(count: number): void {
    const { differences, sums } = this;
    const before = differences.length;
    let room = before;
    while (room < count) room *= 2;
    this.differences = new Float64Array(room);
    this.differences.set(differences);
    this.sums = new Float64Array(room + 1);
    this.sums.set(sums);
    for (let at = before * 2; at <= room; at *= 2) this.sums[at] = sums[before] ?? 0;
  }
}

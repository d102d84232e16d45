// Figures with their limits, as a plain table.
import { Stop } from "../../.scripts/processes.mjs";

export class Figures {
  #figures = [];

  /** `limit` holds for the median of what was measured. */
  add(name, unit, limit, measured) {
    const sorted = measured.toSorted((a, b) => a - b);
    const median = sorted[Math.floor((sorted.length - 1) / 2)];
    console.log(`  ${name}: ${words(median)} ${unit}`);
    this.#figures.push({ name, unit, limit, median, worst: sorted.at(-1), runs: sorted.length });
  }

  print() {
    const cells = this.#figures.map(({ name, unit, limit, median, worst, runs }) => [
      name,
      `${words(median)} ${unit}`,
      `${words(worst)} ${unit}`,
      String(runs),
      `${words(limit)} ${unit}`,
      median < limit ? "" : "BROKEN",
    ]);
    const rows = [["figure", "median", "worst", "runs", "limit", ""], ...cells];
    const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => row[at].length)));
    for (const row of rows) {
      const line = row.map((cell, at) =>
        at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]),
      );
      console.log(line.join("  ").trimEnd());
    }
  }

  check() {
    const broken = this.#figures.filter(({ median, limit }) => !(median < limit));
    if (broken.length > 0)
      throw new Stop(`Over the limit: ${broken.map(({ name }) => name).join("; ")}.`);
  }
}

const words = (value) => value.toLocaleString("en-US", { maximumFractionDigits: 1 });

/** The value that 95 of 100 stay under. */
export function p95(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * 0.95)];
}

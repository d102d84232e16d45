// nextest has no list of the slowest tests of its own; its JUnit file knows them.
import { readFileSync } from "node:fs";

export function slowest(junit, count) {
  const cases = [
    ...readFileSync(junit, "utf8").matchAll(
      /<testcase name="([^"]*)" classname="([^"]*)"[^>]* time="([\d.]+)"/g,
    ),
  ];
  const ranked = cases
    .map(([, name, home, time]) => ({ name, home, time: Number(time) }))
    .sort((a, b) => b.time - a.time);
  console.log(`\nThe ${Math.min(count, ranked.length)} slowest of ${ranked.length} tests:`);
  for (const { name, home, time } of ranked.slice(0, count))
    console.log(`${time.toFixed(2).padStart(8)} s  ${home}  ${name}`);
}

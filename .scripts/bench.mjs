// npm run bench: the figures, all from release builds. `npm run bench -- window` runs the named part only.
import { scale } from "../tests/scale/scale.mjs";
import { main, run, Stop } from "./processes.mjs";
import { probe } from "./probe.mjs";
import { buildRelease, program } from "./rust.mjs";
import { ensureNode, ensureRust, ensureSystem } from "./setup.mjs";
import { buildUi } from "./ui.mjs";

const parts = {
  /** Criterion: a turn, a reading, a commit, a thousand chats. */
  async criterion() {
    await run("cargo", ["bench", "--workspace", "--exclude", "taskwright-desktop", "--bench", "*"]);
  },
  /** A conversation of 100,000 events and a workspace of 1,000 tasks in Chromium. */
  async scale() {
    await buildRelease();
    await scale(program("release", "taskwright"));
  },
  /** Start-up and memory of the window. */
  async window() {
    await buildRelease();
    await probe(program("release", "taskwright-desktop"));
  },
};

await main(async () => {
  const named = process.argv.slice(2);
  for (const name of named)
    if (!parts[name])
      throw new Stop(`No such part: ${name}. There are: ${Object.keys(parts).join(", ")}.`, 2);
  await ensureRust();
  await ensureSystem("compiler", "window", "windowTests", "browserTests");
  await ensureNode();
  await buildUi();
  for (const name of named.length > 0 ? named : Object.keys(parts)) {
    console.log(`\n━━━ ${name} ━━━`);
    await parts[name]();
  }
});

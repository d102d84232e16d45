// npm run soak: the same tests at the size an issue names, with random seeds, for as long as it takes. Further words go
// to nextest: `npm run soak -- kill`.
import { join } from "node:path";
import { main, run } from "./processes.mjs";
import { programs } from "./rust.mjs";
import { ensureRust, ensureSystem } from "./setup.mjs";
import { slowest } from "./slowest.mjs";

await main(async () => {
  await ensureRust();
  await ensureSystem("compiler");
  await ensureRust("nextest");
  const words = [
    "nextest",
    "run",
    "--workspace",
    "--exclude",
    "taskwright-desktop",
    "--cargo-profile",
    "soak",
    "--profile",
    "soak",
  ];
  await run("cargo", [...words, ...process.argv.slice(2)], { env: { TASKWRIGHT_SIZE: "soak" } });
  slowest(join(programs(""), "nextest/soak/junit.xml"), 10);
});

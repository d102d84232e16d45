// npm run build: the package that people install. On Debian a .deb with the window and the headless program.
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { encoderFiles, encoderFolder, ensureEncoder } from "./encoder.mjs";
import { linux, main, tool } from "./processes.mjs";
import { buildRelease, program, programs } from "./rust.mjs";
import { ensureNode, ensureRust, ensureSystem } from "./setup.mjs";
import { buildUi } from "./ui.mjs";

await main(async () => {
  await ensureRust();
  await ensureSystem("compiler", "window");
  await ensureNode();
  await buildUi();
  await ensureEncoder();
  await buildRelease();
  const folder = join(programs("release"), "bundle/deb");
  rmSync(folder, { recursive: true, force: true }); // Of an older version, perhaps.
  await tool("tauri", ["bundle", ...(linux ? ["--bundles", "deb", "--config", besides()] : [])]);
  if (!linux) return;
  const file = join(
    folder,
    readdirSync(folder).find((name) => name.endsWith(".deb")),
  );
  console.log(`\n${(statSync(file).size / 1e6).toFixed(1)} MB. To install it:\n`);
  console.log(`  sudo apt-get install ${file}`);
});

/** The second program of the package, where cargo puts it, which is not the same everywhere; and the sentence encoder. */
function besides() {
  const files = {
    "/usr/bin/taskwright": program("release", "taskwright"),
    [`/usr/lib/taskwright/${encoderFolder}`]: encoderFiles(),
  };
  return JSON.stringify({ bundle: { linux: { deb: { files } } } });
}

// npm run dev: the window with a UI that reloads as you save it. Without a display the same in a browser.
import { join } from "node:path";
import { linux, main, run, start, tool, windows } from "./processes.mjs";
import { programs } from "./rust.mjs";
import { ensureNode, ensureRust, ensureSystem } from "./setup.mjs";
import { buildUi } from "./ui.mjs";

const display = !linux || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

await main(async () => {
  await ensureRust();
  await ensureSystem("compiler", ...(display ? ["window"] : []));
  await ensureNode();
  if (display) return void (await tool("tauri", ["dev", ...process.argv.slice(2)]));
  await buildUi();
  await run("cargo", ["build", "--bin", "taskwright"]);
  start(join(programs("debug"), windows ? "taskwright.exe" : "taskwright"), [
    "serve",
    "--port",
    "4477",
  ]);
  await tool("vite", ["ui"]);
});

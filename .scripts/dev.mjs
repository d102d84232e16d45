// npm run dev: the window with a UI that reloads as you save it. Without a display the same in a browser.
import { linux, main, start, tool } from "./processes.mjs";
import { buildProgram, program } from "./rust.mjs";
import { ensureNode, ensureRust, ensureSystem } from "./setup.mjs";
import { buildUi } from "./ui.mjs";

const display = !linux || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

await main(async () => {
  await ensureRust();
  await ensureSystem("compiler", ...(display ? ["window"] : []));
  await ensureNode();
  if (display) return void (await tool("tauri", ["dev", ...process.argv.slice(2)]));
  await buildUi();
  await buildProgram("taskwright");
  start(program("debug", "taskwright"), ["serve", "--port", "4477"]);
  await tool("vite", ["ui"]);
});

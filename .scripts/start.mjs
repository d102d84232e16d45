// npm start: the program in front of you, from a fresh clone or for the hundredth time.
import { offerEncoder } from "./encoder.mjs";
import { linux, main, start } from "./processes.mjs";
import { ensureNode, ensureRust, ensureSystem } from "./setup.mjs";
import { buildProgram, program } from "./rust.mjs";
import { buildUi } from "./ui.mjs";

/** The window's exit code for "I found no display I may use" (src-tauri/src/display.rs). */
const noDisplay = 69;

const display = !linux || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
const extra = process.argv.slice(2);

await main(async () => {
  await ensureRust();
  await ensureSystem("compiler", ...(display ? ["window"] : []));
  await ensureNode();
  await buildUi();
  await offerEncoder();
  if (!display) {
    console.log(
      "No display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so Taskwright opens in a browser.",
    );
    return await inBrowser();
  }
  await buildProgram("taskwright-desktop");
  console.log("Opening the window. Ctrl+C here closes it.");
  const { code } = await start(program("debug", "taskwright-desktop"), extra).ended;
  if (code !== noDisplay) return code;
  console.log(
    "The window could not open (the reason stands above), so Taskwright opens in a browser.",
  );
  return await inBrowser();
});

async function inBrowser() {
  await buildProgram("taskwright");
  return (await start(program("debug", "taskwright"), ["serve", "--open", ...extra]).ended).code;
}

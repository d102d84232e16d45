// How long the window takes to be of use, and what memory it takes: the release program under Xvfb.
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import {
  apart,
  end,
  freshFolder,
  launch,
  openDisplay,
  openWindow,
} from "../tests/desktop/window.mjs";
import { linux, Stop } from "./processes.mjs";

const runs = 9;
/** From the start of the process until a task can be opened. */
const allowed = 1000;
/** After this the program is taken to be at rest. */
const rest = 2000;

export async function probe(program) {
  if (!linux) throw new Stop("The start-up probe reads /proc, which only Linux has.");
  warnOfBusyMachine();
  const display = await openDisplay();
  const folder = freshFolder();
  try {
    const starts = await measureStarts(program, display, folder.path);
    await measurePreview(program, display, folder.path);
    const slow = median(starts.map(({ ready }) => ready));
    if (slow > allowed)
      throw new Stop(`The window took ${slow.toFixed(0)} ms; ${allowed} ms are allowed.`);
  } finally {
    await display.close();
    folder.remove();
  }
}

async function measureStarts(program, display, folder) {
  const env = {
    ...process.env,
    ...apart(folder),
    DISPLAY: display.name,
    WAYLAND_DISPLAY: "",
    TASKWRIGHT_PROBE: "1",
  };
  const first = await startOnce(program, env);
  console.log(`First start, workspace and samples laid out: usable after ${ms(first.ready)}.`);
  const starts = [];
  for (let run = 0; run < runs; run++) starts.push(await startOnce(program, env));
  const ready = starts.map((start) => start.ready);
  console.log(
    `${runs} later starts: usable after ${ms(median(ready))} (median), ${ms(Math.min(...ready))} to ${ms(Math.max(...ready))}.`,
  );
  report("Memory at rest on the list of tasks", starts[runs - 1].memory);
  return starts;
}

/** One start: from spawn to the UI's word that a task can be opened, then memory at rest. */
async function startOnce(program, env) {
  const begun = performance.now();
  const child = launch(program, [], { env, stdio: ["ignore", "pipe", "inherit"] });
  try {
    const ready = await Promise.race([
      said(child, "ready").then(() => performance.now() - begun),
      ended(child),
    ]);
    await pause(rest);
    return { ready, memory: memoryOf(child.pid) };
  } finally {
    await end(child);
  }
}

const said = (child, word) =>
  new Promise((resolve) =>
    createInterface({ input: child.stdout }).on("line", (line) => line === word && resolve()),
  );

async function ended(child) {
  const late = AbortSignal.timeout(30_000);
  const [code] = await once(child, "exit", { signal: late }).catch(() => {
    throw new Stop("The window said nothing for 30 seconds.");
  });
  throw new Stop(`The window ended with ${code} before it was ready.`);
}

/** Opens a sample, rehearses it to its end, and looks at memory again. */
async function measurePreview(program, display, folder) {
  const window = await openWindow({ program, display, folder });
  try {
    await window.press("link", /Refund or cancel an order/);
    const message = await window.find("textbox", "Message as the customer");
    await window.type(message, "Hi, I want a full refund for order 4512\uE007");
    await window.shows("79.00 EUR");
    await window.type(message, "yes please\uE007");
    await window.shows("is on its way");
    await pause(rest);
    const [, ...program] = memoryOf(window.driver.pid);
    report("Memory after a preview of four turns in the editor", program);
  } finally {
    await window.close();
  }
}

/** The window takes two or three processors for a moment; where others hold them, their work is what gets measured. */
function warnOfBusyMachine() {
  const [load] = loadavg();
  if (load > availableParallelism() / 2)
    console.log(
      `This machine is busy (load ${load.toFixed(1)} on ${availableParallelism()} processors): the times below say more of it than of Taskwright.`,
    );
}

function report(title, memory) {
  const sum = (of) => memory.reduce((total, process) => total + process[of], 0);
  console.log(
    `${title}: ${mb(sum("share"))} with shared pages counted once, ${mb(sum("resident"))} resident in all:`,
  );
  for (const { name, resident, share } of memory)
    console.log(
      `  ${name.padEnd(18)} ${mb(resident).padStart(8)} resident ${mb(share).padStart(8)} as its share`,
    );
}

const ms = (time) => `${time.toFixed(0)} ms`;
const mb = (kilobytes) => `${(kilobytes / 1024).toFixed(0)} MB`;
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** A process and all that came from it, itself first, in kilobytes. */
function memoryOf(pid) {
  return family(pid).flatMap((member) => {
    try {
      const of = (field, text) => Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(text)?.[1]);
      const rollup = readFileSync(`/proc/${member}/smaps_rollup`, "utf8");
      const name = readFileSync(`/proc/${member}/comm`, "utf8").trim();
      return [{ name, resident: of("Rss", rollup), share: of("Pss", rollup) }];
    } catch {
      return []; // It ended while we looked.
    }
  });
}

function family(pid) {
  const parents = new Map();
  for (const entry of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, "utf8");
      parents.set(Number(entry), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch {
      // It ended while we looked.
    }
  }
  const members = [pid];
  for (const member of members)
    for (const [child, parent] of parents) if (parent === member) members.push(child);
  return members;
}

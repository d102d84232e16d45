// How long the window takes to be of use, and what memory it takes: the release program under Xvfb, several times.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { linux, Stop } from "./processes.mjs";

const runs = 7;

export async function probe(program) {
  if (!linux) throw new Stop("The start-up probe reads /proc, which only Linux has.");
  const xvfb = spawn(
    "Xvfb",
    ["-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
    {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    },
  );
  const folder = mkdtempSync(join(tmpdir(), "taskwright-probe-"));
  try {
    const [number] = await once(xvfb.stdio[3], "data");
    const env = {
      ...process.env,
      DISPLAY: `:${String(number).trim()}`,
      WAYLAND_DISPLAY: "",
      TASKWRIGHT_DATA: join(folder, "data"),
      TASKWRIGHT_PROBE: "1",
      XDG_DATA_HOME: join(folder, "share"),
      XDG_CONFIG_HOME: join(folder, "config"),
      XDG_CACHE_HOME: join(folder, "cache"),
      DBUS_SESSION_BUS_ADDRESS: "disabled:",
      NO_AT_BRIDGE: "1",
    };
    const first = await startOnce(program, env);
    console.log(
      `First start, workspace and samples laid out: usable after ${first.ready.toFixed(0)} ms.`,
    );
    const measured = [];
    for (let run = 0; run < runs; run++) measured.push(await startOnce(program, env));
    const middle = (of) => measured.map(of).sort((a, b) => a - b)[Math.floor(runs / 2)];
    const most = (of) => Math.max(...measured.map(of));
    console.log(
      `Later starts (${runs}): usable after ${middle((run) => run.ready).toFixed(0)} ms (median), ${most((run) => run.ready).toFixed(0)} ms (slowest).`,
    );
    console.log(
      `Memory with its web processes: ${middle((run) => run.memory).toFixed(0)} MB (median, proportional share).`,
    );
  } finally {
    xvfb.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One start: milliseconds from spawn to the UI's word that it is ready, then memory two seconds later. */
async function startOnce(program, env) {
  const begun = performance.now();
  const child = spawn(program, [], { env, stdio: ["ignore", "pipe", "inherit"], detached: true });
  const gone = once(child, "exit");
  try {
    const ready = await Promise.race([
      new Promise((resolve) =>
        createInterface({ input: child.stdout }).on(
          "line",
          (line) => line === "ready" && resolve(performance.now() - begun),
        ),
      ),
      gone.then(([code]) =>
        Promise.reject(new Stop(`The window ended with ${code} before it was ready.`)),
      ),
      pause(30_000, undefined, { ref: false }).then(() =>
        Promise.reject(new Stop("The window said nothing for 30 seconds.")),
      ),
    ]);
    await pause(2000);
    return {
      ready,
      memory: family(child.pid).reduce((sum, pid) => sum + proportional(pid), 0) / 1024,
    };
  } finally {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGTERM");
    await gone;
  }
}

/** A process and all that came from it. */
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

/** Kilobytes, with shared pages counted by share. */
function proportional(pid) {
  try {
    return Number(
      /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0,
    );
  } catch {
    return 0;
  }
}

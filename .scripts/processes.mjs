// Starting other programs, and never leaving one behind.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
export const windows = process.platform === "win32";
export const linux = process.platform === "linux";

/** A failure whose message is all a person needs: printed without a stack. */
export class Stop extends Error {
  constructor(message, code = 1) {
    super(message);
    this.code = code;
  }
}

// Rust's installer puts cargo here and tells only new shells about it.
const cargoBin = join(
  process.env.CARGO_HOME ?? join(process.env.HOME ?? process.env.USERPROFILE ?? "", ".cargo"),
  "bin",
);
if (existsSync(cargoBin) && !(process.env.PATH ?? "").split(delimiter).includes(cargoBin))
  process.env.PATH = `${process.env.PATH ?? ""}${delimiter}${cargoBin}`;

const children = new Set();

/**
 * Starts a program that lives as long as this one does. `hear` is given a copy of what it says.
 */
export function start(command, args = [], { hear, ...options } = {}) {
  const color = process.stdout.isTTY ? { FORCE_COLOR: "1", CARGO_TERM_COLOR: "always" } : {};
  const child = spawn(command, args, {
    cwd: root,
    stdio: hear ? ["inherit", "pipe", "pipe"] : "inherit",
    ...options,
    env: { ...process.env, ...(hear ? color : {}), ...options.env },
  });
  if (hear)
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ])
      from.on("data", (bytes) => {
        to.write(bytes);
        hear(String(bytes));
      });
  children.add(child);
  child.ended = new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: 127, error }));
    child.once(hear ? "close" : "exit", (code, signal) =>
      resolve({ code: code ?? 128 + (constants.signals[signal] ?? 0), signal }),
    );
  }).finally(() => children.delete(child));
  return child;
}

/** Runs a program to its end and gives its exit code. */
export async function attempt(command, args, options) {
  const { code, error } = await start(command, args, options).ended;
  if (error) throw new Stop(`${command} could not be started: ${error.message}`);
  return code;
}

/** Runs a program to its end; anything but success stops everything. */
export async function run(command, args, options) {
  const code = await attempt(command, args, options);
  if (code !== 0)
    throw new Stop(`\`${[command, ...args].join(" ")}\` failed (exit code ${code}).`, code);
}

/** What a quick program prints, or nothing where it fails or is not there. */
export function ask(command, args, options) {
  const { status, stdout } = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    ...options,
  });
  return status === 0 ? stdout.trim() : undefined;
}

/** Runs a program that an npm package brings along, without a shell and on every system. */
export const tool = (name, args, how = run, options = {}) =>
  how(process.execPath, [toolPath(name), ...args], options);

function toolPath(name) {
  const packages = { tauri: "@tauri-apps/cli", tsc: "typescript", playwright: "@playwright/test" };
  const folder = join(root, "node_modules", packages[name] ?? name);
  if (!existsSync(folder))
    throw new Stop(`The npm package of \`${name}\` is not installed: is it in package.json?`);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[name]);
}

async function endAll() {
  const ending = [...children];
  for (const child of ending) child.kill("SIGTERM");
  const late = setTimeout(() => ending.forEach((child) => child.kill("SIGKILL")), 5000);
  await Promise.all(ending.map((child) => child.ended));
  clearTimeout(late);
}

let stopping = false;
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
  process.on(signal, async () => {
    if (stopping) return;
    stopping = true;
    await endAll();
    process.exit(128 + constants.signals[signal]);
  });

/** The outermost call of a script: says in one line what went wrong. */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    if (!stopping) {
      console.error(error instanceof Stop ? `\n${error.message}` : error);
      process.exitCode = error instanceof Stop ? error.code : 1;
    }
  }
  await endAll();
}

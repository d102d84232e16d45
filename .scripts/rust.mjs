// What several scripts want to know of the Rust side.
import { join } from "node:path";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { ask, root, run, Stop, windows } from "./processes.mjs";

/** The folder that cargo puts programs of a profile into. */
export function programs(profile) {
  const metadata = ask("cargo", ["metadata", "--no-deps", "--format-version", "1"], {
    maxBuffer: 1 << 28,
  });
  if (!metadata) throw new Stop("`cargo metadata` failed: is Cargo.toml in order?");
  return join(JSON.parse(metadata).target_directory, profile);
}

/** In CI Cargo.lock has to be right already. */
export const locked = process.env.CI ? ["--locked"] : [];

/** The example that writes the generated TypeScript types. */
const typesWriter = "export_types";

/** Everything the checks and tests run. */
export const buildAll = () =>
  run("cargo", ["build", "--workspace", "--bins", "--tests", "--examples", ...locked]);

/**
 * One program, made of the very parts that `buildAll` makes, so that `npm start` and `npm test` compile nothing twice.
 * Cargo settles the features of shared dependencies by the packages that are asked for (`--workspace`), with those of the
 * tests where a test or an example is built too; what it then compiles is only what the named program needs. So the
 * headless program takes nothing of the web view.
 */
export const buildProgram = (name) =>
  run("cargo", ["build", "--workspace", "--bin", name, "--example", typesWriter, ...locked]);

/** What people install, without the features of tests. */
export const buildRelease = () =>
  run("cargo", [
    "build",
    "--release",
    "--package",
    "taskwright-desktop",
    "--package",
    "taskwright-cli",
    ...locked,
  ]);

/** Where a program of a profile lies. */
export const program = (profile, name) => join(programs(profile), windows ? `${name}.exe` : name);

/** Writes the TypeScript types of everything that crosses from Rust into a folder. */
export const exportTypes = (folder) => run(program("debug/examples", typesWriter), [folder]);

/** The committed types, byte by byte, against what the Rust types say now. */
export async function checkTypes() {
  const fresh = mkdtempSync(join(tmpdir(), "taskwright-types-"));
  try {
    await exportTypes(fresh);
    const wanted = read(fresh);
    const committed = read(join(root, "ui/src/api/types"));
    const wrong = [...new Set([...wanted.keys(), ...committed.keys()])]
      .filter((name) => wanted.get(name) !== committed.get(name))
      .sort();
    if (wrong.length > 0)
      throw new Stop(
        `Stale in ui/src/api/types: ${wrong.join(", ")}. Run \`npm run types\` and commit what changes.`,
      );
    console.log(`${wanted.size} files of types are the same as their Rust originals.`);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function read(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      return [path.slice(folder.length + 1).replaceAll("\\", "/"), readFileSync(path, "latin1")];
    }),
  );
}

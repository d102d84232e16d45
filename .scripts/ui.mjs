// The built UI in dist/: made only when what it is made from has changed.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root, tool } from "./processes.mjs";

const mark = join(root, "node_modules/.cache/ui-built-from");

export async function buildUi() {
  const sources = fingerprint();
  if (
    existsSync(join(root, "dist/index.html")) &&
    existsSync(mark) &&
    readFileSync(mark, "utf8") === sources
  ) {
    console.log("The built UI is up to date.");
    return;
  }
  await tool("vite", ["build", "ui"]);
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, sources);
}

function fingerprint() {
  const hash = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  const files = readdirSync(join(root, "ui"), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile(),
  );
  for (const file of files.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort())
    if (!/\.test\.tsx?$/.test(file))
      hash.update(file.slice(root.length)).update("\0").update(readFileSync(file));
  return hash.digest("hex");
}

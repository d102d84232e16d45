// npm run types: writes ui/src/api/types afresh from the Rust types.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { main, root } from "./processes.mjs";
import { buildAll, exportTypes } from "./rust.mjs";

await main(async () => {
  const folder = join(root, "ui/src/api/types");
  await buildAll();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await exportTypes(folder);
});

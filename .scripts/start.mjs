// npm start: sets up what is missing and opens the sample task as a chat in the terminal.
import { main, run } from "./processes.mjs";
import { ensureRust, ensureSystem } from "./setup.mjs";

await main(async () => {
  await ensureRust();
  await ensureSystem("compiler");
  const chat = ["chat", "tasks/refund-or-cancel-an-order"];
  await run("cargo", ["run", "--quiet", "--locked", "--bin", "taskwright", "--", ...chat]);
});

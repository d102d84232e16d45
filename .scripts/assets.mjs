// npm run assets: fetches what is too large for the repository.
import { ensureEncoder, encoderFiles } from "./encoder.mjs";
import { main } from "./processes.mjs";
import { ensureRust } from "./setup.mjs";

await main(async () => {
  await ensureRust();
  await ensureEncoder();
  console.log(`The sentence encoder's files: ${encoderFiles()}`);
});

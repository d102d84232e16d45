// The official client for Python, unchanged.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { open } from "./house.mjs";

test("the client for Python makes its calls and knows its errors", async () => {
  const house = await open();
  try {
    const python = process.env.TASKWRIGHT_PYTHON ?? "python3";
    const script = fileURLToPath(new URL("python_intercom.py", import.meta.url));
    const child = spawn(python, [script, house.base], {
      env: { ...process.env, TASKWRIGHT_KEY: house.key },
      stdio: "inherit",
    });
    const [code] = await once(child, "exit");
    assert.equal(code, 0, "every check of python_intercom.py holds");
    await house.shop.hears(({ event_type }) => event_type === "new_message");
  } finally {
    await house.end();
  }
});

// Schemathesis reads the document that is served and tries what it allows and what it does not.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { open } from "./house.mjs";

/**
 * What is looked for: no 5xx, no status and no shape that the document does not name, nobody in without the key; what the
 * document allows is taken, and what it does not allow is refused as what cannot be read (schemathesis.toml says how).
 */
const checks = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_headers_conformance",
  "response_schema_conformance",
  "positive_data_acceptance",
  "negative_data_rejection",
  "unsupported_method",
  "ignored_auth",
];

test("nothing is answered that the document does not name", async () => {
  const house = await open();
  const folder = mkdtempSync(join(tmpdir(), "taskwright-schemathesis-"));
  try {
    // The conversation of the document's examples is there, so that some of what is tried finds it.
    const begun = await fetch(`${house.base}/custom_channel_events/notify_new_conversation`, {
      method: "POST",
      headers: { authorization: `Bearer ${house.key}` },
      body: JSON.stringify({
        event_id: "before",
        external_conversation_id: "external_abc123",
        contact: { type: "user", external_id: "user_42" },
      }),
    });
    const { conversation_id: conversation } = await begun.json();
    const many = process.env.TASKWRIGHT_SIZE === "soak" ? "2000" : "60";
    const config = fileURLToPath(new URL("schemathesis.toml", import.meta.url));
    const args = ["--config-file", config, "run", `${house.base}/openapi.json`];
    args.push("--header", `Authorization: Bearer ${house.key}`, "--checks", checks.join(","));
    args.push("--max-examples", many, "--seed", "1", "--no-color", "--workers", "1");
    const program = process.env.TASKWRIGHT_SCHEMATHESIS ?? "schemathesis";
    const hooks = fileURLToPath(new URL("schemathesis_hooks.py", import.meta.url));
    const env = { ...process.env, SCHEMATHESIS_HOOKS: hooks };
    const child = spawn(program, args, { stdio: "inherit", cwd: folder, env });
    const [code] = await once(child, "exit");
    assert.equal(code, 0, "Schemathesis finds nothing");
    const { events } = await house.call("read_log", { conversation, from: 1, limit: 500 });
    const said = events.filter(({ kind }) => kind === "customer_said");
    assert.ok(said.length >= 10, `${said.length} messages that fit the document were taken`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await house.end();
  }
});

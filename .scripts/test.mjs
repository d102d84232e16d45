// npm test: everything that has to hold, in order, each step with its runner's own output. `npm test -- rust e2e` runs
// the named steps only; nothing is ever skipped without saying so.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { clientProgram, ensureClients } from "./clients.mjs";
import { ensureEncoder } from "./encoder.mjs";
import { main, root, run, Stop, tool } from "./processes.mjs";
import { buildAll, checkTypes, locked, program, programs } from "./rust.mjs";
import { ensureNode, ensureRust, ensureSystem } from "./setup.mjs";
import { slowest } from "./slowest.mjs";
import { buildUi } from "./ui.mjs";

const e2e = ["test", "--config", "tests/e2e/playwright.config.ts"];
/** Where our own TypeScript and JavaScript lies. */
const typescript = [
  "ui",
  ".scripts",
  "tests/e2e",
  "tests/desktop",
  "tests/scale",
  "tests/clients",
  "tests/demo-channel",
];

/** `needs` names steps without which a step can tell nothing; `rust` and `system` what has to be installed for it. */
const steps = [
  {
    name: "rustfmt",
    title: "Rust is formatted",
    rust: ["fmt"],
    work: () => run("cargo", ["fmt", "--all", "--check"]),
  },
  { name: "ui", title: "The UI builds", work: buildUi },
  {
    name: "clippy",
    title: "Clippy finds nothing",
    needs: ["ui"],
    rust: ["clippy"],
    system: ["compiler", "window"],
    work: () =>
      run("cargo", [
        "clippy",
        "--workspace",
        "--all-targets",
        ...locked,
        "--",
        "--deny",
        "warnings",
      ]),
  },
  {
    name: "tsc",
    title: "TypeScript type-checks",
    work: async () => {
      await tool("tsc", ["--project", "ui"]);
      await tool("tsc", ["--project", "tests/e2e"]);
    },
  },
  {
    name: "oxlint",
    title: "oxlint finds nothing",
    work: () => tool("oxlint", ["--deny-warnings", ...typescript]),
  },
  {
    name: "oxfmt",
    title: "TypeScript is formatted",
    work: () => tool("oxfmt", ["--check", ...typescript]),
  },
  {
    name: "build",
    title: "All Rust programs and tests build",
    needs: ["ui"],
    system: ["compiler", "window"],
    work: buildAll,
  },
  {
    name: "types",
    title: "The generated TypeScript types are fresh",
    needs: ["build"],
    work: checkTypes,
  },
  {
    name: "encoder",
    title: "The sentence encoder is there",
    needs: ["build"],
    system: ["encoder"],
    work: ensureEncoder,
  },
  {
    name: "nextest",
    title: "Rust tests",
    needs: ["build", "encoder"],
    rust: ["nextest"],
    work: nextest,
  },
  {
    name: "vitest",
    title: "UI component tests",
    work: () => tool("vitest", ["run", "--root", "ui"], run, { hear }),
  },
  {
    name: "clients",
    title: "The official clients and Schemathesis drive the channel",
    needs: ["build"],
    system: ["python"],
    work: clients,
  },
  {
    name: "e2e",
    title: "Browser stories (Chromium, browser host)",
    needs: ["ui", "build", "encoder"],
    system: ["browserTests"],
    work: () => tool("playwright", e2e, run, { hear }),
  },
  {
    name: "desktop",
    title: "Window stories (the real window)",
    needs: ["ui", "build", "encoder"],
    system: ["windowTests"],
    work: desktop,
  },
];

async function nextest() {
  await run("cargo", ["nextest", "run", "--workspace", ...locked], { hear });
  slowest(join(programs(""), "nextest/default/junit.xml"), 10);
}

async function clients() {
  await ensureClients();
  const folder = join(root, "tests/clients");
  const stories = readdirSync(folder).filter((name) => name.endsWith(".test.mjs"));
  const how = ["--test", "--test-concurrency=1", "--test-reporter=spec"];
  const env = {
    TASKWRIGHT_BIN: program("debug", "taskwright"),
    TASKWRIGHT_PYTHON: clientProgram("python"),
    TASKWRIGHT_SCHEMATHESIS: clientProgram("schemathesis"),
  };
  await run(process.execPath, [...how, ...stories.map((name) => join(folder, name))], {
    hear,
    env,
  });
}

function desktop() {
  const folder = join(root, "tests/desktop");
  const stories = readdirSync(folder).filter((name) => name.endsWith(".test.mjs"));
  if (stories.length === 0) throw new Stop("There are no window stories in tests/desktop.");
  const how = ["--test", "--test-concurrency=1", "--test-reporter=spec"];
  return run(process.execPath, [...how, ...stories.map((name) => join(folder, name))], { hear });
}

/** What the runner of the present step has said, for its own closing lines. */
let said = "";

function hear(text) {
  said += text;
}

/** nextest's, Vitest's, Playwright's and node's. */
const closing =
  /^\s*(Summary \[.*|(Test Files|Tests)\s+\d.*|\d+ (passed|failed|flaky|skipped|did not run)\b.*|ℹ (tests|pass|fail|skipped) \d+)$/;

/** What fell short, and why, as the same runners say it: the end of a long output is often all that is left of it. */
const failing =
  /^\s*(FAIL \[.*|FAIL {2}\S.*|\d+\) \[stories\].*|✖ .*|(Assertion|Test)?Error: .*|Locator: .*|(Expected|Received|Timeout)\b.*:.*|thread '.*' panicked at .*)$/;
const failingShown = 24;

function closingLines(state) {
  const lines = stripVTControlCharacters(said).split("\n");
  const fellShort = state === "ok" ? [] : lines.filter((line) => failing.test(line));
  const shown = [...new Set(fellShort)].slice(0, failingShown);
  return [...shown, ...lines.filter((line) => closing.test(line))].map((line) => line.trim());
}

await main(async () => {
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0)
    throw new Stop(
      `No such step: ${unknown.join(", ")}. There are: ${steps.map((step) => step.name).join(", ")}.`,
      2,
    );
  // A named step brings the builds it stands on with it.
  const wanted = named.length === 0 ? steps.map((step) => step.name) : withNeeds(named);
  const chosen = steps.filter((step) => wanted.includes(step.name));
  const of = (what) => new Set(chosen.flatMap((step) => step[what] ?? []));

  heading("Set-up");
  await ensureRust();
  await ensureSystem(...of("system"));
  await ensureRust(...of("rust")); // The installation of nextest needs the compiler.
  await ensureNode();

  const results = new Map();
  for (const step of chosen) results.set(step.name, await perform(step, results));

  heading("Summary");
  for (const { name, title } of chosen) {
    const { state, seconds, lines } = results.get(name);
    console.log(
      `${state.padEnd(8)} ${seconds.toFixed(1).padStart(7)} s  ${name.padEnd(8)} ${title}`,
    );
    for (const line of lines) console.log(`${" ".repeat(30)}${line}`);
  }
  if (named.length > 0) console.log("Only the named steps ran.");
  const failed = [...results.values()].filter(({ state }) => state !== "ok").length;
  console.log(
    failed === 0 ? "\nEverything holds." : `\n${failed} of ${chosen.length} steps did not hold.`,
  );
  return failed === 0 ? 0 : 1;
});

function withNeeds(names) {
  const needs = steps
    .filter((step) => names.includes(step.name))
    .flatMap((step) => step.needs ?? []);
  const all = [...new Set([...names, ...needs])];
  return all.length === names.length ? names : withNeeds(all);
}

async function perform(step, results) {
  heading(`${step.title} [${step.name}]`);
  const broken = (step.needs ?? []).filter((need) => results.get(need)?.state !== "ok");
  if (broken.length > 0) {
    console.error(`NOT RUN, and so counted as failed: it needs ${broken.join(", ")}.`);
    return { state: "NOT RUN", seconds: 0, lines: [] };
  }
  const begun = performance.now();
  said = "";
  let state = "ok";
  try {
    await step.work();
  } catch (error) {
    console.error(error instanceof Stop ? error.message : error);
    state = "FAILED";
  }
  return { state, seconds: (performance.now() - begun) / 1000, lines: closingLines(state) };
}

function heading(text) {
  console.log(`\n━━━ ${text} ${"━".repeat(Math.max(3, 100 - text.length))}`);
}

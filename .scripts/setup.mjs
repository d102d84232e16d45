// Puts in place what is missing on this machine, and nothing else. Every function is quick where all is there.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ask, attempt, linux, root, run, Stop, windows } from "./processes.mjs";

/** Debian's packages by what they are for; desktop.md of the design says why these and no others. */
const packages = {
  compiler: ["build-essential", "pkg-config"],
  window: ["libwebkit2gtk-4.1-dev"],
  windowTests: ["xvfb", "webkit2gtk-driver"],
  browserTests: ["chromium"],
  encoder: ["python3", "python3-pip"],
  python: ["python3", "python3-venv"],
};

/** Where there is no dpkg to ask: a program or a library that shows the package's work is there. */
const signs = {
  "build-essential": () => onPath("cc") && onPath("c++"),
  "pkg-config": () => onPath("pkg-config"),
  "libwebkit2gtk-4.1-dev": () =>
    ask("pkg-config", ["--modversion", "webkit2gtk-4.1"]) !== undefined,
  xvfb: () => onPath("Xvfb"),
  "webkit2gtk-driver": () => onPath("WebKitWebDriver"),
  chromium: () => onPath("chromium"),
  python3: () => onPath("python3"),
  "python3-venv": () => ask("python3", ["-c", "import ensurepip, venv"]) !== undefined,
  "python3-pip": () => ask("python3", ["-m", "pip", "--version"]) !== undefined,
};

const onPath = (program) =>
  (process.env.PATH ?? "").split(":").some((folder) => existsSync(join(folder, program)));

function installed(name) {
  if (signs[name]()) return true;
  return ask("dpkg-query", ["--show", "--showformat=${Status}", name]) === "install ok installed";
}

/** System packages, by need: ensureSystem("compiler", "window"). */
export async function ensureSystem(...needs) {
  if (!linux) return;
  const missing = needs.flatMap((need) => packages[need]).filter((name) => !installed(name));
  if (missing.length === 0) return;
  if (ask("apt-get", ["--version"]) === undefined)
    throw new Stop(
      `Missing on this machine: ${missing.join(", ")} (Debian's names). Install your system's packages of that kind, then run this again.`,
    );
  const install = ["install", "--yes", "--no-install-recommends", ...missing];
  if (process.getuid() !== 0)
    throw new Stop(
      `Some system packages are missing. Run this, then try again:\n\n  sudo apt-get update && sudo apt-get ${install.join(" ")}\n`,
    );
  console.log(`Installing system packages: ${missing.join(" ")}`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "--quiet"], { env });
  await run("apt-get", [...install, "--quiet"], { env });
}

/** The npm packages exactly as package-lock.json names them. */
export async function ensureNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new Stop(`Node 20.19 or newer is needed; this is ${process.versions.node}.`);
  const wanted = lockOf("package-lock.json");
  if (!wanted)
    throw new Stop("package-lock.json is missing: run `npm install` once and commit it.");
  const there = lockOf("node_modules/.package-lock.json") ?? {};
  const stale = Object.entries(wanted).some(
    ([path, { version, optional }]) =>
      path && there[path]?.version !== version && !(optional && !there[path]),
  );
  if (!stale) return;
  console.log("Installing npm packages");
  // Not `npm ci`: it refuses the lock file where a registry lacks an optional package of another platform. This keeps
  // to the lock file's versions too, and leaves the file alone.
  const install = ["install", "--no-save", "--no-audit", "--no-fund"];
  await run(windows ? "npm.cmd" : "npm", install, { shell: windows });
}

function lockOf(path) {
  const file = join(root, path);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : undefined;
}

/** Rust, and the parts of it that the named work needs: "fmt", "clippy", "nextest". */
export async function ensureRust(...parts) {
  if (ask("cargo", ["--version"]) === undefined)
    throw new Stop(
      "Rust is missing: `cargo` was not found. Install Rust (rustup, stable), open a new terminal and run this again.",
    );
  for (const part of parts.filter((part) => part !== "nextest")) await ensureComponent(part);
  if (parts.includes("nextest") && ask("cargo", ["nextest", "--version"]) === undefined) {
    console.log("Installing cargo-nextest, the test runner (a few minutes, once)");
    // A debug build without its self-updater compiles in half the time and starts tests no slower.
    const quick = ["--debug", "--no-default-features", "--features", "default-no-update"];
    await run("cargo", ["install", "--locked", "cargo-nextest@0.9.151", ...quick], {
      env: { CARGO_PROFILE_DEV_DEBUG: "false" },
    });
  }
}

async function ensureComponent(part) {
  if (ask("cargo", [part, "--version"]) !== undefined) return;
  const component = part === "fmt" ? "rustfmt" : part;
  if (ask("rustup", ["--version"]) === undefined)
    throw new Stop(
      `\`cargo ${part}\` is missing. Install your system's package of it (often named rust-${component} or ${component}), then run this again.`,
    );
  if ((await attempt("rustup", ["component", "add", component])) !== 0)
    throw new Stop(
      `\`cargo ${part}\` is missing and rustup could not add it: see its message above.`,
    );
}

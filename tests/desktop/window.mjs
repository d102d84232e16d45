// The real window, driven over WebDriver: Xvfb for a display, WebKitWebDriver to start the program and steer its web
// view, and plain requests. Nothing here knows what the program is about.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { pressClose } from "./x11.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
export const built = process.env.TASKWRIGHT_WINDOW ?? join(target, "debug/taskwright-desktop");
export const headless = process.env.TASKWRIGHT_BIN ?? join(target, "debug/taskwright");
const screenshots = join(root, "test-results/desktop");
const element = "element-6066-11e4-a52e-4f735466cecf";

// Whatever happens, nothing that was started here outlives the tests.
const children = new Set();
const endChildren = () => children.forEach((child) => process.kill(-child.pid, "SIGKILL"));
process.on("exit", endChildren);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

/** A program in a process group of its own, so that its children end with it. */
export function launch(command, args, options = {}) {
  const child = spawn(command, args, {
    detached: true,
    stdio: ["ignore", "ignore", "inherit"],
    ...options,
  });
  children.add(child);
  child.gone = once(child, "exit").finally(() => children.delete(child));
  return child;
}

export async function end(child) {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  process.kill(-child.pid, "SIGTERM");
  const late = setTimeout(() => process.kill(-child.pid, "SIGKILL"), 3000);
  await child.gone;
  clearTimeout(late);
}

/** A display of our own; gives its name. */
export async function openDisplay(size = "1280x800") {
  const xvfb = launch(
    "Xvfb",
    ["-displayfd", "3", "-screen", "0", `${size}x24`, "-nolisten", "tcp"],
    {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    },
  );
  const [number] = await Promise.race([
    once(xvfb.stdio[3], "data"),
    late(10_000, "Xvfb gave no display"),
  ]);
  return { name: `:${String(number).trim()}`, close: () => end(xvfb) };
}

/** A folder for one test's workspace and settings. */
export function freshFolder() {
  const path = mkdtempSync(join(tmpdir(), "taskwright-desktop-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** What keeps a program in a test away from the person's own files and services. */
export const apart = (folder) => ({
  HOME: folder,
  XDG_CONFIG_HOME: join(folder, "config"),
  XDG_DATA_HOME: join(folder, "share"),
  XDG_CACHE_HOME: join(folder, "cache"),
  TASKWRIGHT_DATA: join(folder, "data"),
  DBUS_SESSION_BUS_ADDRESS: "disabled:",
  NO_AT_BRIDGE: "1",
  WEBKIT_SKIA_ENABLE_CPU_RENDERING: "1",
});

/** Opens the window; every wait in it has an end. */
export async function openWindow({ display, folder, env = {}, program = built }) {
  const port = await freePort();
  const driver = launch("WebKitWebDriver", [`--port=${port}`], {
    env: {
      ...process.env,
      ...apart(folder),
      ...env,
      DISPLAY: display.name,
      TAURI_WEBVIEW_AUTOMATION: "true",
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const request = async (method, path, body, limit = 15_000) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(limit),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  };
  await until(
    () => request("GET", "/status").then((status) => status.ready),
    "the driver is ready",
  );
  const capabilities = {
    alwaysMatch: { "webkitgtk:browserOptions": { binary: program, args: [] } },
  };
  const session = await request("POST", "/session", { capabilities }, 30_000);
  return new Window(
    session,
    (method, path, body, limit) =>
      request(method, `/session/${session.sessionId}${path}`, body, limit),
    driver,
    display,
  );
}

class Window {
  #said = "";

  constructor(session, request, driver, display) {
    this.browserName = session.capabilities.browserName;
    this.request = request;
    this.driver = driver;
    this.display = display;
    driver.stderr.on("data", (bytes) => {
      process.stderr.write(bytes);
      this.#said += bytes;
    });
  }

  /** What the program has said on its standard error. */
  said = () => this.#said;
  says = (text) => until(() => this.#said.includes(text), `the program says ${text}`);

  pressCloseButton = async () =>
    until(() => pressClose(this.display), "a window whose close button can be pressed");

  /** Waits until the program has ended of itself: the driver has started nothing else. */
  gone = () => {
    const { pid } = this.driver;
    const started = () => readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    return until(() => started() === "", "the program has ended");
  };

  /** Runs a function in the page; it may be async and must give JSON. */
  run(work, ...args) {
    const script = `const done = arguments[arguments.length - 1]; Promise.resolve((${work})(...Array.prototype.slice.call(arguments, 0, -1))).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    return this.request("POST", "/execute/async", { script, args }).then(({ value, error }) => {
      if (error) throw new Error(error);
      return value;
    });
  }

  /** Elements that match now. */
  async all(css) {
    const found = await this.request("POST", "/elements", { using: "css selector", value: css });
    return found.map((one) => one[element]);
  }

  /** The first visible element with this role and accessible name (text or pattern), waited for. */
  async find(role, name, limit = 8000) {
    return await until(
      async () => {
        const handle = await this.request("POST", "/execute/sync", {
          script: `return (${findByRole})(...arguments)`,
          args: [role, String(name), name instanceof RegExp],
        });
        return handle?.[element];
      },
      `a ${role} named ${name}`,
      limit,
    );
  }

  click = (handle) => this.request("POST", `/element/${handle}/click`, {});
  type = (handle, text) => this.request("POST", `/element/${handle}/value`, { text });
  text = () => this.run(() => document.body.innerText);

  /** Waits until the page shows a text. */
  shows(text, limit = 8000) {
    const found = (content) =>
      text instanceof RegExp ? text.test(content) : content.includes(text);
    return until(
      async () => found(await this.text()),
      `the text ${text}`,
      limit,
      () => this.text(),
    );
  }

  press = async (role, name, limit) => this.click(await this.find(role, name, limit));

  /** A picture of the window in test-results/desktop, once the page has drawn what it has to draw. */
  async screenshot(name) {
    await this.run(
      () =>
        new Promise((resolve) =>
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(true))),
        ),
    );
    mkdirSync(screenshots, { recursive: true });
    writeFileSync(
      join(screenshots, `${name}.png`),
      Buffer.from(await this.request("GET", "/screenshot"), "base64"),
    );
  }

  /** Closes it as a person does, and waits until the program has ended. */
  async close() {
    await this.request("DELETE", "/window").catch(() => {});
    await this.request("DELETE", "").catch(() => {});
    await end(this.driver);
  }
}

/** Runs in the page: finds by role and name much as assistive technology does. */
function findByRole(role, name, pattern) {
  const implied = {
    button: "button, summary, input[type=button], input[type=submit]",
    link: "a[href]",
    textbox:
      "input:not([type]), input[type=text], input[type=search], textarea, [contenteditable=true]",
    heading: "h1, h2, h3, h4, h5, h6",
    checkbox: "input[type=checkbox]",
    dialog: "dialog",
    list: "ul, ol",
    listitem: "li",
    main: "main",
    navigation: "nav",
    region: "section",
  };
  const wanted = pattern
    ? new RegExp(name.slice(1, name.lastIndexOf("/")), name.slice(name.lastIndexOf("/") + 1))
    : undefined;
  const nameOf = (node) => {
    const ids = node.getAttribute("aria-labelledby");
    if (ids)
      return ids
        .split(" ")
        .map((id) => document.getElementById(id)?.innerText ?? "")
        .join(" ");
    return (
      node.getAttribute("aria-label") ??
      node.labels?.[0]?.innerText ??
      node.getAttribute("title") ??
      node.getAttribute("placeholder") ??
      node.innerText ??
      ""
    );
  };
  const bare = (text) => text.replace(/\s+/g, " ").trim();
  for (const node of document.querySelectorAll(
    `[role="${role}"]${implied[role] ? `, ${implied[role]}` : ""}`,
  )) {
    const own = node.getAttribute("role");
    if (own && own !== role) continue;
    const box = node.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || node.closest("[inert], [aria-hidden=true]"))
      continue;
    const called = [nameOf(node), node.innerText ?? ""].map(bare);
    if (called.some((text) => (wanted ? wanted.test(text) : text === name))) return node;
  }
  return null;
}

/** Asks again and again, for a while. */
export async function until(question, what, limit = 8000, more) {
  const end = Date.now() + limit;
  let last;
  while (Date.now() < end) {
    try {
      const answer = await question();
      if (answer) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await pause(50);
  }
  throw new Error(
    `Waited ${limit} ms in vain for ${what}${last ? ` (${last.message})` : ""}${more ? `\n${await more().catch(() => "")}` : ""}`,
  );
}

async function late(limit, message) {
  await pause(limit, undefined, { ref: false });
  throw new Error(message);
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  return port;
}

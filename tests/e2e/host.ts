// What every story stands on: a browser host of its own on a fresh workspace, a page signed in to it, and axe.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, type Page, test as plain } from "@playwright/test";

const root = fileURLToPath(new URL("../..", import.meta.url));
const target = process.env["CARGO_TARGET_DIR"] ?? join(root, "target");
export const program = process.env["TASKWRIGHT_BIN"] ?? join(target, "debug/taskwright");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A running `taskwright serve`. */
export class BrowserHost {
  private constructor(
    private readonly child: ChildProcess,
    /** Signs a browser in. */
    readonly url: string,
    readonly data: string,
    /** All that the program has said so far, a line each. */
    readonly said: readonly string[],
  ) {}

  /** On a free port, unless one is named. No story writes into the keychain of whoever runs it. */
  static async start(
    data: string,
    port = 0,
    env: NodeJS.ProcessEnv = {},
    more: readonly string[] = [],
  ): Promise<BrowserHost> {
    const child = spawn(
      program,
      ["serve", "--data", data, "--port", String(port), "--webhook-port", "0", ...more],
      {
        cwd: root,
        env: { ...process.env, TASKWRIGHT_NO_KEYCHAIN: "1", ...env },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    const said: string[] = [];
    const address = new Promise<string>((resolve) => {
      for (const stream of [child.stdout, child.stderr])
        createInterface({ input: stream }).on("line", (line) => {
          said.push(line);
          const found = /http:\/\/\S+\?token=\S+/.exec(line);
          if (found) resolve(found[0]);
        });
    });
    const failed = once(child, "exit").then(([code]) => {
      throw new Error(`taskwright serve ended with ${code}:\n${said.join("\n")}`);
    });
    const late = new Promise<never>((_, reject) =>
      setTimeout(
        () => reject(new Error(`taskwright serve gave no address:\n${said.join("\n")}`)),
        20_000,
      ).unref(),
    );
    failed.catch(() => undefined);
    return new BrowserHost(child, await Promise.race([address, failed, late]), data, said);
  }

  /** Answers what it ended with; null where it had to be killed. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const gone = once(this.child, "exit");
    this.child.kill(signal);
    const late = setTimeout(() => this.child.kill("SIGKILL"), 5_000);
    await gone;
    clearTimeout(late);
    return this.child.exitCode;
  }
}

/** A fresh folder that goes away with the test. */
export function freshFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), "taskwright-e2e-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

interface Fixtures {
  folder: string;
  host: BrowserHost;
  /** Fails the test when the page complained or was refused something. */
  quietPage: void;
}

export const test = plain.extend<Fixtures>({
  // Playwright reads the first parameter's pattern and takes nothing else.
  // oxlint-disable-next-line no-empty-pattern
  folder: async ({}, lend) => {
    const folder = freshFolder();
    await lend(folder.path);
    folder.remove();
  },
  host: async ({ folder }, lend) => {
    const host = await BrowserHost.start(join(folder, "data"));
    await lend(host);
    await host.stop();
  },
  quietPage: [
    async ({ page }, lend) => {
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("console", (message) => {
        // A refused command is an answer; the browser notes its status all the same.
        const refusal = /status of 4\d\d/.test(message.text());
        // So is a program that a story has stopped: the page goes on looking for it.
        const stopped = /ERR_CONNECTION_REFUSED|^WebSocket connection to/.test(message.text());
        if (message.type() === "error" && !refusal && !stopped) complaints.push(message.text());
      });
      await lend();
      expect(complaints, "the page has nothing to complain about").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Everything axe has against the page as it is now, WCAG A and AA. */
export async function accessible(page: Page, what: string): Promise<void> {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const run = (
      globalThis as unknown as { axe: { run: (o: object, p: object) => Promise<Report> } }
    ).axe.run;
    interface Report {
      violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[];
    }
    const { violations } = await run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}\n  ${node.html}\n  ${node.failureSummary}`),
    );
  });
  expect(violations, `${what} is open to everyone`).toEqual([]);
}

/**
 * Puts the caret elsewhere by a key. The browser tells the page where it stands a moment later: nobody types so fast, but a
 * story would, and an editor then takes the next key for one at the old place.
 */
export async function moveCaret(
  page: Page,
  key: "Home" | "End" | `Control+${"Home" | "End"}`,
): Promise<void> {
  await page.keyboard.press(key);
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

/** A picture in test-results/e2e, to be looked at. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(root, "test-results/e2e/pictures", `${name}.png`) });
}

/** Asks the program as the page does. */
export async function ask(page: Page, name: string, args: unknown): Promise<unknown> {
  return page.evaluate(
    async ([name, args]) => {
      const response = await fetch(`/call/${String(name)}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(args),
      });
      if (!response.ok) throw new Error(await response.text());
      return response.json();
    },
    [name, args] as const,
  );
}

/** A running little shop; its address stands in its first line. */
export async function shop(): Promise<{ url: string; stop: () => void }> {
  const child = spawn(join(dirname(program), "demo-service"), ["--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const found = /http:\/\/[\d.:]+/.exec(line);
      if (found) resolve(found[0]);
    });
    child.on("exit", (code) => reject(new Error(`the shop ended with ${code}`)));
  });
  return { url, stop: () => child.kill() };
}

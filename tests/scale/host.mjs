// A browser host on a workspace, and its commands called as its page calls them.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { root, Stop } from "../../.scripts/processes.mjs";

export class Host {
  #child;
  #cookie;

  constructor(child, url, cookie) {
    this.#child = child;
    /** Signs a browser in. */
    this.url = url;
    this.#cookie = cookie;
  }

  static async start(program, data) {
    const child = spawn(program, ["serve", "--data", data, "--port", "0"], {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    });
    process.once("exit", () => child.kill("SIGKILL"));
    const address = new Promise((resolve) =>
      createInterface({ input: child.stdout }).on("line", (line) => {
        const found = /http:\/\/\S+\?token=\S+/.exec(line);
        if (found) resolve(found[0]);
      }),
    );
    const failed = once(child, "exit").then(([code]) => {
      throw new Stop(`taskwright serve ended with ${code}.`);
    });
    const late = pause(60_000, undefined, { ref: false }).then(() => {
      throw new Stop("taskwright serve gave no address for a minute.");
    });
    for (const never of [failed, late]) never.catch(() => undefined);
    const url = await Promise.race([address, failed, late]);
    const entered = await fetch(url, { redirect: "manual" });
    return new Host(child, url, entered.headers.get("set-cookie").split(";")[0]);
  }

  /** Does one command. */
  async call(name, args) {
    const response = await fetch(new URL(`/call/${name}`, this.url), {
      method: "POST",
      headers: { "Content-Type": "application/json", Cookie: this.#cookie },
      body: JSON.stringify(args),
    });
    const text = await response.text();
    if (!response.ok) throw new Stop(`${name} was answered with ${response.status}: ${text}`);
    return text ? JSON.parse(text) : null;
  }

  async stop() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    await gone;
  }
}

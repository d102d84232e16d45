import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Stories in Chromium against the browser host. Each test gets a host and a workspace of its own (host.ts). */
export default defineConfig({
  testDir: ".",
  outputDir: `${root}test-results/e2e`,
  reporter: [["list"]],
  forbidOnly: Boolean(process.env["CI"]),
  // A machine that stalls once is told from a story that does not hold: what needed a second try is named as flaky.
  retries: process.env["CI"] ? 1 : 0,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  use: {
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
    acceptDownloads: true,
    actionTimeout: 15_000,
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env["TASKWRIGHT_CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  // Times belong in `npm run bench`: a busy machine must not fail a test.
  projects: [{ name: "stories", testMatch: /.*\.story\.ts$/ }],
});

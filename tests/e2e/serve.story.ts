// A server without a display: its log is lines of JSON, it says whether it is well, and it stops in order.
import { join } from "node:path";
import { BrowserHost, expect, freshFolder, test } from "./host";

test("a server writes lines of JSON, tells its health and figures, and stops in order", async () => {
  const folder = freshFolder();
  const host = await BrowserHost.start(join(folder.path, "data"), 0, {}, ["--log", "json"]);
  const origin = new URL(host.url).origin;
  const health = await fetch(`${origin}/health`);
  expect(health.status).toBe(200);
  expect(await health.json()).toMatchObject({ status: "ok", open_conversations: 0 });
  await fetch(`${origin}/call/list_tasks`, { method: "POST", body: "{}" });
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  expect(metrics).toContain("taskwright_http_requests_total");
  expect(metrics).toMatch(/# EOF\n$/);

  expect(await host.stop()).toBe(0);
  await expect(fetch(`${origin}/health`)).rejects.toThrow();
  const lines = host.said.filter((line) => !line.startsWith("http://"));
  const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(told.map(({ message }) => message)).toEqual(
    expect.arrayContaining(["serving", "answered", "stopping", "stopped"]),
  );
  const token = new URL(host.url).searchParams.get("token") ?? "";
  expect(lines.join("\n")).not.toContain(token);

  // What it had is there when it starts again.
  const again = await BrowserHost.start(join(folder.path, "data"));
  await again.stop();
  folder.remove();
});

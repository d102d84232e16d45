import { beforeEach, describe, expect, it, vi } from "vitest";
import { setHost } from "@/api/client";
import type { Host } from "@/api/host";
import { longLog } from "@/test/fixture-talk";
import { LogStore } from "./log-store";

const all = longLog(10_000);
let asked: { from?: number; limit: number }[] = [];
let answer: (() => void)[] = [];

const host = {
  kind: "browser",
  call: (_name: string, args: unknown) => {
    const { from, limit } = args as { from?: number; limit: number };
    asked.push(from === undefined ? { limit } : { from, limit });
    const start = from === undefined ? all.length - limit : from - 1;
    const page = { events: all.slice(start, start + limit), total: all.length };
    if (from === undefined) return Promise.resolve(page);
    return new Promise((resolve) => answer.push(() => resolve(page)));
  },
  subscribe: () => () => undefined,
} as unknown as Host;

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  asked = [];
  answer = [];
  setHost(host);
});

describe("a long log", () => {
  it("opens with one page, its last one", async () => {
    const log = new LogStore("long");
    await log.open();
    expect(asked).toEqual([{ limit: 100 }]);
    expect([log.total, log.tail().length, log.hasEarlier()]).toEqual([10_000, 100, true]);
  });

  it("asks for what is in sight when the wire is free, not for all that passed by", async () => {
    const log = new LogStore("long");
    await log.open();
    for (let first = 1; first < 9_000; first += 50) log.need(first, first + 40);
    expect(asked.length).toBeLessThanOrEqual(3);
    await vi.waitFor(() => {
      answer.splice(0).forEach((now) => now());
      expect(log.event(8_970)).toBeDefined();
    });
    expect(asked.length).toBeLessThanOrEqual(5);
  });

  it("draws nothing for a page that is out of sight when it comes", async () => {
    const log = new LogStore("long");
    await log.open();
    log.need(1, 40);
    log.need(5_001, 5_040);
    const before = log.stamp();
    answer.splice(0).forEach((now) => now());
    await settled();
    expect(log.event(1)).toBeDefined();
    expect(log.stamp()).toBe(before);
    await vi.waitFor(() => {
      answer.splice(0).forEach((now) => now());
      expect(log.event(5_001)).toBeDefined();
    });
    expect(log.stamp()).toBeGreaterThan(before);
  });

  it("shows the chat nothing more for having been scrolled through", async () => {
    const log = new LogStore("long");
    await log.open();
    log.need(9_801, 9_900);
    answer.splice(0).forEach((now) => now());
    await settled();
    expect(log.event(9_801)).toBeDefined();
    expect(log.tail().length).toBe(100);
    await log.earlier();
    expect(log.tail().length).toBe(200);
  });
});

// A workspace of a thousand tasks and a conversation of 100,000 events in Chromium: what people wait for, what is sent,
// how smoothly it scrolls. Each figure has a limit, and a broken one fails the run.
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "playwright-core";
import { Figures, p95 } from "./figures.mjs";
import { Host } from "./host.mjs";
import { openPage, turnWheel } from "./page.mjs";
import { seed, turns } from "./seed.mjs";

const opening = 300;
const frame = 20;
const appending = 50;
const mostNodes = 2000;
const mostKilobytes = 1000;

/** What comes in so many milliseconds after something was opened is counted as sent on open. */
const settling = 1500;

const runs = 7;
const messages = 20;

const taskList = '[aria-label="Tasks"][tabindex="0"]';
const eventLog = '[role="log"][aria-label="Event log"]';

export async function scale(program) {
  const folder = mkdtempSync(join(tmpdir(), "taskwright-scale-"));
  try {
    const data = join(folder, "data");
    await measure(program, data, await fill(program, data));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function measure(program, data, seeded) {
  console.log(`Load of the machine: ${loadavg()[0].toFixed(1)} on ${cpus().length} processors.`);
  const browser = await chromium.launch({
    executablePath: process.env.TASKWRIGHT_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });
  const figures = new Figures();
  try {
    const started = { program, data, browser, figures, ...seeded };
    await withHost(started, measureOpening);
    await withHost(started, measureTaskList);
    await withHost(started, measureLog);
    await withHost(started, measureAppending);
  } finally {
    await browser.close();
  }
  figures.print();
  figures.check();
}

export async function fill(program, data) {
  const begun = performance.now();
  const host = await Host.start(program, data);
  try {
    const seeded = await seed(host);
    const took = (performance.now() - begun) / 1000;
    console.log(
      `${seeded.tasks} tasks and a conversation of ${seeded.events} events made in ${took.toFixed(0)} s.`,
    );
    return seeded;
  } finally {
    await host.stop();
  }
}

/** A host that has read nothing yet. */
async function withHost(started, work) {
  const host = await Host.start(started.program, started.data);
  try {
    await work({ host, ...started });
  } finally {
    await host.stop();
  }
}

async function measureOpening({ host, browser, figures, task, conversation }) {
  const talk = `#/tasks/${task}?preview=true&conversation=${conversation}`;
  const tasksFirst = await each(browser, (open) => load(open, host, "#/tasks", "tasks"));
  const tasksLoaded = await each(browser, (open) => loadAgain(open, host, "#/tasks", "tasks"));
  const tasksClicked = await each(browser, async (open) => {
    await open.page.goto(`${host.url}#/settings/appearance`);
    await open.page.waitForSelector("nav a");
    await pause(settling);
    return opened(open, () => {
      const link = document.querySelector('nav a[href$="#/tasks"]');
      return globalThis.scale.click(link, "tasks");
    });
  });
  const editorClicked = await each(browser, async (open) => {
    await load(open, host, "#/tasks", "tasks");
    return opened(open, () =>
      globalThis.scale.click(document.querySelector('[data-row="3"]'), "editor"),
    );
  });
  const talkFirst = await each(browser, (open) => load(open, host, talk, "log"));
  const talkLoaded = await each(browser, (open) => loadAgain(open, host, talk, "log"));
  const talkClicked = await each(browser, async (open) => {
    await load(open, host, "#/tasks", "tasks");
    return opened(open, (hash) => globalThis.scale.click(globalThis.scale.link(hash), "log"), talk);
  });
  for (const [name, all] of [
    ["Task list, first visit", tasksFirst],
    ["Task list, page load", tasksLoaded],
    ["Task list, click", tasksClicked],
    ["Task, click", editorClicked],
    ["Conversation, first visit", talkFirst],
    ["Conversation, page load", talkLoaded],
    ["Conversation, click", talkClicked],
  ]) {
    figures.add(
      `${name} to paint`,
      "ms",
      opening,
      all.map(({ ms }) => ms),
    );
    figures.add(
      `${name}: received`,
      "kB",
      mostKilobytes,
      all.map(({ kilobytes }) => kilobytes),
    );
    figures.add(
      `${name}: nodes`,
      "nodes",
      mostNodes,
      all.map(({ nodes }) => nodes),
    );
  }
}

/** Measures on several fresh pages. */
async function each(browser, work) {
  const all = [];
  for (let run = 0; run < runs; run += 1) {
    const open = await openPage(browser);
    all.push(await work(open));
    await open.close();
  }
  return all;
}

/** Loads the page as a browser does that has been here before, after it was elsewhere. */
async function loadAgain(open, host, hash, name) {
  for (let visit = 0; visit < 2; visit += 1) {
    await load(open, host, hash, name);
    await open.page.goto("about:blank");
  }
  open.received.bytes = 0;
  return load(open, host, hash, name);
}

/** Loads the page at an address, as after a start. */
async function load(open, host, hash, name) {
  await open.page.goto(`${host.url}${hash}`, { waitUntil: "commit" });
  const ms = await open.page.evaluate((name) => globalThis.scale.loaded(name), name);
  return received(open, 0, ms);
}

/** Opens something from a page that is there already. */
async function opened(open, act, argument) {
  const before = open.received.bytes;
  return received(open, before, await open.page.evaluate(act, argument));
}

async function received(open, before, ms) {
  await pause(settling);
  const nodes = await open.page.evaluate(() => globalThis.scale.nodes());
  return { ms, nodes, kilobytes: (open.received.bytes - before) / 1000 };
}

async function measureTaskList({ host, browser, figures }) {
  const open = await openPage(browser);
  await load(open, host, "#/tasks", "tasks");
  await scroll(open, figures, "Task list", taskList, 1);
  await open.close();
}

async function measureLog({ host, browser, figures, task, conversation }) {
  const open = await openPage(browser);
  await load(open, host, `#/tasks/${task}?preview=true&conversation=${conversation}`, "log");
  await scroll(open, figures, "Log", eventLog, -1);
  const fills = [];
  for (const place of [0.5, 0.2, 0.8, 0.35, 0.65]) {
    const drag = ([box, place]) =>
      globalThis.scale.drag(document.querySelector(box), 1 - place, place, 1500);
    await open.page.evaluate(drag, [eventLog, place]);
    fills.push(await open.page.evaluate(() => globalThis.scale.fill()));
  }
  figures.add("Log, rows in sight there after a drag", "ms", opening, fills);
  await open.close();
}

/** By the wheel from where it stands, then by the scroll bar from end to end. */
async function scroll(open, figures, name, box, direction) {
  const wheel = [];
  const bar = [];
  let nodes = 0;
  const frames = async (into, move) => {
    await pause(500);
    await open.page.evaluate(() => globalThis.scale.beginFrames());
    await move();
    const seen = await open.page.evaluate(() => globalThis.scale.endFrames());
    into.push(p95(seen.gaps));
    nodes = Math.max(nodes, seen.nodes);
  };
  for (let run = 0; run < 3; run += 1)
    await frames(wheel, () => turnWheel(open, box, direction * 12_000, 4000));
  for (let run = 0; run < 3; run += 1)
    await frames(bar, () =>
      open.page.evaluate(
        ([box, from]) => globalThis.scale.drag(document.querySelector(box), from, 1 - from, 4000),
        [box, run % 2],
      ),
    );
  figures.add(`${name}, wheel: frame p95`, "ms", frame, wheel);
  figures.add(`${name}, scroll bar end to end: frame p95`, "ms", frame, bar);
  figures.add(`${name}, scrolling: most nodes`, "nodes", mostNodes, [nodes]);
}

async function measureAppending({ host, browser, figures, task, conversation }) {
  const open = await openPage(browser);
  await load(open, host, `#/tasks/${task}?preview=true&conversation=${conversation}`, "log");
  const composer = open.page.getByRole("textbox", { name: "Message as the customer" });
  const all = [];
  for (let number = 0; number <= messages; number += 1) {
    const text = turns[number % turns.length];
    await composer.fill(text);
    const sent = open.page.evaluate(() => globalThis.scale.sent());
    await composer.press("Enter");
    all.push(await sent);
    // Whoever writes waits for the answer; the first one comes when the whole log has been read.
    await pause(number === 0 ? 3000 : 300);
  }
  figures.add("First message after a start, key to log", "ms", appending, all.slice(0, 1));
  figures.add("Later messages, key to log", "ms", appending, all.slice(1));
  await open.close();
}

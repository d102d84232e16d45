// What watches from inside the page. It is handed to the page as a whole, so it uses nothing from outside itself.
export function watch() {
  /** Answers right after the first frame that shows what is looked for was painted. */
  const until = (there) =>
    new Promise((resolve, reject) => {
      const latest = performance.now() + 60_000;
      const look = () => {
        if (performance.now() > latest) return reject(new Error(`Not there in a minute: ${there}`));
        if (!there()) return requestAnimationFrame(look);
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener("message", () => resolve(performance.now()));
        port1.start();
        port2.postMessage(null);
      };
      requestAnimationFrame(look);
    });

  const log = () => document.querySelector('[role="log"][aria-label="Event log"]');
  const there = {
    tasks: () => document.querySelectorAll("[data-row]").length >= 5,
    log: () => (log()?.querySelectorAll("[role=listitem] button").length ?? 0) >= 5,
    editor: () =>
      Boolean(document.querySelector('[role="textbox"][aria-label^="Instructions"]')?.textContent),
  };

  /** Whether each row in sight of the log has its event. */
  const filled = () => {
    const box = log();
    const { top, bottom } = box.getBoundingClientRect();
    const inSight = [...box.querySelectorAll("[role=listitem]")].filter((row) => {
      const place = row.getBoundingClientRect();
      return place.height > 0 && place.bottom > top && place.top < bottom;
    });
    return inSight.length >= 5 && inSight.every((row) => row.querySelector("button"));
  };

  const nodes = () => {
    const walker = document.createTreeWalker(document);
    let count = 1;
    while (walker.nextNode()) count += 1;
    return count;
  };

  const frames = { last: 0, gaps: [], most: 0, running: false };
  const tick = (now) => {
    if (!frames.running) return;
    if (frames.last) frames.gaps.push(now - frames.last);
    frames.last = now;
    if (frames.gaps.length % 30 === 0) frames.most = Math.max(frames.most, nodes());
    requestAnimationFrame(tick);
  };

  const loaded = Object.fromEntries(
    Object.entries(there).map(([name, look]) => [name, until(look)]),
  );
  // Only one of them is waited for; that the others never come is no failure.
  for (const never of Object.values(loaded)) never.catch(() => undefined);

  globalThis.scale = {
    /** Milliseconds from the beginning of the page's load. */
    loaded: (name) => loaded[name],
    nodes,
    beginFrames() {
      Object.assign(frames, { last: 0, gaps: [], most: nodes(), running: true });
      requestAnimationFrame(tick);
    },
    /** The time between frames since they were begun, and the most nodes there were. */
    endFrames() {
      frames.running = false;
      return { gaps: frames.gaps, nodes: frames.most };
    },
    /** Milliseconds from a click to what it opens. */
    async click(link, name) {
      const begun = performance.now();
      link.click();
      return (await until(there[name])) - begun;
    },
    /** A link to an address of the program, as another screen would show it. */
    link(hash) {
      const link = document.createElement("a");
      link.href = hash;
      document.body.append(link);
      return link;
    },
    /** Drags a scroll bar from one end to the other. */
    drag(box, from, to, ms) {
      const begun = performance.now();
      return new Promise((resolve) => {
        const step = () => {
          const gone = Math.min(1, (performance.now() - begun) / ms);
          box.scrollTop = (from + (to - from) * gone) * (box.scrollHeight - box.clientHeight);
          if (gone < 1) requestAnimationFrame(step);
          else resolve();
        };
        requestAnimationFrame(step);
      });
    },
    /** Milliseconds until the log in sight is whole. */
    async fill() {
      const begun = performance.now();
      return (await until(filled)) - begun;
    },
    /** Milliseconds from the key that sends a message until the log shows an event below what it showed before. */
    sent() {
      const number = (row) => Number(row.getAttribute("aria-posinset"));
      const rows = () => [...log().querySelectorAll("[aria-posinset]")];
      return new Promise((resolve, reject) => {
        const begin = (event) => {
          if (event.key !== "Enter") return;
          removeEventListener("keydown", begin, true);
          const before = Math.max(...rows().map(number));
          const { bottom } = log().getBoundingClientRect();
          const shows = (row) =>
            number(row) > before && row.textContent && row.getBoundingClientRect().top < bottom;
          until(() => rows().some(shows)).then((at) => resolve(at - event.timeStamp), reject);
        };
        addEventListener("keydown", begin, true);
      });
    },
  };
}

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const steps: [number, Intl.RelativeTimeFormatUnit][] = [
  [60_000, "minute"],
  [3_600_000, "hour"],
  [86_400_000, "day"],
];

/** "just now", "5 minutes ago", "yesterday", then a date. */
export function timeAgo(at: number, now = Date.now()): string {
  const passed = now - at;
  if (passed < 45_000) return "just now";
  if (passed > 7 * 86_400_000) return dayWords(at, now);
  const [length, unit] = steps.findLast(([length]) => passed >= length) ??
    steps[0] ?? [60_000, "minute"];
  return relative.format(-Math.max(1, Math.round(passed / length)), unit);
}

/** "21 Nov", with the year where it is another one. */
export function dayWords(at: number, now = Date.now()): string {
  const date = new Date(at);
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  return date.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
  });
}

const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
const shortClock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** 10:02:41 */
export function clockWords(at: number): string {
  return clock.format(at);
}

/** 10:02 */
export function shortClockWords(at: number): string {
  return shortClock.format(at);
}

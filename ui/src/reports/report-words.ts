import type { BreakDown, Every, Figures, Group, StateCounts } from "@/api/model";
import { dayWords } from "@/frame/time-words";
import { stateWords } from "@/inbox/conversation-words";
import type { Series } from "@/parts/charts/StackedColumns";

/** The states of resolution as every chart draws them: in this order, in these colours. */
export const stateSeries: readonly (Series & { key: keyof StateCounts })[] = [
  { key: "confirmed", label: stateWords.hard_resolution.label, color: "var(--chart-green)" },
  { key: "assumed", label: stateWords.soft_resolution.label, color: "var(--chart-blue)" },
  { key: "passed", label: stateWords.routed_to_team.label, color: "var(--chart-amber)" },
  {
    key: "unhappy",
    label: stateWords.abandoned_negative_feedback.label,
    color: "var(--chart-red)",
  },
  { key: "not_answered", label: stateWords.not_answered.label, color: "var(--chart-grey)" },
];

export const outcomeSeries: readonly Series[] = [
  { label: "Done", color: "var(--chart-green)" },
  { label: "Not possible", color: "var(--chart-blue)" },
  { label: "Passed to a person", color: "var(--chart-amber)" },
  { label: "Cancelled by the customer", color: "var(--chart-red)" },
  { label: "Unfinished", color: "var(--chart-grey)" },
];

export const everyWords: Record<Every, string> = { day: "Days", week: "Weeks", month: "Months" };
export const byWords: Record<BreakDown, string> = { task: "Task used", tag: "Tag", state: "State" };

/** A part of all in hundredths; a dash where there is nothing to divide by. */
export function percent(part: number, all: number): string {
  if (all === 0) return "–";
  const hundredths = (part / all) * 100;
  return `${hundredths > 0 && hundredths < 10 ? hundredths.toFixed(1) : Math.round(hundredths)}%`;
}

export const resolved = ({ states }: Figures): number => states.confirmed + states.assumed;

/** "41 s", "6 min", "3.2 h" */
export function durationWords(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return "–";
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 90_000) return `${Math.round(ms / 1_000)} s`;
  if (ms < 5_400_000) return `${Math.round(ms / 60_000)} min`;
  const hours = ms / 3_600_000;
  return hours < 48 ? `${hours.toFixed(1)} h` : `${Math.round(hours / 24)} days`;
}

/** The mean of the ratings; null where nobody rated. */
export function meanRating({ ratings }: Figures): number | null {
  const given: readonly number[] = ratings.given;
  const count = given.reduce((sum, one) => sum + one, 0);
  if (count === 0) return null;
  return given.reduce((sum, one, at) => sum + one * (at + 1), 0) / count;
}

export const countRatings = ({ ratings }: Figures): number =>
  (ratings.given as readonly number[]).reduce((sum, one) => sum + one, 0);

/** What a group is called. */
export function groupWords({ key, name }: Group, by: BreakDown): string {
  if (key === null) return by === "task" ? "No task" : "No tag";
  if (by === "state") return stateWords[key as keyof typeof stateWords]?.label ?? key;
  return name || key;
}

/** A stretch of time by its first day. */
export function stretchWords(first: string, every: Every): string {
  const at = Date.parse(`${first}T12:00:00Z`);
  if (every === "month") {
    return new Intl.DateTimeFormat("en-GB", {
      month: "long",
      year: "numeric",
      timeZone: "UTC",
    }).format(at);
  }
  return every === "week" ? `Week of ${dayWords(at)}` : dayWords(at);
}

/** Columns at the most: what is longer is cut at the beginning, and said. */
export const mostColumns = 120;

/** All stretches from the first to the last one, those without a conversation as well. */
export function filled(
  groups: readonly Group[],
  every: Every,
): { first: string; group: Group | null }[] {
  const known = new Map(groups.map((group) => [group.key ?? "", group]));
  const keys = [...known.keys()].toSorted();
  const [begin, end] = [keys[0], keys.at(-1)];
  if (begin === undefined || end === undefined) return [];
  const all = [];
  for (let day = begin; day <= end; day = following(day, every)) {
    all.push({ first: day, group: known.get(day) ?? null });
  }
  return all;
}

function following(day: string, every: Every): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (every === "month") date.setUTCMonth(date.getUTCMonth() + 1);
  else date.setUTCDate(date.getUTCDate() + (every === "week" ? 7 : 1));
  return date.toISOString().slice(0, 10);
}

import type { Host } from "./host";

/** What was asked before any screen was there, by the command and its arguments. */
const asked = new Map<string, Promise<unknown>>();

const keyOf = (name: string, args: unknown): string => `${name} ${JSON.stringify(args)}`;

/**
 * Asks for what the screen at this address will ask for first, while its code is still on its way. The screen takes the
 * answer, or the failure, as if it had asked itself; what it does not take is forgotten.
 */
export function askAhead(host: Host, address: string): void {
  for (const [name, args] of firstQuestions(address)) {
    const answer = host.call(name, args);
    answer.catch(() => undefined);
    asked.set(keyOf(name, args), answer);
  }
}

/** The answer that is under way already. Only the first who asks gets it: later ones want to know how it stands then. */
export function takeAhead(name: string, args: unknown): Promise<unknown> | undefined {
  if (asked.size === 0) return undefined;
  const key = keyOf(name, args);
  const answer = asked.get(key);
  asked.delete(key);
  return answer;
}

/** Whatever is asked from now on is asked anew. */
export function forgetAhead(): void {
  asked.clear();
}

/** Exactly what the screens ask, or it is asked twice. */
function firstQuestions(address: string): [name: string, args: unknown][] {
  const { screen, task, conversation } = placeOf(address);
  if (screen === "list") return [["list_tasks", {}]];
  if (screen !== "task") return [];
  const questions: [string, unknown][] = [["read_task", { task }]];
  if (conversation) questions.unshift(["read_log", { conversation, limit: 100 }]);
  return questions;
}

export interface FirstPlace {
  screen: "list" | "task" | "other";
  task?: string;
  conversation?: string;
}

/** What an address opens, told without the router, which is code that is still on its way. */
export function placeOf(address: string): FirstPlace {
  const [path = "", search = ""] = address.replace(/^#/, "").split("?");
  if (["", "/", "/tasks", "/tasks/"].includes(path)) return { screen: "list" };
  const [, task] = /^\/tasks\/([^/]+)$/.exec(path) ?? [];
  if (!task) return { screen: "other" };
  const conversation = new URLSearchParams(search).get("conversation");
  return {
    screen: "task",
    task: decodeURIComponent(task),
    ...(conversation ? { conversation } : {}),
  };
}

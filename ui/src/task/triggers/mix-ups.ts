import type { TaskName, TriedExample } from "@/api/model";

/** A task's examples by what would happen to them. */
export interface MixUpRow {
  task: TaskName;
  all: number;
  right: TriedExample[];
  /** By the other task that would start. */
  wrong: ReadonlyMap<string, TriedExample[]>;
  asked: TriedExample[];
  nothing: TriedExample[];
  /** How many do not start their own task. */
  off: number;
}

/** The rows of the table, those with most mix-ups first; tasks without examples have none. */
export function mixUpRows(
  tasks: readonly TaskName[],
  examples: readonly TriedExample[],
): MixUpRow[] {
  const rows = new Map<string, MixUpRow & { wrong: Map<string, TriedExample[]> }>();
  const names = new Map(tasks.map((task) => [task.id, task]));
  for (const example of examples) {
    const task = names.get(example.task);
    if (!task) continue;
    let row = rows.get(task.id);
    if (!row) {
      row = { task, all: 0, right: [], wrong: new Map(), asked: [], nothing: [], off: 0 };
      rows.set(task.id, row);
    }
    row.all += 1;
    const { outcome } = example;
    if (outcome.type === "starts" && outcome.task === task.id) {
      row.right.push(example);
      continue;
    }
    row.off += 1;
    if (outcome.type === "asks") row.asked.push(example);
    else if (outcome.type === "nothing") row.nothing.push(example);
    else row.wrong.set(outcome.task, [...(row.wrong.get(outcome.task) ?? []), example]);
  }
  return [...rows.values()].sort((a, b) => b.off - a.off);
}

/** The tasks that these rows' examples wrongly start, most often first. */
export function wrongTasks(rows: readonly MixUpRow[]): string[] {
  const counts = new Map<string, number>();
  for (const row of rows)
    for (const [task, examples] of row.wrong)
      counts.set(task, (counts.get(task) ?? 0) + examples.length);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([task]) => task);
}

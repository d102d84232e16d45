// A large workspace, made by the program's own commands: a thousand tasks, many of them published, and one long
// conversation.
const tasks = 1000;
const events = 100_000;

/** What a customer who cannot make up their mind writes, turn after turn; none of it ends the conversation. */
export const turns = [
  "Hi, I want a full refund for order 4512",
  "what do you need that for?",
  "no, leave it",
  "I'd like a partial refund of order 4512",
  "20 EUR",
  "no, leave it",
  "Please refund order 4512",
  "full",
  "no, leave it",
];

const adjectives = ["Late", "Broken", "Doubled", "Gifted", "Returned", "Urgent", "Shared", "Lost"];
const things = ["order", "parcel", "invoice", "booking", "licence", "account", "delivery", "seat"];

/** Fills the workspace and answers with the long conversation and its task. */
export async function seed(host) {
  const samples = await host.call("list_tasks", {});
  const sample = samples.find((row) => row.title.startsWith("Refund"));
  const talk = await converse(host, sample.id);
  for (let number = samples.length; number < tasks; number += 1)
    await addTask(host, samples[number % samples.length].id, number);
  return { task: sample.id, tasks, ...talk };
}

/** A copy of a sample under a name of its own; two in three are published. */
async function addTask(host, sample, number) {
  const { id } = await host.call("duplicate_task", { task: sample });
  const { task, version } = await host.call("read_task", { task: id });
  const what = `${adjectives[number % 8]} ${things[Math.floor(number / 8) % 8]}`;
  const change = (path, before, after) => ({
    document: id,
    change: { type: "set", path, before, after },
  });
  await host.call("save_edit", {
    document: id,
    base_version: version,
    edit: {
      label: "Named",
      changes: [
        change("/title", task.title, `${what}: help number ${number}`),
        // Unlike the sample's, so that the long conversation's task stays the one that its messages mean.
        change("/description", task.description, `${what}: what to do about case ${number}.`),
        change("/examples", task.examples, []),
      ],
    },
  });
  const { problems } = await host.call("read_task", { task: id });
  const blocked = problems.some((problem) => problem.severity === "blocks");
  if (!blocked && number % 3 !== 1) await host.call("publish_task", { task: id });
}

async function converse(host, task) {
  const { conversation } = await host.call("start_preview", {
    task,
    from_the_start: false,
    calls: "sample",
  });
  for (let turn = 0; ; turn += 1) {
    await host.call("say", { conversation, text: turns[turn % turns.length] });
    // Whole rounds only: whoever goes on begins with the first turn.
    if ((turn + 1) % (turns.length * 5) > 0) continue;
    const { total } = await host.call("read_log", { conversation, from: 1, limit: 1 });
    if (total >= events) return { conversation, events: total };
  }
}

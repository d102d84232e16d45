import type { Host } from "../api/host";
import { HostError } from "../api/host";
import type {
  Change,
  Condition,
  Edit,
  Environment,
  ImportSource,
  LogEvent,
  Problem,
  SecretPlace,
  SecretRow,
  Task,
} from "../api/model";
import * as data from "./fixture-data";
import { longLog, reply } from "./fixture-talk";
import { draftRoughly, outline, tried } from "./fixture-actions";
import { conditionRoughly, describeRoughly, explainRoughly, planRoughly } from "./fixture-plan";
import { readRoughly } from "./fixture-reading";
import { studyRoughly, tryRoughly } from "./fixture-triggers";

type Json = Record<string, unknown>;

/** Applies a change the way the program does, well enough for the screens. */
export function applyChange(document: unknown, change: Change): unknown {
  const copy = structuredClone(document);
  const path = change.path
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = path.pop();
  if (last === undefined) return change.type === "set" ? change.after : copy;
  let parent = copy as Json;
  for (const part of path) parent = parent[part] as Json;
  if (change.type === "set") {
    if (change.after === null) delete parent[last];
    else parent[last] = change.after;
  } else if (change.type === "insert")
    (parent as unknown as unknown[]).splice(Number(last), 0, change.value);
  else if (change.type === "remove") (parent as unknown as unknown[]).splice(Number(last), 1);
  else {
    const points = [...String(parent[last])];
    points.splice(change.at, [...change.removed].length, ...change.inserted);
    parent[last] = points.join("");
  }
  return copy;
}

interface Doc {
  now: unknown;
  version: number;
  past: unknown[];
  future: unknown[];
}

const problems = (task: Task): Problem[] =>
  task.id !== "task_refund"
    ? []
    : [
        {
          code: "unclear_sentence",
          severity: "blocks",
          place: {
            block: "block_a",
            action: null,
            field: null,
            span: spanOf(task, "Sort things out as appropriate."),
          },
          message:
            "“Sort things out as appropriate.” does not say what should happen, so a conversation that reaches it offers a person.",
          remedies: [
            {
              label: "Note only",
              fix: {
                type: "open",
                place: { block: "block_a", action: null, field: null, span: null },
              },
            },
          ],
        },
        {
          code: "unknown_reference",
          severity: "blocks",
          place: {
            block: "block_a",
            action: null,
            field: null,
            span: spanOf(task, "{gift_card}"),
          },
          message: "There is no attribute called “gift card”, so nothing would be said here.",
          remedies: [
            {
              label: "Make the attribute",
              fix: {
                type: "add_attribute",
                name: "gift card",
                key: "gift_card",
                kind: { type: "identifier" },
              },
            },
          ],
        },
      ];

/** A program made up in memory. Only tests and the development page use it. */
export function fixtureHost({ tasks = 12, delay = 12, long = false } = {}): Host & {
  log: string[];
} {
  const documents = new Map<string, Doc>();
  const log: string[] = [];
  let secretPlace: SecretPlace = {
    state: "locked",
    words:
      "The keychain of this computer did not answer (it cannot be reached), so secrets are kept in an encrypted file. It is locked until you enter its passphrase.",
    keychain_can_be_tried: true,
  };
  let secretRows: SecretRow[] = data.secretRows;
  const deleted = new Map<string, Doc>();
  const logs = new Map<string, LogEvent[]>([["conversation_long", longLog(100_000)]]);
  const listeners = new Map<string, Set<(message: unknown) => void>>();
  const put = (id: string, now: unknown) =>
    documents.set(id, { now, version: 1, past: [], future: [] });
  const order: string[] = [];
  for (const task of [data.task, ...data.manyTasks(tasks - 1)]) {
    put(task.id, task);
    order.push(task.id);
  }
  if (long) put("task_0", data.longTask());
  for (const action of data.actions) put(action.id, action);
  const doc = (id: unknown): Doc => {
    const found = documents.get(String(id));
    if (!found)
      throw new HostError({ code: "not_found", message: "There is nothing of this name." });
    return found;
  };
  const actions = () => data.actions.map((action) => doc(action.id).now as typeof action);
  const tasksWith = (task: Task) =>
    order.map((id) => (id === task.id ? task : (doc(id).now as Task)));
  const catalogue = (task: Task) => ({
    actions: actions(),
    attributes: task.attributes,
    teams: data.teams,
    tasks: order.map((id) => ({ id, title: (doc(id).now as Task).title })),
    webhooks: task.blocks.flatMap((block) =>
      block.type === "wait_for_webhook"
        ? [{ block: block.id, key: block.key, name: block.name ?? "", fields: block.fields }]
        : [],
    ),
    settings: data.settings,
  });
  const emit = (conversation: string, events: LogEvent[]) => {
    logs.get(conversation)?.push(...events);
    for (const listener of listeners.get(conversation) ?? [])
      listener({ type: "events", conversation, events });
  };
  const talk = (conversation: string, text: string, chosen = false) => {
    const past = logs.get(conversation) ?? [];
    const events = reply(past, text, chosen);
    const [first, ...rest] = events;
    if (first) emit(conversation, [first]);
    setTimeout(() => emit(conversation, rest), 260);
    return null;
  };
  let number = 0;
  const begin = (from: LogEvent[]) => {
    number += 1;
    const conversation = `conversation_${number}`;
    logs.set(conversation, from);
    return { conversation, last_seq: from.length };
  };

  const commands: Record<string, (args: Json) => unknown> = {
    read_workspace: () => ({
      id: "workspace_1",
      name: "Samples",
      path: "~/.local/share/taskwright/workspace.sqlite",
    }),
    list_tasks: () =>
      order.map((id, at) => {
        const task = doc(id).now as Task;
        return {
          id,
          title: task.title,
          description: task.description,
          status: (["draft", "on", "on_with_changes", "paused"] as const)[at % 4],
          problems: problems(task).length,
          updated_at: Date.now() - at * 3_700_000,
        };
      }),
    create_task: () => {
      number += 1;
      const id = `task_new_${number}`;
      put(id, {
        id,
        title: "",
        description: "",
        examples: [],
        counter_examples: [],
        blocks: [],
        attributes: [],
      });
      order.unshift(id);
      return { id };
    },
    duplicate_task: ({ task }) => {
      number += 1;
      const id = `task_copy_${number}`;
      put(id, { ...(doc(task).now as Task), id });
      order.unshift(id);
      return { id };
    },
    delete_task: ({ task }) => {
      deleted.set(String(task), doc(task));
      order.splice(order.indexOf(String(task)), 1);
      return null;
    },
    restore_task: ({ task }) => void order.unshift(String(task)),
    read_task: ({ task }) => {
      const { now, version, past, future } = doc(task);
      const read = now as Task;
      return {
        task: read,
        version,
        status: read.id === "task_refund" ? "on_with_changes" : "draft",
        problems: problems(read),
        readings: Object.fromEntries(
          read.blocks.flatMap((block) =>
            block.type === "instructions" ? [[block.id, readRoughly(block.text)]] : [],
          ),
        ),
        can_undo: past.length > 0,
        can_redo: future.length > 0,
        catalogue: catalogue(read),
      };
    },
    save_edit: ({ document: task, edit, base_version }) => {
      const document = doc(task);
      if (document.version !== base_version) {
        throw new HostError({ code: "conflict", message: "This was changed in another window." });
      }
      document.past.push(document.now);
      document.future = [];
      for (const { change } of (edit as Edit).changes)
        document.now = applyChange(document.now, change);
      document.version += 1;
      return { version: document.version };
    },
    undo: ({ document: task }) => step(doc(task), "past", "future"),
    redo: ({ document: task }) => step(doc(task), "future", "past"),
    encoder_state: () => ({ state: "ready", version: "fixture 1" }),
    try_messages: ({ task, before, messages }) =>
      tryRoughly(tasksWith(task as Task), tasksWith(before as Task), messages as string[]),
    study_triggers: ({ task, before }) =>
      studyRoughly(tasksWith(task as Task), tasksWith(before as Task)),
    read_instructions: ({ text }) => readRoughly(String(text)),
    read_plan: ({ task }) => planRoughly(task as Task),
    explain_task: ({ task }) => explainRoughly(doc(task).now as Task),
    save_task_page: ({ format }) => ({
      file: "file_3",
      name: `a-task.${format === "html" ? "html" : "md"}`,
    }),
    describe_condition: ({ condition }) => describeRoughly(condition as Condition),
    read_condition: ({ words }) => conditionRoughly(String(words)),
    rewrite_condition: ({ text, span, condition }) => {
      const words = describeRoughly(condition as Condition);
      if (words.startsWith("not")) return { type: "refused", reason: "It is not read back." };
      const { start, end } = span as { start: number; end: number };
      const piece = `If ${words}`;
      return {
        type: "written",
        text: String(text).slice(0, start) + piece + String(text).slice(end),
        span: { start, end: start + piece.length },
      };
    },
    publish_task: () => null,
    pause_task: () => null,
    resume_task: () => null,
    list_revisions: () => [{ id: "revision_1", published_at: Date.now() - 86_400_000, live: true }],
    list_actions: () =>
      actions().map((action) => ({
        id: action.id,
        key: action.key,
        name: action.name,
        description: action.description,
        connected: !!action.request,
        changes_data: action.changes_data,
        answers_alone: action.answers_on_its_own,
        used_by: [{ id: data.task.id, title: data.task.title }],
      })),
    read_action: ({ action }) => {
      const { now, version, past, future } = doc(action);
      return {
        action: now,
        version,
        problems: [],
        can_undo: past.length > 0,
        can_redo: future.length > 0,
        used_by: [],
        usual_reply: "Status: {order.status}.",
      };
    },
    read_api: () => outline,
    preview_import: ({ source }) => draftRoughly(source as ImportSource),
    import_actions: ({ source, names }) => {
      const made = draftRoughly(source as ImportSource).map(({ action }, at) => ({
        ...action,
        id: `action_made_${at}`,
        name: (names as Record<number, string>)[at] ?? action.name,
      }));
      for (const action of made) {
        put(action.id, action);
        data.actions.push(action);
      }
      return { import: "import_1", actions: made.map(({ id }) => id) };
    },
    show_request: () => tried.request,
    try_action: () => tried,
    list_teams: () => data.teams,
    save_team: () => null,
    create_team: () => ({ id: "team_support" }),
    delete_team: () => null,
    read_settings: () => data.settings,
    save_settings: () => null,
    start_preview: () => begin([]),
    say: ({ conversation, text }) => talk(String(conversation), String(text)),
    select_option: ({ conversation, option }) => talk(String(conversation), String(option), true),
    fill_field: ({ conversation, attribute, text }) => {
      const seq = (logs.get(String(conversation))?.length ?? 0) + 1;
      const event = { kind: "attribute_collected", seq, at: 0, attribute, text, sealed: null };
      emit(String(conversation), [event as unknown as LogEvent]);
      return null;
    },
    attach_file: ({ conversation, name }) => {
      const seq = (logs.get(String(conversation))?.length ?? 0) + 1;
      const event = { kind: "file_attached", seq, at: 0, file: "file_1", name };
      emit(String(conversation), [event as unknown as LogEvent]);
      return null;
    },
    start_task_anyway: ({ conversation }) => talk(String(conversation), "4512"),
    send_webhook: ({ conversation }) => {
      talk(String(conversation), "webhook");
      return [
        { status: 200, body: { message: "The conversation goes on with it." }, replayed: false },
      ];
    },
    read_webhook_server: () => data.webhookServer,
    save_webhook_server: () => null,
    webhook_address: ({ block }) => ({
      url: `http://127.0.0.1:4817/webhooks/${String(block)}.4f1c`,
      run_url: null,
      curl: "curl -X POST 'http://127.0.0.1:4817/webhooks/x'",
      server: data.webhookServer,
    }),
    move_time: () => ({ now: 0, ahead: 0, wait_ends: null }),
    read_clock: () => ({ now: 0, ahead: 0, wait_ends: null }),
    sweep_task: () => data.sweepTable,
    read_sweep: () => longLog(12),
    set_stub: () => null,
    set_calls: ({ conversation, action, calls }) => {
      const seq = (logs.get(String(conversation))?.length ?? 0) + 1;
      const event = { kind: "calls_set", seq, at: 0, action, calls } as unknown as LogEvent;
      emit(String(conversation), [event]);
      return null;
    },
    stop_preview: () => null,
    rewind: ({ conversation, seq }) =>
      begin((logs.get(String(conversation)) ?? []).slice(0, Number(seq))),
    read_log: ({ conversation, from, limit }) => {
      const events = logs.get(String(conversation)) ?? [];
      const start = from ? Number(from) - 1 : Math.max(0, events.length - Number(limit));
      return { events: events.slice(start, start + Number(limit)), total: events.length };
    },
    read_values: () => [
      {
        key: "order_number",
        label: "Order number",
        value: { type: "text", value: "4512" },
        source: { type: "customer" },
      },
      {
        key: "order.total",
        label: "Order total",
        value: { type: "amount", value: { amount: "79.00", currency: "EUR" } },
        source: { type: "action", action: "action_get_order" },
      },
    ],
    export_bundle: () => ({
      file: "file_1",
      name: "refund-or-cancel-an-order.taskbundle",
      left_out: [],
    }),
    inspect_bundle: () => ({
      name: "Returns desk",
      description: "",
      items: [
        {
          id: "1",
          noun: "task",
          key_or_title: "Exchange an item",
          state: { type: "new" },
          choices: ["take_theirs", "keep_mine"],
          notes: [],
        },
        {
          id: "2",
          noun: "task",
          key_or_title: "Refund or cancel an order",
          state: {
            type: "conflict",
            why: "Another task has this title",
            what: ["Its instructions", "Its examples"],
          },
          choices: ["keep_both", "take_theirs", "keep_mine"],
          notes: [],
        },
        {
          id: "3",
          noun: "action",
          key_or_title: "get_order",
          state: { type: "changed", what: ["What it gives"] },
          choices: ["take_theirs", "keep_mine", "keep_both"],
          notes: [],
        },
        {
          id: "4",
          noun: "team",
          key_or_title: "Billing",
          state: { type: "same" },
          choices: [],
          notes: [],
        },
      ],
    }),
    import_bundle: () => ({ import: "1", tasks: [] }),
    undo_import: () => null,
    restore_team: () => null,
    list_connections: () =>
      actions()
        .filter((action) => action.request)
        .map((action) => ({
          action: action.id,
          name: action.name,
          request: `${action.request?.method} ${action.request?.path}`,
          addresses: { test: "https://test.shop.example.com", live: "https://shop.example.com" },
          inside: { test: false, live: false },
          doubtful: false,
        })),
    list_secrets: () => ({ place: secretPlace, rows: [...secretRows] }),
    save_secret: ({ environment, name, value, origins }) => {
      const row = secretRows.find((one) => one.name === name && one.environment === environment);
      const state = value ? { type: "keychain" as const } : (row?.state ?? { type: "not_set" });
      const next = {
        environment: environment as Environment,
        name: String(name),
        state,
        origins: origins as string[],
        asked_for: [],
        needed_by: row?.needed_by ?? [],
        variables: [],
        set_at: 0,
        used_at: null,
      };
      secretRows = [...secretRows.filter((one) => one !== row), next];
      return null;
    },
    remove_secret: ({ environment, name }) => {
      secretRows = secretRows.filter((one) => one.name !== name || one.environment !== environment);
      return null;
    },
    restore_secret: () => null,
    unlock_secrets: ({ passphrase }) => {
      if (passphrase !== "correct horse")
        throw new HostError({
          code: "bad_request",
          message: "This passphrase does not open the secrets on this computer. Try again.",
          field: "/passphrase",
        });
      secretPlace = { ...secretPlace, state: "open", words: "The encrypted file is open." };
      return null;
    },
    try_keychain_again: () => null,
    list_environments: () => [
      { environment: "live", proxy: null },
      { environment: "test", proxy: null },
    ],
    save_environment: () => null,
    save_connections: () => null,
    backup_workspace: () => ({ file: "file_2", name: "workspace.sqlite" }),
  };

  return {
    kind: "browser",
    log,
    call: async (name, args) => {
      log.push(name);
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
      const command = commands[name];
      if (!command)
        throw new HostError({ code: "not_found", message: `There is no command ${name}.` });
      return structuredClone(command((args ?? {}) as Json)) ?? null;
    },
    subscribe: (request, onMessage) => {
      const id = String(
        (request as Json)["conversation"] ?? (request as { of?: Json }).of?.["conversation"],
      );
      const set = listeners.get(id) ?? new Set();
      listeners.set(id, set.add(onMessage));
      return () => set.delete(onMessage);
    },
    pickFile: async () => ({ fileId: "file_1", name: "returns-desk.taskbundle" }),
    keepFile: async (file) => ({ fileId: "file_1", name: file.name }),
    pickFiles: async () => [{ fileId: "file_1", name: "returns.md" }],
    fileUrl: (fileId) => `/files/${fileId}`,
    saveFile: async () => true,
  };
}

function spanOf(task: Task, words: string) {
  const block = task.blocks.find((one) => one.type === "instructions");
  const at = block?.type === "instructions" ? block.text.indexOf(words) : -1;
  return at < 0 ? null : { start: at, end: at + words.length };
}

function step(document: Doc, from: "past" | "future", to: "past" | "future"): null {
  const next = document[from].pop();
  if (next === undefined) return null;
  document[to].push(document.now);
  document.now = next;
  document.version += 1;
  return null;
}

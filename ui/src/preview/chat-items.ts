import type { LogEvent, QuickReply } from "@/api/model";
import { actionBehind } from "@/task/answering-actions";
import { isWorkflow } from "@/task/workflow-ids";
import { AskedForm, type OpenForm } from "./asked-form";

/** What a customer sees of a conversation, worked out from its events. */
export type ChatItem =
  | { type: "customer"; seq: number; at: number; text: string; file?: string }
  | { type: "given"; seq: number; at: number; fields: readonly GivenField[] }
  | { type: "assistant"; seq: number; at: number; text: string }
  | { type: "hand_off"; seq: number; at: number; team: string }
  | { type: "not_started"; seq: number; at: number; reason: string; message: string }
  | { type: "waiting"; seq: number; at: number; block: string; name: string; over: boolean }
  | { type: "moved"; seq: number; at: number }
  | { type: "end"; seq: number; at: number; text: string };

/** A field of a form, with what the customer gave. */
export interface GivenField {
  key: string;
  label: string;
  text: string;
}

export interface Chat {
  items: ChatItem[];
  /** Quick replies that can still be pressed. */
  options: QuickReply[];
  mustChoose: boolean;
  /** The form that is before the customer, while a field of it is left. */
  form: OpenForm | null;
  /** The assistant has not answered the last message yet. */
  busy: boolean;
  ended: boolean;
}

/** Reads the chat off the log. `task` is the open task: what would not start it is said. */
export function chatOf(events: readonly LogEvent[], task: string): Chat {
  const chat: Chat = {
    items: [],
    options: [],
    mustChoose: false,
    form: null,
    busy: false,
    ended: false,
  };
  const form = new AskedForm();
  let lastMessage = "";
  for (const event of events) {
    const { seq, at } = event;
    form.take(event);
    switch (event.kind) {
      case "customer_said":
      case "option_selected":
        lastMessage = event.text;
        chat.items.push({ type: "customer", seq, at, text: event.text });
        Object.assign(chat, { options: [], mustChoose: false, busy: true });
        break;
      case "attribute_collected":
        chat.items = withGiven(chat.items, event, form.labelOf(event.attribute));
        chat.busy = true;
        break;
      case "attribute_rejected":
        chat.items = withoutGiven(chat.items, event.attribute);
        break;
      case "attributes_requested":
        chat.busy = false;
        break;
      case "file_attached":
        chat.items.push({ type: "customer", seq, at, text: event.name, file: event.file });
        chat.busy = true;
        break;
      case "task_considered":
        if (!isWorkflow(task) && startsAnother(event.ranking.decision, task)) {
          const { reason } = event.ranking;
          chat.items.push({ type: "not_started", seq, at, reason, message: lastMessage });
        }
        break;
      case "task_started":
        if (event.how === "author")
          chat.items = chat.items.filter((item) => item.type !== "not_started");
        break;
      case "said":
        chat.items.push({ type: "assistant", seq, at, text: event.text });
        chat.busy = false;
        break;
      case "options_offered":
        Object.assign(chat, { options: event.options, mustChoose: event.must_choose, busy: false });
        break;
      case "time_moved":
        // Moved in several steps, because timers rang on the way, it is one move to whoever looks on.
        if (chat.items.at(-1)?.type === "moved") chat.items.pop();
        chat.items.push({ type: "moved", seq, at });
        break;
      case "webhook_awaited":
        chat.items.push({
          type: "waiting",
          seq,
          at,
          block: event.place.block,
          name: event.name,
          over: false,
        });
        chat.busy = false;
        break;
      case "webhook_received":
      case "wait_expired":
        chat.items = chat.items.map((item) =>
          item.type === "waiting" && item.block === event.block ? { ...item, over: true } : item,
        );
        break;
      case "handed_off":
        chat.items.push({ type: "hand_off", seq, at, team: event.team_name });
        Object.assign(chat, { options: [], busy: false, ended: true });
        break;
      case "task_finished":
      case "could_not_follow":
      case "not_understood":
        chat.busy = false;
        break;
      case "articles_considered":
      case "customer_idle":
        chat.busy = false;
        break;
      case "workflow_finished":
        // After any other end than a hand-off a new message begins it again.
        if (!chat.ended) {
          chat.items.push({
            type: "end",
            seq,
            at,
            text: "The workflow ended. A new message starts it again.",
          });
          Object.assign(chat, { options: [], mustChoose: false, busy: false });
        }
        break;
      case "stopped":
        chat.items.push({ type: "end", seq, at, text: "This conversation has ended" });
        Object.assign(chat, { options: [], busy: false, ended: true });
        break;
      default:
    }
  }
  return { ...chat, form: form.open() };
}

/** Fields that are given one after the other are one card. */
function withGiven(
  items: readonly ChatItem[],
  { seq, at, attribute, text }: Extract<LogEvent, { kind: "attribute_collected" }>,
  label: string,
): ChatItem[] {
  const field = { key: attribute, label, text };
  const last = items.at(-1);
  if (last?.type !== "given") return [...items, { type: "given", seq, at, fields: [field] }];
  const others = last.fields.filter(({ key }) => key !== attribute);
  return [...items.slice(0, -1), { ...last, fields: [...others, field] }];
}

/** What did not fit goes back into the form. */
function withoutGiven(items: readonly ChatItem[], attribute: string): ChatItem[] {
  const last = items.at(-1);
  if (last?.type !== "given") return [...items];
  const fields = last.fields.filter(({ key }) => key !== attribute);
  const before = items.slice(0, -1);
  return fields.length === 0 ? before : [...before, { ...last, fields }];
}

function startsAnother(
  decision: Extract<LogEvent, { kind: "task_considered" }>["ranking"]["decision"],
  task: string,
): boolean {
  // An action that answers on its own starts nothing else: the task goes on behind its answer.
  if (decision.type === "start")
    return decision.task !== task && actionBehind(decision.task) === null;
  return decision.type === "none";
}

/** Items that are as they were stay the same objects, so that only what changed is drawn again. */
export function keepSame(before: readonly ChatItem[], now: readonly ChatItem[]): ChatItem[] {
  return now.map((item, at) => {
    const old = before[at];
    return old && isSame(old, item) ? old : item;
  });
}

function isSame(one: ChatItem, other: ChatItem): boolean {
  const values = Object.entries(other);
  return values.every(([key, value]) => {
    const old = (one as Record<string, unknown>)[key];
    return old === value || (Array.isArray(value) && JSON.stringify(old) === JSON.stringify(value));
  });
}

import {
  memo,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
  type RefObject,
} from "react";
import { Paperclip } from "lucide-react";
import { host } from "@/api/client";
import { tellProblem } from "@/frame/problem-toast";
import { Button } from "@/parts/Button";
import { useFileDrop } from "@/parts/use-file-drop";
import { VirtualList, type VirtualListHandle } from "@/parts/VirtualList";
import { chatOf, keepSame, type Chat, type ChatItem } from "./chat-items";
import { ChatEntry } from "./ChatEntry";
import { Composer } from "./Composer";
import { FormCard, type Drafts } from "./FormCard";
import type { LogStore } from "./log-store";
import { isWorkflow } from "@/task/workflow-ids";
import { usePreviewPart, type PreviewSession, type PreviewSetup } from "./preview-session";

const noEvents = { subscribe: () => () => undefined, stamp: () => 0 };

export interface ChatViewProps {
  session: PreviewSession;
  taskId: string;
  flush: () => Promise<void>;
  version: number;
  exampleOf: (block: string) => unknown;
  composer: RefObject<HTMLTextAreaElement | null>;
  onAddExample: (message: string) => void;
}

/** The messenger a customer would see, with the author's hints between the bubbles. */
export function ChatView(props: ChatViewProps) {
  const { session, taskId, flush, version, exampleOf, composer } = props;
  const log = usePreviewPart(session, "log");
  const setup = usePreviewPart(session, "setup");
  const chat = useChat(log, taskId);
  const list = useRef<VirtualListHandle>(null);
  const { items } = chat;
  const rows = rowsOf(chat, log?.hasEarlier() ?? false);

  const newest = items.at(-1);
  useLayoutEffect(() => {
    // Whoever writes wants to see what comes of it, wherever they were reading.
    if (newest?.type === "customer" || newest?.type === "given")
      list.current?.scrollTo(rows.length - 1);
    // oxlint-disable-next-line react/exhaustive-deps
  }, [newest?.seq]);
  useEffect(() => {
    if (log && !chat.ended) composer.current?.focus({ preventScroll: true });
  }, [log, chat.ended, composer]);

  const lastOwn = items.findLast((item) => item.type === "customer" || item.type === "given");
  const forms = useForms(log);
  const focusComposer = useCallback(() => composer.current?.focus(), [composer]);
  const again = useCallback(
    (item: ChatItem) => {
      void session.rewind(item.seq).then(() => composer.current?.focus());
    },
    [session, composer],
  );
  const earlier = useEarlier(log, items, rows, list);
  const takes = log !== null && !chat.ended;
  const keep = useCallback((files: readonly File[]) => void attachAll(session, files), [session]);
  const drop = useFileDrop(takes ? keep : undefined);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col bg-canvas" {...drop.on}>
      {drop.over ? <DropHere /> : null}
      {rows.length === 0 ? (
        <div
          role="log"
          aria-label="Chat"
          className="flex min-h-0 flex-1 flex-col overflow-y-auto px-3.5 pt-4 pb-2"
        >
          <Invitation
            setup={setup}
            onBegin={isWorkflow(taskId) ? () => void session.greet(flush, version) : undefined}
          />
        </div>
      ) : (
        <VirtualList
          key={log?.conversation ?? ""}
          ref={list}
          role="log"
          label="Chat"
          count={rows.length}
          rowHeight={44}
          rowKey={(at) => keyOf(rows[at])}
          follow
          className="px-3.5 pt-4 pb-2"
          row={(at) => (
            <div className="flex flex-col gap-1.5 pb-1.5">
              <Row
                row={rows[at]}
                previous={rows[at - 1]}
                options={rows[at]?.type === "replies" ? chat.options : null}
                form={rows[at]?.type === "form" ? chat.form : null}
                draftsOf={forms}
                session={session}
                onFormGone={focusComposer}
                exampleOf={exampleOf}
                onEarlier={earlier}
                onAgain={again}
                onAddExample={props.onAddExample}
              />
            </div>
          )}
        />
      )}
      <Typing session={session} busy={chat.busy} ended={chat.ended} />
      <Composer
        ref={composer}
        ended={chat.ended}
        onSend={(text) => session.say(text, flush, version)}
        onAttach={log ? () => attach(session) : undefined}
        onFiles={takes ? keep : undefined}
        onRestart={() => session.restart()}
        lastOwn={
          lastOwn
            ? // A file or a form cannot be written again; going back to before it is all there is.
              { seq: lastOwn.seq, text: wordsOf(lastOwn) }
            : undefined
        }
        onRewind={(seq) => session.rewind(seq)}
      />
    </div>
  );
}

const wordsOf = (item: ChatItem): string =>
  item.type === "customer" && !item.file ? item.text : "";

/** What is written into the forms of a chat, also after going back to before they were sent. */
function useForms(log: LogStore | null): (form: number) => Drafts {
  const forms = useRef(new Map<number, Drafts>());
  useEffect(() => {
    if (!log) forms.current.clear();
  }, [log]);
  return useCallback((form) => {
    const drafts = forms.current.get(form) ?? new Map<string, string>();
    forms.current.set(form, drafts);
    return drafts;
  }, []);
}

/** Pictures and the papers that customers send. */
const ATTACHED = ".jpg,.jpeg,.png,.gif,.webp,.heic,.pdf,.txt,.csv,.docx,.xlsx,.odt";

async function attach(session: PreviewSession): Promise<void> {
  try {
    const picked = await host().pickFile(ATTACHED);
    if (picked) await session.attach(picked.fileId, picked.name);
  } catch (thrown) {
    tellProblem(thrown, "Not attached");
  }
}

/** Attaches files one after the other, as they were dropped or pasted. */
async function attachAll(session: PreviewSession, files: readonly File[]): Promise<void> {
  for (const file of files) {
    try {
      // In the order a person dropped them: the task may ask for one after the other.
      // oxlint-disable-next-line no-await-in-loop
      const kept = await host().keepFile(file);
      // oxlint-disable-next-line no-await-in-loop
      await session.attach(kept.fileId, kept.name);
    } catch (thrown) {
      tellProblem(thrown, "Not attached");
      return;
    }
  }
}

/** Over the chat while a file is held above it. */
function DropHere() {
  return (
    <div className="pointer-events-none absolute inset-2 z-10 flex items-center justify-center rounded-lg border-2 border-dashed border-accent bg-accent-surface/90">
      <p className="flex items-center gap-2 font-medium text-accent-text">
        <Paperclip size={16} aria-hidden /> Drop to attach it as the customer
      </p>
    </div>
  );
}

type ChatRow = ChatItem | { type: "earlier" } | { type: "form" } | { type: "replies" };

function rowsOf(chat: Chat, earlier: boolean): ChatRow[] {
  const rows: ChatRow[] = [...chat.items];
  if (earlier && rows.length > 0) rows.unshift({ type: "earlier" });
  if (chat.form) rows.push({ type: "form" });
  if (chat.options.length > 0) rows.push({ type: "replies" });
  return rows;
}

const isItem = (row: ChatRow | undefined): row is ChatItem => row !== undefined && "seq" in row;
const keyOf = (row: ChatRow | undefined): string =>
  isItem(row) ? `${row.type}-${row.seq}` : (row?.type ?? "");

/** Reads further back and keeps what was the first message in sight. */
function useEarlier(
  log: LogStore | null,
  items: readonly ChatItem[],
  rows: readonly ChatRow[],
  list: RefObject<VirtualListHandle | null>,
): () => void {
  const keep = useRef<string | null>(null);
  const first = keyOf(items[0]);
  useLayoutEffect(() => {
    const at = keep.current ? rows.findIndex((row) => keyOf(row) === keep.current) : -1;
    keep.current = null;
    if (at >= 0) list.current?.scrollTo(at);
    // Only what came before it moves the first message.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [first]);
  return useCallback(() => {
    keep.current = first;
    void log?.earlier();
  }, [first, log]);
}

interface RowProps {
  row: ChatRow | undefined;
  previous: ChatRow | undefined;
  /** What can be pressed now. */
  options: Chat["options"] | null;
  /** The form to fill in now. */
  form: Chat["form"];
  draftsOf: (form: number) => Drafts;
  session: PreviewSession;
  exampleOf: (block: string) => unknown;
  onEarlier: () => void;
  onFormGone: () => void;
  onAgain: (item: ChatItem) => void;
  onAddExample: (message: string) => void;
}

const Row = memo(function Row({
  row,
  previous,
  options,
  form,
  draftsOf,
  session,
  onEarlier,
  onFormGone,
  ...entry
}: RowProps) {
  if (!row) return null;
  switch (row.type) {
    case "earlier":
      return (
        <Button look="link" size="sm" className="self-center" onClick={onEarlier}>
          Show earlier messages
        </Button>
      );
    case "form":
      return form ? (
        <FormCard
          key={form.seq}
          form={form}
          drafts={draftsOf(form.seq)}
          session={session}
          onAttach={() => attach(session)}
          onGone={onFormGone}
        />
      ) : null;
    case "replies":
      return <Replies options={options ?? []} session={session} />;
    default:
      return (
        <ChatEntry
          item={row}
          previous={isItem(previous) ? previous : undefined}
          session={session}
          {...entry}
        />
      );
  }
});

function Replies({ options, session }: { options: Chat["options"]; session: PreviewSession }) {
  const sending = usePreviewPart(session, "sending");
  return (
    <div
      role="group"
      aria-label="Quick replies"
      className="mt-1 flex flex-wrap justify-end gap-1.5"
    >
      {options.map((option) => (
        <button
          key={option.id}
          type="button"
          disabled={sending}
          onClick={() => void session.choose(option.id)}
          className="rounded-full border border-accent-line bg-surface px-3 py-1 text-13 text-accent-text transition-colors hover:bg-accent-surface"
        >
          {option.text}
        </button>
      ))}
    </div>
  );
}

function useChat(log: LogStore | null, task: string) {
  const stamp = useSyncExternalStore(
    log?.subscribe ?? noEvents.subscribe,
    log?.tailStamp ?? noEvents.stamp,
  );
  const before = useRef<ChatItem[]>([]);
  return useMemo(
    () => {
      const chat = chatOf(log?.tail() ?? [], task);
      before.current = keepSame(before.current, chat.items);
      return { ...chat, items: before.current };
    },
    // The stamp stands for the log's content.
    // oxlint-disable-next-line react/exhaustive-deps
    [log, stamp, task],
  );
}

function Invitation({
  setup: { customer, calls, answers },
  onBegin,
}: {
  setup: PreviewSetup;
  /** Lets a workflow speak first. */
  onBegin: (() => void) | undefined;
}) {
  const local =
    calls === "sample" && Object.values(answers).every((answer) => answer.from === "sample");
  return (
    <div className="m-auto max-w-64 py-6 text-center">
      <p className="font-medium">Try it as a customer</p>
      <p className="mt-0.5 text-12 text-muted">
        Write what {customer.name ? customer.name.split(" ")[0] : "a customer"} would write.
        {local ? " Nothing leaves this machine." : null}
      </p>
      {onBegin ? (
        <Button size="sm" className="mt-3" onClick={onBegin}>
          Begin the conversation
        </Button>
      ) : null}
    </div>
  );
}

/** How long an answer takes before the dots say that it is on its way: quicker ones would only flicker. */
const soon = 150;

function Typing({
  session,
  busy,
  ended,
}: {
  session: PreviewSession;
  busy: boolean;
  ended: boolean;
}) {
  const sending = usePreviewPart(session, "sending");
  const working = !ended && (busy || sending);
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!working) return;
    const timer = setTimeout(() => setLong(true), soon);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [working]);
  if (!long) return null;
  return (
    <div
      role="status"
      aria-label="The assistant is typing"
      className="mx-3.5 mb-2 flex w-fit gap-1 rounded-2xl rounded-bl-sm bg-hover px-3 py-2.5"
    >
      {[0, 150, 300].map((delay) => (
        <span
          key={delay}
          className="size-1.5 animate-pulse rounded-full bg-faint"
          style={{ animationDelay: `${delay}ms` }}
        />
      ))}
    </div>
  );
}

import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
  type RefObject,
} from "react";
import { Button } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { chatOf, type ChatItem } from "./chat-items";
import { ChatEntry } from "./ChatEntry";
import { Composer } from "./Composer";
import type { LogStore } from "./log-store";
import { usePreview, type PreviewSession, type PreviewSetup } from "./preview-session";

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
  const { log, sending, setup } = usePreview(session);
  const chat = useChat(log, taskId);
  const box = useRef<HTMLDivElement>(null);
  const { items } = chat;
  const busy = chat.busy || (sending && !chat.ended);

  useLayoutEffect(() => {
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [items.length, busy, chat.options.length]);
  useEffect(() => {
    if (log && !chat.ended) composer.current?.focus({ preventScroll: true });
  }, [log, chat.ended, composer]);

  const lastOwn = items.findLast((item) => item.type === "customer");
  const again = (item: Extract<ChatItem, { type: "customer" }>) => {
    void session.rewind(item.seq).then(() => composer.current?.focus());
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-canvas">
      <div
        ref={box}
        role="log"
        aria-label="Chat"
        // A scrolling region must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="inset-focus flex min-h-0 flex-1 flex-col gap-1.5 overflow-y-auto px-3.5 pt-4 pb-2"
      >
        {items.length === 0 && !busy ? <Invitation setup={setup} /> : null}
        {items.length > 0 && log && (log.tail()[0]?.seq ?? 1) > 1 ? (
          <Button look="link" size="sm" className="self-center" onClick={() => void log.earlier()}>
            Show earlier messages
          </Button>
        ) : null}
        {items.map((item, at) => (
          <ChatEntry
            key={`${item.type}-${item.seq}`}
            item={item}
            previous={items[at - 1]}
            session={session}
            exampleOf={exampleOf}
            onAgain={again}
            onAddExample={props.onAddExample}
          />
        ))}
        {busy ? <Typing /> : null}
        {chat.options.length > 0 ? (
          <div
            role="group"
            aria-label="Quick replies"
            className="mt-1 flex flex-wrap justify-end gap-1.5"
          >
            {chat.options.map((option) => (
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
        ) : null}
      </div>
      <Composer
        ref={composer}
        ended={chat.ended}
        onSend={(text) => session.say(text, flush, version)}
        onRestart={() => session.restart()}
        lastOwn={lastOwn?.type === "customer" ? lastOwn : undefined}
        onRewind={(seq) => session.rewind(seq)}
      />
    </div>
  );
}

function useChat(log: LogStore | null, task: string) {
  const stamp = useSyncExternalStore(
    log?.subscribe ?? noEvents.subscribe,
    log?.stamp ?? noEvents.stamp,
  );
  return useMemo(
    () => chatOf(log?.tail() ?? [], task),
    // The stamp stands for the log's content.
    // oxlint-disable-next-line react/exhaustive-deps
    [log, stamp, task],
  );
}

function Invitation({ setup: { customer, calls, answers } }: { setup: PreviewSetup }) {
  const local =
    calls === "sample" && Object.values(answers).every((answer) => answer.from === "sample");
  return (
    <div className="m-auto max-w-64 py-6 text-center">
      <p className="font-medium">Try it as a customer</p>
      <p className="mt-0.5 text-12 text-muted">
        Write what {customer.name ? customer.name.split(" ")[0] : "a customer"} would write.
        {local ? " Nothing leaves this machine." : null}
      </p>
    </div>
  );
}

function Typing() {
  return (
    <div
      role="status"
      aria-label="The assistant is typing"
      className="flex w-fit gap-1 rounded-2xl rounded-bl-sm bg-hover px-3 py-2.5"
    >
      {[0, 150, 300].map((delay) => (
        <span
          key={delay}
          className={cx("size-1.5 animate-pulse rounded-full bg-faint")}
          style={{ animationDelay: `${delay}ms` }}
        />
      ))}
    </div>
  );
}

import { useMemo, useSyncExternalStore } from "react";
import { dayWords, shortClockWords } from "@/frame/time-words";
import { Button } from "@/parts/Button";
import { AssistantBubble, CustomerBubble, GivenCard, HandOffCard } from "@/preview/Bubbles";
import type { OpenForm } from "@/preview/asked-form";
import { chatOf, type ChatItem } from "@/preview/chat-items";
import { waitingWords } from "@/preview/event-words";
import type { LogStore } from "@/preview/log-store";

/** The conversation as the customer saw it. Nothing can be said into it from here. */
export function ReadChat({ log }: { log: LogStore }) {
  const stamp = useSyncExternalStore(log.subscribe, log.tailStamp);
  const chat = useMemo(
    () => chatOf(log.tail(), ""),
    // The stamp stands for the log's content.
    // oxlint-disable-next-line react/exhaustive-deps
    [log, stamp],
  );
  const items = chat.items.filter((item) => item.type !== "not_started");
  return (
    <div
      role="log"
      aria-label="What the customer saw"
      // A scrolling region must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="inset-focus flex min-h-0 min-w-0 flex-1 flex-col gap-1 overflow-y-auto bg-canvas px-3.5 py-3"
    >
      {log.hasEarlier() ? (
        <Button look="link" size="sm" className="self-center" onClick={() => void log.earlier()}>
          Show earlier messages
        </Button>
      ) : null}
      {items.map((item, at) => (
        <Item key={`${item.type}-${item.seq}`} item={item} previous={items[at - 1]} />
      ))}
      {chat.form ? <LeftToFill form={chat.form} /> : null}
      {chat.options.length > 0 ? (
        <ul aria-label="Quick replies" className="mt-1 flex flex-wrap justify-end gap-1.5">
          {chat.options.map((option) => (
            <li
              key={option.id}
              className="rounded-full border border-line-strong bg-surface px-3 py-1 text-13 text-muted"
            >
              {option.text}
            </li>
          ))}
        </ul>
      ) : null}
      {items.length === 0 && log.total > 0 ? (
        <p className="m-auto text-12 text-faint">Nothing was said yet.</p>
      ) : null}
    </div>
  );
}

/** The fields of a form that nobody has filled in. */
function LeftToFill({ form }: { form: OpenForm }) {
  const left = form.fields.filter(({ given }) => given === null);
  return (
    <div className="mt-1 w-fit max-w-[82%] rounded-2xl rounded-bl-sm border border-dashed border-line-strong bg-surface px-3 py-2">
      <p className="text-12 text-muted">Not filled in yet</p>
      <ul aria-label="Not filled in yet">
        {left.map(({ key, label }) => (
          <li key={key} className="wrap-anywhere">
            {label}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Item({ item, previous }: { item: ChatItem; previous: ChatItem | undefined }) {
  const newDay =
    !previous || new Date(previous.at).toDateString() !== new Date(item.at).toDateString();
  return (
    <>
      {newDay ? (
        <p className="tabular my-1.5 text-center text-11 text-faint">
          {dayWords(item.at)}, {shortClockWords(item.at)}
        </p>
      ) : null}
      <Said item={item} apart={previous?.type !== item.type} />
    </>
  );
}

function Said({ item, apart }: { item: ChatItem; apart: boolean }) {
  switch (item.type) {
    case "customer":
      return (
        <div className={apart ? "mt-1.5 flex justify-end" : "flex justify-end"}>
          <CustomerBubble text={item.text} {...(item.file ? { file: item.file } : {})} />
        </div>
      );
    case "given":
      return (
        <div className="mt-1.5 flex justify-end">
          <GivenCard fields={item.fields} />
        </div>
      );
    case "assistant":
      return <AssistantBubble text={item.text} apart={apart} />;
    case "hand_off":
      return <HandOffCard team={item.team} />;
    case "waiting":
      return (
        <p className="my-1.5 text-center text-12 text-faint">
          {item.over ? "The other system has called back" : waitingWords(item.name)}
        </p>
      );
    case "end":
      return <p className="my-2 text-center text-12 text-faint">{item.text}</p>;
    default:
      return null;
  }
}

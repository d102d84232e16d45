import { CornerUpLeft, FastForward } from "lucide-react";
import type { ReactNode } from "react";
import { dayWords, shortClockWords } from "@/frame/time-words";
import { Button } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import type { ChatItem } from "./chat-items";
import { AssistantBubble, CustomerBubble, GivenCard, HandOffCard } from "./Bubbles";
import { momentWords } from "./event-words";
import type { PreviewSession } from "./preview-session";
import { WaitingCard } from "./WaitingCard";

interface EntryProps {
  item: ChatItem;
  previous: ChatItem | undefined;
  session: PreviewSession;
  exampleOf: (block: string) => unknown;
  onAgain: (item: ChatItem) => void;
  onAddExample: (message: string) => void;
}

/** One thing in the chat: a bubble, a card the customer sees, or a hint for the author. */
export function ChatEntry(props: EntryProps) {
  const { item, previous } = props;
  const newDay =
    item.type !== "moved" &&
    (!previous || new Date(previous.at).toDateString() !== new Date(item.at).toDateString());
  return (
    <>
      {newDay ? (
        <div className="tabular my-1.5 text-center text-11 text-faint">
          {dayWords(item.at)}, {shortClockWords(item.at)}
        </div>
      ) : null}
      <Entry {...props} />
    </>
  );
}

function Entry({ item, previous, session, exampleOf, onAgain, onAddExample }: EntryProps) {
  switch (item.type) {
    case "customer":
      return (
        <Own
          apart={previous?.type !== "customer"}
          words={`“${item.text}”`}
          onAgain={() => onAgain(item)}
        >
          <CustomerBubble text={item.text} {...(item.file ? { file: item.file } : {})} />
        </Own>
      );
    case "given":
      return (
        <Own
          apart
          words={item.fields.map(({ label }) => label).join(", ")}
          onAgain={() => onAgain(item)}
        >
          <GivenCard fields={item.fields} />
        </Own>
      );
    case "assistant":
      return <AssistantBubble text={item.text} apart={previous?.type !== "assistant"} />;
    case "hand_off":
      return <HandOffCard team={item.team} />;
    case "not_started":
      return (
        <Hint>
          <p className="font-medium">This message would not start your task</p>
          <p className="text-12 text-muted">{item.reason}</p>
          <div className="mt-2 flex flex-wrap gap-1.5">
            <Button size="sm" onClick={() => void session.startAnyway()}>
              Start it anyway
            </Button>
            <Button size="sm" onClick={() => onAddExample(item.message)}>
              Add as an example
            </Button>
          </div>
        </Hint>
      );
    case "waiting":
      return (
        <WaitingCard
          block={item.block}
          name={item.name}
          over={item.over}
          session={session}
          example={exampleOf(item.block)}
        />
      );
    case "moved":
      return (
        <p className="tabular my-1.5 flex items-center justify-center gap-1.5 text-11 text-faint">
          <FastForward size={12} aria-hidden /> {momentWords(item.at)}
        </p>
      );
    case "end":
      return <p className="my-2 text-center text-12 text-faint">{item.text}</p>;
  }
}

/** What the customer did, and the way back to before it. */
function Own({
  apart,
  words,
  onAgain,
  children,
}: {
  apart: boolean;
  words: string;
  onAgain: () => void;
  children: ReactNode;
}) {
  return (
    <div className={cx("group flex items-center justify-end gap-1", apart && "mt-1.5")}>
      <Button
        look="quiet"
        size="sm"
        className="opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
        icon={<CornerUpLeft size={12} aria-hidden />}
        onClick={onAgain}
        aria-label={`Another try from ${words}`}
      >
        Another try
      </Button>
      {children}
    </div>
  );
}

/** Something only the author sees. */
function Hint({ children }: { children: ReactNode }) {
  return (
    <div className="my-1.5 rounded-lg border border-dashed border-line-strong bg-surface px-3 py-2.5">
      {children}
    </div>
  );
}

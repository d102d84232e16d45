import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, Ellipsis, FlaskConical, UserRound, UserRoundX, X } from "lucide-react";
import { useEffect, useState } from "react";
import type { ConversationSummary } from "@/api/model";
import { dayWords, shortClockWords } from "@/frame/time-words";
import { ScreenError } from "@/frame/ScreenError";
import { Badge } from "@/parts/Badge";
import { Button, IconButton } from "@/parts/Button";
import { Menu } from "@/parts/Menu";
import { Segmented } from "@/parts/Segmented";
import { Skeleton } from "@/parts/Skeleton";
import { LogStore } from "@/preview/log-store";
import { LogView } from "@/preview/LogView";
import { useNarrow } from "@/parts/use-narrow";
import { customerWords, handOffLine, stateWords } from "./conversation-words";
import { EraseDialog } from "./EraseDialog";
import { summaryQuery } from "./inbox-queries";
import { ReadChat } from "./ReadChat";
import { ReplayDialog } from "./ReplayDialog";
import { useActionNames } from "./use-action-names";

type View = "customer" | "split" | "log";

/** One conversation: what the customer saw, beside the log of why. */
export function ConversationPane({
  conversation,
  onClose,
  onCustomer,
}: {
  conversation: string;
  onClose: () => void;
  onCustomer: (customer: string) => void;
}) {
  const { data, error, refetch } = useQuery(summaryQuery(conversation));
  const log = useLog(conversation);
  const names = useActionNames();
  const narrow = useNarrow();
  const [view, setView] = useState<View>("split");
  const [replaying, setReplaying] = useState(false);
  const [erasing, setErasing] = useState(false);
  if (error) {
    return (
      <section aria-label="Conversation" className="min-w-0 flex-1">
        <ScreenError error={error} onRetry={() => void refetch()} />
      </section>
    );
  }
  if (!data || !log) return <Skeleton className="flex-1" />;
  const shown = narrow && view === "split" ? "customer" : view;
  return (
    <section aria-label="Conversation" className="flex min-h-0 min-w-0 flex-1 flex-col">
      <header className="flex shrink-0 flex-col gap-2 border-b border-line px-3 py-2">
        <div className="flex items-center gap-2">
          <span className="hidden narrow:inline-flex">
            <IconButton label="Back to the list" onClick={onClose}>
              <ArrowLeft size={16} />
            </IconButton>
          </span>
          <h2 className="min-w-0 flex-1 truncate text-15 font-semibold">{customerWords(data)}</h2>
          <Button icon={<FlaskConical size={14} aria-hidden />} onClick={() => setReplaying(true)}>
            Replay on the draft
          </Button>
          <Menu
            align="end"
            trigger={
              <IconButton label="More">
                <Ellipsis size={16} />
              </IconButton>
            }
            entries={[
              {
                label: "All of this customer",
                icon: <UserRound size={14} />,
                onSelect: () => onCustomer(data.customer),
              },
              {
                label: "Erase this customer…",
                icon: <UserRoundX size={14} />,
                danger: true,
                apart: true,
                onSelect: () => setErasing(true),
              },
            ]}
          />
          <IconButton label="Close" onClick={onClose} className="narrow:hidden">
            <X size={16} />
          </IconButton>
        </div>
        <Facts row={data} />
        <Segmented<View>
          grow
          label="What is shown"
          value={shown}
          onChange={setView}
          choices={
            narrow
              ? [
                  { value: "customer", label: "Customer" },
                  { value: "log", label: "Log" },
                ]
              : [
                  { value: "customer", label: "Customer" },
                  { value: "split", label: "Split" },
                  { value: "log", label: "Log" },
                ]
          }
        />
      </header>
      <div className="flex min-h-0 flex-1">
        {shown === "log" ? null : <ReadChat log={log} />}
        {shown === "customer" ? null : (
          <div className="flex min-h-0 min-w-0 flex-1 flex-col border-l border-line first:border-l-0">
            <LogView
              log={log}
              names={names}
              trace={null}
              onTraceEnd={nothing}
              onShowPlace={nothing}
            />
          </div>
        )}
      </div>
      {replaying ? (
        <ReplayDialog
          conversation={conversation}
          names={names}
          onClose={() => setReplaying(false)}
        />
      ) : null}
      {erasing ? (
        <EraseDialog
          row={data}
          onClose={() => setErasing(false)}
          onErased={() => {
            setErasing(false);
            onClose();
          }}
        />
      ) : null}
    </section>
  );
}

const nothing = () => undefined;

function Facts({ row }: { row: ConversationSummary }) {
  const state = stateWords[row.state];
  return (
    <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-12 text-muted">
      <Badge tone={state.tone}>{state.label}</Badge>
      <span className="tabular">
        {dayWords(row.started_at)}, {shortClockWords(row.started_at)}
      </span>
      {row.customer_email && row.customer_name ? <span>{row.customer_email}</span> : null}
      {row.tasks.length > 0 ? (
        <span>Task used: {row.tasks.map(({ title }) => title || "Untitled task").join(", ")}</span>
      ) : null}
      {row.tags.length > 0 ? <span>Tags: {row.tags.join(", ")}</span> : null}
      {row.rating === null ? null : <span>Rated {row.rating} of 5</span>}
      {row.hand_off ? <span>{handOffLine(row.hand_off)}</span> : null}
    </div>
  );
}

function useLog(conversation: string): LogStore | null {
  const [log, setLog] = useState<LogStore | null>(null);
  useEffect(() => {
    const opened = new LogStore(conversation);
    setLog(opened);
    void opened.open();
    return () => opened.close();
  }, [conversation]);
  return log;
}

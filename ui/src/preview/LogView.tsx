import { ArrowDown, Check, ChevronRight, CircleHelp, ListFilter, X } from "lucide-react";
import { memo, useCallback, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { At, ConditionPart, LogEvent, Span } from "@/api/model";
import { clockWords } from "@/frame/time-words";
import { Button } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { EmptyState } from "@/parts/EmptyState";
import { VirtualList, type VirtualListHandle } from "@/parts/VirtualList";
import { EventData } from "./EventData";
import { eventLook, eventPlace, type EventTone } from "./event-words";
import type { LogStore } from "./log-store";

const tones: Record<EventTone, string> = {
  customer: "text-accent-text",
  assistant: "text-muted",
  good: "text-green",
  bad: "text-red",
  warn: "text-amber",
  plain: "text-muted",
  quiet: "text-faint",
};

export interface LogViewProps {
  log: LogStore;
  names: (id: string) => string;
  onShowPlace: (place: At) => void;
  /** Shows only what this sentence did. */
  trace: { block: string; span: Span } | null;
  onTraceEnd: () => void;
}

/** The event log: why the conversation went the way it did, one plain sentence each. */
export function LogView({ log, names, onShowPlace, trace, onTraceEnd }: LogViewProps) {
  const stamp = useSyncExternalStore(log.subscribe, log.stamp);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const [atEnd, setAtEnd] = useState(true);
  const list = useRef<VirtualListHandle>(null);
  const traced = useMemo(
    () => (trace ? log.tail().filter((event) => follows(event, trace)) : null),
    // The stamp stands for the log's content.
    // oxlint-disable-next-line react/exhaustive-deps
    [trace, log, stamp],
  );
  const toggle = useCallback(
    (seq: number) =>
      setOpen((old) => {
        const next = new Set(old);
        if (!next.delete(seq)) next.add(seq);
        return next;
      }),
    [],
  );
  const onRange = useCallback(
    (first: number, last: number) => log.need(first - 20, last + 40),
    [log],
  );
  const total = traced ? traced.length : log.total;
  if (total === 0 && !trace) {
    return (
      <EmptyState title="Nothing has happened yet" className="py-10!">
        Write a message, and every step appears here with its reason.
      </EmptyState>
    );
  }
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      {trace ? (
        <div className="flex items-center gap-2 border-b border-line bg-accent-surface px-3 py-1.5 text-12">
          <ListFilter size={13} className="text-accent-text" aria-hidden />
          <span className="flex-1">
            {total === 0 ? "This sentence did nothing in this chat" : "Only what this sentence did"}
          </span>
          <Button size="sm" look="quiet" icon={<X size={12} aria-hidden />} onClick={onTraceEnd}>
            Show all
          </Button>
        </div>
      ) : null}
      <VirtualList
        key={traced ? "traced" : "all"}
        ref={list}
        role="log"
        label="Event log"
        count={total}
        rowHeight={28}
        follow
        onAtEnd={setAtEnd}
        {...(traced ? {} : { onRange })}
        row={(at) => {
          const event = traced ? traced[at] : log.event(at + 1);
          if (!event) return <div className="h-7" />;
          return (
            <LogRow
              event={event}
              names={names}
              open={open.has(event.seq)}
              onToggle={toggle}
              onShowPlace={onShowPlace}
            />
          );
        }}
      />
      {atEnd || total === 0 ? null : (
        <Button
          size="sm"
          className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full! shadow-float"
          icon={<ArrowDown size={13} aria-hidden />}
          onClick={() => list.current?.scrollTo(total - 1)}
        >
          Newest
        </Button>
      )}
    </div>
  );
}

function follows(event: LogEvent, trace: { block: string; span: Span }): boolean {
  const place = eventPlace(event);
  if (place?.block !== trace.block) return false;
  return !place.span || (place.span.start < trace.span.end && trace.span.start < place.span.end);
}

const LogRow = memo(function LogRow({
  event,
  names,
  open,
  onToggle,
  onShowPlace,
}: {
  event: LogEvent;
  names: (id: string) => string;
  open: boolean;
  onToggle: (seq: number) => void;
  onShowPlace: (place: At) => void;
}) {
  const look = eventLook(event, names);
  if (!look) return null;
  const place = eventPlace(event);
  return (
    <div
      className={cx(
        "border-b border-transparent px-2",
        look.tone === "customer" && "mt-1 border-t border-t-line pt-1",
        open && "bg-subtle",
      )}
    >
      <div className="group flex items-start gap-2 rounded-md py-1 pr-1 hover:bg-subtle">
        <time className="tabular w-15 shrink-0 pl-0.5 font-mono text-11 leading-5 text-faint">
          {clockWords(event.at)}
        </time>
        <look.Icon size={14} className={cx("mt-[3px] shrink-0", tones[look.tone])} aria-hidden />
        <button
          type="button"
          onClick={() => {
            if (place) onShowPlace(place);
            onToggle(event.seq);
          }}
          aria-expanded={open}
          className={cx(
            "min-w-0 flex-1 rounded-sm text-left leading-5 wrap-anywhere",
            open ? "" : "line-clamp-2",
            look.tone === "quiet" && "text-faint",
            look.tone === "customer" && "font-medium",
          )}
        >
          {look.sentence}
        </button>
        <ChevronRight
          size={13}
          aria-hidden
          className={cx(
            "mt-1 shrink-0 text-faint transition-transform",
            open ? "rotate-90" : "opacity-0 group-hover:opacity-100",
          )}
        />
      </div>
      {open ? (
        <div className="pb-2 pl-[98px]">
          {event.kind === "condition_evaluated" ? (
            <Parts parts={event.parts} flip={event.would_flip} />
          ) : null}
          {event.kind === "action_blocked" ? <Parts parts={event.because} flip={null} /> : null}
          <EventData event={event} />
        </div>
      ) : null}
    </div>
  );
});

/** A condition opened to its parts, each with its value and whether it holds. */
function Parts({ parts, flip }: { parts: readonly ConditionPart[]; flip: string | null }) {
  return (
    <div className="mb-1.5">
      <ul className="flex flex-col gap-1">
        {parts.map((part) => (
          <li key={part.words} className="flex gap-1.5 text-12">
            {part.holds === null ? (
              <CircleHelp size={14} className="mt-0.5 shrink-0 text-amber" aria-label="Not known" />
            ) : part.holds ? (
              <Check size={14} className="mt-0.5 shrink-0 text-green" aria-label="Holds" />
            ) : (
              <X size={14} className="mt-0.5 shrink-0 text-red" aria-label="Does not hold" />
            )}
            <span>
              {part.words}
              <span className="text-faint"> (it is {part.value ?? "not known"})</span>
            </span>
          </li>
        ))}
      </ul>
      {flip ? <p className="mt-1 text-12 text-muted">{flip}</p> : null}
    </div>
  );
}

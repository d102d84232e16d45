import { CircleAlert, ListChecks, Star, Tag } from "lucide-react";
import { memo, type KeyboardEvent } from "react";
import type { ConversationSummary } from "@/api/model";
import { timeAgo } from "@/frame/time-words";
import { Badge } from "@/parts/Badge";
import { cx } from "@/parts/class-names";
import { VirtualList } from "@/parts/VirtualList";
import {
  customerWords,
  openingWords,
  placeWords,
  problemWords,
  stateWords,
} from "./conversation-words";
import type { Read } from "./stretches";

/** The list: who wrote what, what came of it, and what went wrong. */
export function ConversationRows({
  read: { rows, total, next },
  opened,
  onOpen,
  onRange,
}: {
  read: Read;
  opened: string | null;
  onOpen: (conversation: string) => void;
  onRange: (first: number, last: number) => void;
}) {
  return (
    // Arrow keys go from one conversation to the next.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="flex min-h-0 flex-1 flex-col" onKeyDown={moveBetween}>
      <VirtualList
        label="Conversations"
        count={rows.length + (next ? 1 : 0)}
        of={total}
        rowHeight={88}
        rowKey={(at) => rows[at]?.id ?? "next"}
        onRange={onRange}
        row={(at) => {
          const row = rows[at];
          return row ? <Row row={row} opened={row.id === opened} onOpen={onOpen} /> : <Coming />;
        }}
      />
    </div>
  );
}

/** In the place of rows that are still being read. */
function Coming() {
  return <p className="px-3 py-4 text-center text-12 text-faint">Older conversations…</p>;
}

function moveBetween(event: KeyboardEvent<HTMLDivElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-open]")];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const next = buttons[Math.max(0, Math.min(buttons.length - 1, at + step))];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

const Row = memo(function Row({
  row,
  opened,
  onOpen,
}: {
  row: ConversationSummary;
  opened: boolean;
  onOpen: (conversation: string) => void;
}) {
  const state = stateWords[row.state];
  const [first, ...others] = row.problems;
  return (
    <div className="border-b border-line">
      <button
        type="button"
        data-open
        aria-current={opened ? "true" : undefined}
        onClick={() => onOpen(row.id)}
        className={cx(
          "inset-focus flex w-full flex-col gap-1 px-3 py-2.5 text-left hover:bg-subtle",
          opened && "bg-active hover:bg-active",
        )}
      >
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate font-medium">{customerWords(row)}</span>
          {row.place === "channel" ? null : <Badge>{placeWords[row.place]}</Badge>}
          <time
            className="tabular shrink-0 text-12 text-muted"
            dateTime={new Date(row.last_at).toISOString()}
          >
            {timeAgo(row.last_at)}
          </time>
        </span>
        <span className="truncate text-13 text-muted">{openingWords(row)}</span>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-12 text-muted">
          <Badge tone={state.tone}>{state.label}</Badge>
          {row.tasks.map((task) => (
            <span key={task.task} className="inline-flex max-w-48 items-center gap-1">
              <ListChecks size={13} className="shrink-0 text-faint" aria-hidden />
              <span className="truncate">{task.title || "Untitled task"}</span>
            </span>
          ))}
          {row.tags.map((tag) => (
            <span key={tag} className="inline-flex max-w-32 items-center gap-1">
              <Tag size={12} className="shrink-0 text-faint" aria-hidden />
              <span className="truncate">{tag}</span>
            </span>
          ))}
          {row.rating === null ? null : (
            <span className="tabular inline-flex items-center gap-1">
              <Star size={12} className="text-faint" aria-hidden />
              <span className="sr-only">Rated </span>
              {row.rating} of 5
            </span>
          )}
          {first ? (
            <span className="inline-flex items-center gap-1 text-amber">
              <CircleAlert size={13} className="shrink-0" aria-hidden />
              {problemWords[first]}
              {others.length > 0 ? ` and ${others.length} more` : ""}
            </span>
          ) : null}
        </span>
      </button>
    </div>
  );
});

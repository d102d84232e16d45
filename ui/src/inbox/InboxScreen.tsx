import { useNavigate, useSearch } from "@tanstack/react-router";
import { Inbox, Rocket } from "lucide-react";
import type { ConversationFilter } from "@/api/model";
import { ScreenError } from "@/frame/ScreenError";
import { ScreenHeader } from "@/frame/ScreenHeader";
import { Button } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { EmptyState } from "@/parts/EmptyState";
import { Skeleton } from "@/parts/Skeleton";
import { count } from "@/task/words";
import { ConversationPane } from "./ConversationPane";
import { ConversationRows } from "./ConversationRows";
import { FilterBar } from "./FilterBar";
import { filterIn, isOpen } from "./filter-moves";
import { useConversations } from "./use-conversations";
import { SaveViewButton, ViewList } from "./Views";

/** Every conversation there was: which ones fit, and one of them with all that happened and why. */
export function InboxScreen() {
  const search = useSearch({ from: "/inbox" });
  const go = useNavigate();
  const filter = filterIn(search.filter);
  const opened = search.conversation;
  const { read, error, refetch, onRange } = useConversations(filter);
  const show = (next: ConversationFilter) => {
    void go({
      to: "/inbox",
      search: {
        ...(isOpen(next) ? {} : { filter: next }),
        ...(opened ? { conversation: opened } : {}),
      },
    });
  };
  const open = (conversation: string | null) =>
    void go({
      to: "/inbox",
      search: { ...(isOpen(filter) ? {} : { filter }), ...(conversation ? { conversation } : {}) },
    });
  return (
    <>
      <ScreenHeader
        title="Inbox"
        aside={
          read ? (
            <span
              className="tabular text-13 text-faint"
              aria-label={count(read.total, "conversation")}
            >
              {read.total}
            </span>
          ) : null
        }
      >
        <SaveViewButton filter={filter} />
      </ScreenHeader>
      <div className="flex min-h-0 flex-1 narrow:flex-col">
        <ViewList filter={filter} hidden={opened !== undefined} onShow={show} />
        <section
          aria-label="Conversations"
          className={cx(
            "flex min-h-0 min-w-0 flex-col",
            opened ? "w-96 shrink-0 border-r border-line narrow:hidden" : "flex-1",
          )}
        >
          <div className="shrink-0 border-b border-line px-3 py-2">
            <FilterBar filter={filter} onChange={show} tight={opened !== undefined} />
          </div>
          {error ? (
            <ScreenError error={error} onRetry={refetch} />
          ) : !read ? (
            <Skeleton lines={8} />
          ) : read.rows.length === 0 ? (
            <Nothing filter={filter} onShow={show} />
          ) : (
            <ConversationRows
              // Another filter is another list, and begins at its top.
              key={JSON.stringify(filter)}
              read={read}
              opened={opened ?? null}
              onOpen={open}
              onRange={onRange}
            />
          )}
        </section>
        {opened ? (
          <ConversationPane
            key={opened}
            conversation={opened}
            onClose={() => open(null)}
            onCustomer={(customer) => show({ customer })}
          />
        ) : null}
      </div>
    </>
  );
}

function Nothing({
  filter,
  onShow,
}: {
  filter: ConversationFilter;
  onShow: (filter: ConversationFilter) => void;
}) {
  const go = useNavigate();
  if (!isOpen(filter)) {
    return (
      <EmptyState
        icon={<Inbox size={18} />}
        title="No conversation fits"
        action={<Button onClick={() => onShow({})}>Show all conversations</Button>}
      />
    );
  }
  return (
    <EmptyState
      icon={<Inbox size={20} />}
      title="No customer has written yet"
      action={
        <>
          <Button
            look="primary"
            icon={<Rocket size={14} aria-hidden />}
            onClick={() => void go({ to: "/go-live" })}
          >
            Go live
          </Button>
          <Button onClick={() => onShow({ places: ["preview"] })}>Show previews</Button>
        </>
      }
    >
      Conversations of your customers appear here, each with what happened and why.
    </EmptyState>
  );
}

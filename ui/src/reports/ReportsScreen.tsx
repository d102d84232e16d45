import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { ChartColumn } from "lucide-react";
import { useState } from "react";
import type { BreakDown, ConversationFilter, Every, ReadReport } from "@/api/model";
import { ScreenError } from "@/frame/ScreenError";
import { ScreenHeader } from "@/frame/ScreenHeader";
import { FilterBar } from "@/inbox/FilterBar";
import { filterIn, isOpen } from "@/inbox/filter-moves";
import { viewsQuery } from "@/inbox/inbox-queries";
import { SaveViewButton } from "@/inbox/Views";
import { Button } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { EmptyState } from "@/parts/EmptyState";
import { Segmented } from "@/parts/Segmented";
import { Select } from "@/parts/Select";
import { Skeleton } from "@/parts/Skeleton";
import { ActionPanel } from "./ActionPanel";
import { AutomatePage } from "./AutomatePage";
import { BreakDownPanel } from "./BreakDownPanel";
import { Cards } from "./Cards";
import { definitions } from "./definitions";
import { HandOffPanel } from "./HandOffPanel";
import { OverTimePanel } from "./OverTimePanel";
import { reportQuery } from "./report-queries";
import { everyWords } from "./report-words";
import { TaskPanel } from "./TaskPanel";

const pages = [
  { page: "figures", label: "Figures" },
  { page: "automate", label: "What to automate next" },
] as const;

/** What came of it all: figures over conversations, and what to automate next. */
export function ReportsScreen() {
  const { page, filter: given } = useSearch({ from: "/reports" });
  const go = useNavigate();
  const filter = filterIn(given);
  const show = (next: ConversationFilter) =>
    void go({
      to: "/reports",
      search: { ...(page ? { page } : {}), ...(isOpen(next) ? {} : { filter: next }) },
    });
  return (
    <>
      <ScreenHeader
        title={<h1 className="text-15 font-semibold">Reports</h1>}
        aside={
          <nav aria-label="Reports" className="flex gap-1 whitespace-nowrap">
            {pages.map((one) => (
              <Link
                key={one.page}
                to="/reports"
                search={{
                  ...(one.page === "figures" ? {} : { page: one.page }),
                  ...(isOpen(filter) ? {} : { filter }),
                }}
                aria-current={(page ?? "figures") === one.page ? "page" : undefined}
                className={cx(
                  "rounded-md px-2 py-1 text-13",
                  (page ?? "figures") === one.page
                    ? "bg-active text-ink"
                    : "text-muted hover:bg-hover hover:text-ink",
                )}
              >
                {one.label}
              </Link>
            ))}
          </nav>
        }
      >
        <SaveViewButton filter={filter} />
      </ScreenHeader>
      <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-b border-line px-4 py-2">
        <Views filter={filter} onShow={show} />
        <FilterBar filter={filter} onChange={show} search={false} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto bg-canvas">
        <div className="mx-auto flex max-w-5xl flex-col gap-4 px-6 py-5 narrow:px-3 narrow:py-4">
          {page === "automate" ? (
            <AutomatePage filter={filter} />
          ) : (
            <Figures filter={filter} onShow={show} />
          )}
        </div>
      </div>
    </>
  );
}

/** A saved view sets the whole filter. */
function Views({
  filter,
  onShow,
}: {
  filter: ConversationFilter;
  onShow: (filter: ConversationFilter) => void;
}) {
  const { data = [] } = useQuery(viewsQuery);
  if (data.length === 0) return null;
  const same = data.find(
    ({ view }) => JSON.stringify(filterIn(view.filter)) === JSON.stringify(filter),
  );
  return (
    <Select
      label="View"
      placeholder="View"
      value={same?.view.id ?? null}
      choices={data.map(({ view, count }) => ({
        value: view.id,
        label: view.name,
        hint: `${count} conversations`,
      }))}
      onChange={(id) => onShow(data.find(({ view }) => view.id === id)?.view.filter ?? {})}
    />
  );
}

function Figures({
  filter,
  onShow,
}: {
  filter: ConversationFilter;
  onShow: (filter: ConversationFilter) => void;
}) {
  const [every, setEvery] = useState<Every>("week");
  const [by, setBy] = useState<BreakDown>("task");
  const args: ReadReport = { filter, every, by };
  const { data, error, refetch } = useQuery(reportQuery(args));
  const go = useNavigate();
  if (error) return <ScreenError error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton lines={10} />;
  if (data.total.conversations === 0) {
    return (
      <EmptyState
        icon={<ChartColumn size={20} />}
        title={isOpen(filter) ? "No customer has written yet" : "No conversation fits"}
        action={
          isOpen(filter) ? (
            <>
              <Button look="primary" onClick={() => void go({ to: "/go-live" })}>
                Go live
              </Button>
              <Button onClick={() => onShow({ places: ["preview"] })}>Show previews</Button>
            </>
          ) : (
            <Button onClick={() => onShow({})}>Show all conversations</Button>
          )
        }
      >
        {isOpen(filter)
          ? "Once customers write, you see here what the assistant solved, what it passed on, and why."
          : undefined}
      </EmptyState>
    );
  }
  return (
    <>
      <Cards figures={data.total} />
      <OverTimePanel
        report={data}
        args={args}
        aside={
          <Segmented<Every>
            label="Over time by"
            value={every}
            onChange={setEvery}
            choices={(["day", "week", "month"] as const).map((value) => ({
              value,
              label: everyWords[value],
            }))}
          />
        }
      />
      <BreakDownPanel report={data} args={args} by={by} onBy={setBy} filter={filter} />
      <HandOffPanel report={data} args={args} filter={filter} />
      <TaskPanel report={data} args={args} />
      <ActionPanel report={data} args={args} />
      <p className="text-12 text-faint">{definitions.kept}</p>
    </>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import {
  CircleAlert,
  Copy,
  Download,
  Ellipsis,
  ListChecks,
  Plus,
  Search,
  Trash2,
  Upload,
} from "lucide-react";
import {
  memo,
  useCallback,
  useDeferredValue,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
} from "react";
import type { TaskRow } from "@/api/model";
import { useOffer } from "@/frame/commands";
import { ScreenError } from "@/frame/ScreenError";
import { ScreenHeader } from "@/frame/ScreenHeader";
import { timeAgo } from "@/frame/time-words";
import { Badge } from "@/parts/Badge";
import { Button } from "@/parts/Button";
import { EmptyState } from "@/parts/EmptyState";
import { later } from "@/parts/Later";
import { Skeleton } from "@/parts/Skeleton";
import { useShortcuts } from "@/parts/shortcuts";
import { VirtualList, type VirtualListHandle } from "@/parts/VirtualList";
import { deleteTask, duplicateTask, makeTask } from "./task-moves";
import { tasksQuery } from "./task-queries";
import { statusWords } from "./words";

const ExportDialog = later(async () => (await import("@/bundle/ExportDialog")).ExportDialog);
const ImportDialog = later(async () => (await import("@/bundle/ImportDialog")).ImportDialog);
const MenuAt = later(async () => (await import("@/parts/Menu")).MenuAt);

/** The first screen: every task, how it stands, and the way to a new one. */
export function TaskList() {
  const { data, error, refetch } = useQuery(tasksQuery);
  const go = useNavigate();
  const [sought, setSought] = useState("");
  const [exporting, setExporting] = useState<string[] | null>(null);
  const [importing, setImporting] = useState(false);
  const filter = useDeferredValue(sought.trim().toLowerCase());
  const rows = useMemo(() => matching(data ?? [], filter), [data, filter]);
  const make = () => void makeTask(go);

  useShortcuts({
    n: make,
    "Mod+E": data?.length ? () => setExporting(data.map((row) => row.id)) : undefined,
  });
  useOffer([
    {
      id: "new",
      group: "Tasks",
      label: "New task",
      shortcut: "N",
      icon: <Plus size={16} />,
      onSelect: make,
    },
    {
      id: "import",
      group: "Tasks",
      label: "Import a bundle…",
      icon: <Upload size={16} />,
      onSelect: () => setImporting(true),
    },
    ...(data ?? []).slice(0, 300).map((row) => ({
      id: row.id,
      group: "Open",
      label: row.title || "Untitled task",
      icon: <ListChecks size={16} />,
      onSelect: () => void go({ to: "/tasks/$taskId", params: { taskId: row.id } }),
    })),
  ]);

  return (
    <>
      <ScreenHeader
        title="Tasks"
        aside={
          data && data.length > 0 ? (
            <span className="tabular text-13 text-faint">{data.length}</span>
          ) : null
        }
      >
        {data && data.length > 0 ? <Filter value={sought} onChange={setSought} /> : null}
        <Button icon={<Upload size={14} aria-hidden />} onClick={() => setImporting(true)}>
          Import
        </Button>
        {data && data.length > 0 ? (
          <Button
            icon={<Download size={14} aria-hidden />}
            onClick={() => setExporting(data.map((row) => row.id))}
          >
            Export
          </Button>
        ) : null}
        <Button look="primary" icon={<Plus size={15} aria-hidden />} onClick={make}>
          New task
        </Button>
      </ScreenHeader>
      <Body
        rows={data ? rows : null}
        error={error}
        empty={data?.length === 0}
        filter={filter}
        onRetry={() => void refetch()}
        onMake={make}
        onImport={() => setImporting(true)}
        onExport={(id) => setExporting([id])}
        onClear={() => setSought("")}
      />
      {exporting ? (
        <ExportDialog.Component chosen={exporting} onClose={() => setExporting(null)} />
      ) : null}
      {importing ? <ImportDialog.Component onClose={() => setImporting(false)} /> : null}
    </>
  );
}

function matching(rows: TaskRow[], filter: string): TaskRow[] {
  if (!filter) return rows;
  const words = filter.split(/\s+/);
  return rows.filter((row) => {
    const text = `${row.title} ${row.description} ${statusWords[row.status].label}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function Filter({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <div className="relative narrow:order-last narrow:w-full">
      <Search
        size={14}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint"
      />
      <input
        type="search"
        aria-label="Filter tasks"
        placeholder="Filter"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-7.5 w-52 narrow:w-full rounded-md border border-line-strong bg-surface pr-2 pl-8 hover:border-control-line"
      />
    </div>
  );
}

interface BodyProps {
  rows: TaskRow[] | null;
  error: unknown;
  empty: boolean | undefined;
  filter: string;
  onRetry: () => void;
  onMake: () => void;
  onImport: () => void;
  onExport: (id: string) => void;
  onClear: () => void;
}

function Body({
  rows,
  error,
  empty,
  filter,
  onRetry,
  onMake,
  onImport,
  onExport,
  onClear,
}: BodyProps) {
  const list = useRef<VirtualListHandle>(null);
  const [more, setMore] = useState<More | null>(null);
  const closeMore = useCallback(() => setMore(null), []);
  if (error) return <ScreenError error={error} onRetry={onRetry} />;
  if (!rows) return <Skeleton lines={8} />;
  if (empty) {
    return (
      <EmptyState
        icon={<ListChecks size={20} />}
        title="Write your first task"
        action={
          <>
            <Button look="primary" icon={<Plus size={15} />} onClick={onMake}>
              New task
            </Button>
            <Button icon={<Upload size={14} />} onClick={onImport}>
              Import a bundle
            </Button>
          </>
        }
      >
        A task tells the assistant what to do when a customer asks for something, in the words you
        would use with a new colleague.
      </EmptyState>
    );
  }
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={<Search size={18} />}
        title={`No task fits “${filter}”`}
        action={<Button onClick={onClear}>Show all tasks</Button>}
      />
    );
  }
  return (
    <div
      className="flex min-h-0 flex-1 flex-col"
      role="presentation"
      onKeyDown={(event) => moveBetweenRows(event, rows.length, list.current)}
    >
      <div
        aria-hidden
        className="flex h-8 shrink-0 items-center gap-4 border-b border-line bg-canvas px-4 text-12 text-faint"
      >
        <span className="flex-1">Task</span>
        <span className="w-56 narrow:hidden">Status</span>
        <span className="w-28 narrow:w-16">Problems</span>
        <span className="w-32 narrow:hidden">Changed</span>
        <span className="w-7.5" />
      </div>
      <VirtualList
        ref={list}
        count={rows.length}
        rowHeight={53}
        label="Tasks"
        rowKey={(at) => rows[at]?.id ?? at}
        row={(at) => {
          const row = rows[at];
          return row ? <Row row={row} at={at} onMore={setMore} /> : null;
        }}
      />
      {more ? <RowMenu more={more} onExport={onExport} onClose={closeMore} /> : null}
    </div>
  );
}

function moveBetweenRows(
  event: KeyboardEvent,
  total: number,
  list: VirtualListHandle | null,
): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !(event.target instanceof HTMLElement)) return;
  const at = Number(event.target.dataset["row"] ?? (step > 0 ? -1 : total));
  const next = Math.max(0, Math.min(total - 1, at + step));
  event.preventDefault();
  const focus = () => document.querySelector<HTMLElement>(`[data-row="${next}"]`)?.focus();
  if (document.querySelector(`[data-row="${next}"]`)) return focus();
  list?.scrollTo(next);
  requestAnimationFrame(() => requestAnimationFrame(focus));
}

/** The row whose menu is open, and the button it hangs on. */
interface More {
  row: TaskRow;
  button: HTMLElement;
}

function RowMenu({
  more: { row, button },
  onExport,
  onClose,
}: {
  more: More;
  onExport: (id: string) => void;
  onClose: () => void;
}) {
  const go = useNavigate();
  return (
    <MenuAt.Component
      anchor={button}
      onClose={onClose}
      entries={[
        {
          label: "Duplicate",
          icon: <Copy size={14} />,
          onSelect: () => void duplicateTask(row.id, go),
        },
        { label: "Export…", icon: <Download size={14} />, onSelect: () => onExport(row.id) },
        {
          label: "Delete",
          icon: <Trash2 size={14} />,
          danger: true,
          apart: true,
          onSelect: () => void deleteTask(row.id, row.title),
        },
      ]}
    />
  );
}

const Row = memo(function Row({
  row,
  at,
  onMore,
}: {
  row: TaskRow;
  at: number;
  onMore: (more: More) => void;
}) {
  const status = statusWords[row.status];
  const title = row.title || "Untitled task";
  return (
    <div className="group relative flex h-[calc(var(--row)+13px)] items-center gap-4 border-b border-line px-4 hover:bg-subtle">
      {/* A plain link: the router's own works out its address anew for each row that scrolls into sight. */}
      <a
        href={`#/tasks/${encodeURIComponent(row.id)}`}
        data-row={at}
        className="inset-focus min-w-0 flex-1 py-1 after:absolute after:inset-0"
      >
        <span className="block truncate font-medium">{title}</span>
        <span className="block truncate text-12 text-faint">
          {row.description || "No description yet"}
        </span>
      </a>
      <span className="w-56 narrow:hidden">
        <Badge tone={status.tone}>{status.label}</Badge>
      </span>
      <span className="tabular flex w-28 narrow:w-16 items-center gap-1.5 text-12 text-muted">
        {row.problems ? (
          <>
            <CircleAlert size={14} className="text-amber" aria-hidden />
            {row.problems}
            <span className="sr-only"> problems</span>
          </>
        ) : (
          <span className="text-faint">
            <span aria-hidden>{row.problems === null ? "…" : "–"}</span>
            <span className="sr-only">
              {row.problems === null ? "Problems not known yet" : "No problems"}
            </span>
          </span>
        )}
      </span>
      <time
        className="tabular w-32 text-12 text-muted narrow:hidden"
        dateTime={new Date(row.updated_at).toISOString()}
      >
        {timeAgo(row.updated_at)}
      </time>
      <div className="relative z-1">
        <Button
          look="quiet"
          className="w-7.5 px-0!"
          aria-label={`More for ${title}`}
          aria-haspopup="menu"
          title={`More for ${title}`}
          icon={<Ellipsis size={16} />}
          onClick={(event) => onMore({ row, button: event.currentTarget })}
        />
      </div>
    </div>
  );
});

import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import {
  ChevronLeft,
  FileInput,
  MessageCircleQuestion,
  PlugZap,
  Plus,
  Search,
  Zap,
} from "lucide-react";
import { useState } from "react";
import { call } from "@/api/client";
import type { ActionRow } from "@/api/model";
import { useOffer } from "@/frame/commands";
import { tellProblem } from "@/frame/problem-toast";
import { ScreenError } from "@/frame/ScreenError";
import { ScreenHeader } from "@/frame/ScreenHeader";
import { Button } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { EmptyState } from "@/parts/EmptyState";
import { later } from "@/parts/Later";
import { Skeleton } from "@/parts/Skeleton";
import { ActionEditor } from "./ActionEditor";
import { actionsQuery, rereadActions } from "./action-queries";

const ImportActionsDialog = later(
  async () => (await import("./import/ImportActionsDialog")).ImportActionsDialog,
);

/** All actions at the left, the chosen one beside them. */
export function ActionScreen() {
  const { data, error, refetch } = useQuery(actionsQuery);
  const { actionId } = useParams({ strict: false });
  const go = useNavigate();
  const [sought, setSought] = useState("");
  const [importing, setImporting] = useState(false);
  const make = async () => {
    try {
      const { id } = await call("create_action", { name: "" });
      await rereadActions();
      await go({ to: "/actions/$actionId", params: { actionId: id } });
    } catch (thrown) {
      tellProblem(thrown, "The action could not be made");
    }
  };
  useOffer([
    {
      id: "new-action",
      group: "Actions",
      label: "New action",
      icon: <Plus size={16} />,
      onSelect: () => void make(),
    },
    {
      id: "import-actions",
      group: "Actions",
      label: "Import actions from a curl command or OpenAPI",
      icon: <FileInput size={16} />,
      onSelect: () => setImporting(true),
    },
    ...(data ?? []).map((row) => ({
      id: row.id,
      group: "Actions",
      label: row.name || "Untitled action",
      icon: <Zap size={16} />,
      onSelect: () => void go({ to: "/actions/$actionId", params: { actionId: row.id } }),
    })),
  ]);
  const rows = (data ?? []).filter((row) =>
    `${row.name} ${row.description}`.toLowerCase().includes(sought.trim().toLowerCase()),
  );
  return (
    <>
      <ScreenHeader
        title="Actions"
        aside={
          data && data.length > 0 ? <span className="tabular text-faint">{data.length}</span> : null
        }
      >
        <Button icon={<FileInput size={14} aria-hidden />} onClick={() => setImporting(true)}>
          Import
        </Button>
        <Button look="primary" icon={<Plus size={15} aria-hidden />} onClick={() => void make()}>
          New action
        </Button>
      </ScreenHeader>
      {importing ? <ImportActionsDialog.Component onClose={() => setImporting(false)} /> : null}
      {error ? <ScreenError error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton /> : null}
      {data?.length === 0 ? (
        <EmptyState
          icon={<Zap size={20} />}
          title="Make your first action"
          action={
            <Button look="primary" icon={<Plus size={15} />} onClick={() => void make()}>
              New action
            </Button>
          }
        >
          An action looks something up or changes something in your systems. A name, what it needs,
          what it gives and one sample answer are enough to rehearse it.
        </EmptyState>
      ) : null}
      {data && data.length > 0 ? (
        <div className="flex min-h-0 flex-1">
          <nav
            aria-label="Actions"
            className={cx(
              "flex w-68 shrink-0 flex-col border-r border-line narrow:w-full narrow:border-r-0",
              actionId && "narrow:hidden",
            )}
          >
            {data.length > 8 ? <Filter value={sought} onChange={setSought} /> : null}
            <ul className="min-h-0 flex-1 overflow-y-auto p-2">
              {rows.map((row) => (
                <li key={row.id}>
                  <Row row={row} />
                </li>
              ))}
              {rows.length === 0 ? (
                <li className="px-2 py-3 text-12 text-faint">Nothing fits.</li>
              ) : null}
            </ul>
          </nav>
          <div
            className={cx("flex min-w-0 flex-1 flex-col bg-canvas", !actionId && "narrow:hidden")}
          >
            {actionId ? (
              <Link
                to="/actions"
                className="inset-focus hidden items-center gap-1 border-b border-line px-3 py-2 text-12 text-muted narrow:flex"
              >
                <ChevronLeft size={14} aria-hidden /> All actions
              </Link>
            ) : null}
            {actionId ? (
              <ActionEditor key={actionId} id={actionId} />
            ) : (
              <EmptyState icon={<Zap size={20} />} title="Choose an action">
                Its sample answers are what the preview runs on.
              </EmptyState>
            )}
          </div>
        </div>
      ) : null}
    </>
  );
}

function Filter({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <div className="relative border-b border-line p-2">
      <Search
        size={14}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-4.5 -translate-y-1/2 text-faint"
      />
      <input
        type="search"
        aria-label="Filter actions"
        placeholder="Filter"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-7.5 w-full rounded-md border border-line-strong bg-surface pr-2 pl-8"
      />
    </div>
  );
}

function Row({ row }: { row: ActionRow }) {
  return (
    <Link
      to="/actions/$actionId"
      params={{ actionId: row.id }}
      className="inset-focus flex items-start gap-2 rounded-md px-2 py-1.5 hover:bg-hover data-[status=active]:bg-active"
    >
      <Zap size={14} className="mt-0.5 shrink-0 text-pill-action" aria-hidden />
      <span className="min-w-0 flex-1">
        <span className="block truncate">{row.name || "Untitled action"}</span>
        <span className="block truncate text-12 text-faint">
          {row.description || "No description yet"}
        </span>
      </span>
      {row.answers_alone ? (
        <MessageCircleQuestion
          size={13}
          className="mt-1 shrink-0 text-muted"
          aria-label="Answers on its own"
        />
      ) : null}
      {row.connected ? (
        <PlugZap size={13} className="mt-1 shrink-0 text-green" aria-label="Connected" />
      ) : null}
    </Link>
  );
}

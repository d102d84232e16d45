import { Link, useNavigate } from "@tanstack/react-router";
import {
  ChevronLeft,
  CircleAlert,
  CloudCheck,
  Copy,
  BookOpenText,
  Download,
  Ellipsis,
  History,
  PanelRight,
  Pause,
  Play,
  Redo2,
  Rocket,
  Trash2,
  Undo2,
  Unplug,
} from "lucide-react";
import { useState } from "react";
import { call } from "@/api/client";
import { useEditing } from "@/api/editing";
import { tellProblem } from "@/frame/problem-toast";
import { Badge } from "@/parts/Badge";
import { Button, IconButton } from "@/parts/Button";
import { later } from "@/parts/Later";
import { Menu, type MenuEntry } from "@/parts/Menu";
import { notify } from "@/parts/toast";
import { bySeverity } from "./problem-words";
import { useDeskGo } from "./desk-address";
import { useTaskDesk } from "./task-desk";
import { deleteTask, duplicateTask } from "./task-moves";
import { rereadTasks } from "./task-queries";
import { isWorkflow } from "./workflow-ids";
import { count, statusWords } from "./words";

const RevisionsDialog = later(async () => (await import("./RevisionsDialog")).RevisionsDialog);

/** Name, state and the one thing to do next. */
export function TaskHeader({
  onUndo,
  onRedo,
  onExport,
  onExplain,
  onSweep,
  previewOpen,
  onPreview,
}: {
  onUndo: () => void;
  onRedo: () => void;
  onExport: () => void;
  onExplain: () => void;
  onSweep: () => void;
  previewOpen: boolean;
  onPreview: () => void;
}) {
  const { task, view, editing } = useTaskDesk();
  const { saving } = useEditing(editing);
  const status = statusWords[view.status];
  const [revisions, setRevisions] = useState(false);
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line pr-3 pl-2">
      {isWorkflow(task.id) ? (
        <span className="w-1.5" />
      ) : (
        <Link
          to="/tasks"
          aria-label="Back to all tasks"
          className="grid size-7.5 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink"
        >
          <ChevronLeft size={17} aria-hidden />
        </Link>
      )}
      <h1 className="min-w-0 truncate text-15 font-semibold">
        {task.title || (isWorkflow(task.id) ? "Untitled workflow" : "Untitled task")}
      </h1>
      <Badge tone={status.tone} className="narrow:hidden">
        {status.label}
      </Badge>
      <SavingState saving={saving} />
      <div className="flex-1" />
      <IconButton
        label="Undo"
        className="max-[479px]:hidden"
        shortcut="Mod+Z"
        onClick={onUndo}
        disabled={!view.can_undo && saving === "saved"}
      >
        <Undo2 size={16} />
      </IconButton>
      <IconButton
        label="Redo"
        className="max-[479px]:hidden"
        shortcut="Mod+Shift+Z"
        onClick={onRedo}
        disabled={!view.can_redo}
      >
        <Redo2 size={16} />
      </IconButton>
      <IconButton
        label={previewOpen ? "Hide the preview" : "Show the preview"}
        shortcut="Mod+."
        pressed={previewOpen}
        onClick={onPreview}
      >
        <PanelRight size={16} />
      </IconButton>
      <MoreMenu
        onExport={onExport}
        onExplain={onExplain}
        onSweep={onSweep}
        onRevisions={() => setRevisions(true)}
      />
      <PublishButton />
      {revisions ? <RevisionsDialog.Component onClose={() => setRevisions(false)} /> : null}
    </header>
  );
}

function SavingState({ saving }: { saving: string }) {
  if (saving === "failed") {
    return (
      <span role="alert" className="flex items-center gap-1 text-12 text-red">
        <CircleAlert size={14} aria-hidden /> Not saved, trying again
      </span>
    );
  }
  return (
    <span
      role="status"
      className="flex w-16 shrink-0 items-center gap-1 text-12 text-faint narrow:w-auto"
      data-saving={saving}
    >
      {saving === "saved" ? (
        <>
          <CloudCheck size={14} aria-hidden />
          <span className="narrow:sr-only">Saved</span>
        </>
      ) : (
        "Saving…"
      )}
    </span>
  );
}

function MoreMenu({
  onExport,
  onExplain,
  onSweep,
  onRevisions,
}: {
  onExport: () => void;
  onExplain: () => void;
  onSweep: () => void;
  onRevisions: () => void;
}) {
  const { task, view, editing } = useTaskDesk();
  const go = useNavigate();
  const turn = (command: "pause_task" | "resume_task") => {
    call(command, { task: task.id })
      .then(() => Promise.all([editing.reload(), rereadTasks()]))
      .catch((thrown: unknown) => tellProblem(thrown));
  };
  const on = view.status === "on" || view.status === "on_with_changes";
  const versions = {
    label: "Earlier versions…",
    icon: <History size={14} />,
    onSelect: onRevisions,
  };
  const take = {
    label: "Export…",
    icon: <Download size={14} />,
    shortcut: "Mod+E",
    onSelect: onExport,
  };
  // One workflow leads every conversation: it is neither copied nor deleted, and never off.
  const ofWorkflow: MenuEntry[] = [take, versions];
  const entries: MenuEntry[] = [
    { label: "Explain…", icon: <BookOpenText size={14} />, onSelect: onExplain },
    {
      label: "What if a system fails?",
      icon: <Unplug size={14} />,
      onSelect: onSweep,
    },
    take,
    {
      label: "Duplicate",
      icon: <Copy size={14} />,
      onSelect: () => void editing.flush().then(() => duplicateTask(task.id, go)),
    },
    versions,
    ...(on
      ? [
          {
            label: "Pause",
            hint: "Customers no longer get it",
            icon: <Pause size={14} />,
            onSelect: () => turn("pause_task"),
          },
        ]
      : []),
    ...(view.status === "paused"
      ? [{ label: "Turn on again", icon: <Play size={14} />, onSelect: () => turn("resume_task") }]
      : []),
    {
      label: "Delete",
      icon: <Trash2 size={14} />,
      danger: true,
      apart: true,
      onSelect: () => void deleteTask(task.id, task.title).then(() => go({ to: "/tasks" })),
    },
  ];
  return (
    <Menu
      align="end"
      entries={isWorkflow(task.id) ? ofWorkflow : entries}
      trigger={
        <IconButton label="More">
          <Ellipsis size={16} />
        </IconButton>
      }
    />
  );
}

function PublishButton() {
  const { task, view, editing } = useTaskDesk();
  const { saving } = useEditing(editing);
  const go = useDeskGo();
  const [busy, setBusy] = useState(false);
  const { blocking } = bySeverity(view.problems);
  const nothingNew = view.status === "on" && saving === "saved";
  const publish = async () => {
    setBusy(true);
    try {
      await editing.flush();
      await call("publish_task", { task: task.id });
      await Promise.all([editing.reload(), rereadTasks()]);
      notify({
        title: "Published",
        description: isWorkflow(task.id)
          ? "New conversations begin with this version. Those that run go on as they began."
          : "Customers get this version from now on.",
      });
    } catch (thrown) {
      await editing.reload().catch(() => undefined);
      tellProblem(thrown, "Not published");
    } finally {
      setBusy(false);
    }
  };
  if (blocking > 0) {
    return (
      <Button
        look="primary"
        icon={<Rocket size={14} aria-hidden />}
        onClick={() => {
          notify({
            title: `${count(blocking, "problem")} to solve before this can be published`,
            tone: "problem",
          });
          go((old) => ({ ...old, problems: true }));
        }}
      >
        Publish
      </Button>
    );
  }
  return (
    <Button
      look="primary"
      icon={<Rocket size={14} aria-hidden />}
      disabled={busy || nothingNew}
      onClick={() => void publish()}
    >
      {nothingNew ? "Published" : "Publish"}
    </Button>
  );
}

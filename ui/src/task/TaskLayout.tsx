import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import type { Span } from "@/api/model";
import { useOffer } from "@/frame/commands";
import { tellProblem } from "@/frame/problem-toast";
import { cx } from "@/parts/class-names";
import { Divider, useRememberedSize } from "@/parts/Pane";
import { later } from "@/parts/Later";
import { useNarrow } from "@/parts/use-narrow";
import { useShortcuts } from "@/parts/shortcuts";
import { notify } from "@/parts/toast";
import { PreviewPane } from "@/preview/PreviewPane";
import { findBlock } from "./block-tree";
import { ProblemsPanel } from "./ProblemsPanel";
import { useDeskGo, useDeskSearch } from "./desk-address";
import { useTaskDesk } from "./task-desk";
import { TaskHeader } from "./TaskHeader";
import { TaskPage } from "./task-page";
import { useUsed } from "./use-used";
import { isWorkflow } from "./workflow-ids";

const Outline = later(async () => (await import("./Outline")).Outline);
const PlanPanel = later(async () => (await import("./plan/PlanPanel")).PlanPanel);
const TriggerPanel = later(async () => (await import("./triggers/TriggerPanel")).TriggerPanel);
const ExplainDialog = later(async () => (await import("./ExplainDialog")).ExplainDialog);
const SweepDialog = later(async () => (await import("./sweep/SweepDialog")).SweepDialog);
const ExportDialog = later(async () => (await import("@/bundle/ExportDialog")).ExportDialog);

/** The three columns of the editor: blocks, page, preview. */
export function TaskLayout({
  trace,
  onTraceEnd,
}: {
  trace: { block: string; span: Span } | null;
  onTraceEnd: () => void;
}) {
  const { task, view, editing, select, catalogue, change } = useTaskDesk();
  const used = useUsed();
  const usedActions = useMemo(() => new Set(used.actions.map((action) => action.id)), [used]);
  const search = useDeskSearch();
  const go = useDeskGo();
  const workflow = isWorkflow(task.id);
  const [exporting, setExporting] = useState(false);
  const [explaining, setExplaining] = useState(false);
  const [sweeping, setSweeping] = useState(false);
  // What an edit changes is told against the task as it was opened.
  const [asOpened] = useState(task);
  const [outline, setOutline] = useRememberedSize("outline", 232);
  const [preview, setPreview] = useRememberedSize("preview", 404);
  const narrow = useNarrow();
  // Where there is room for one of the two only, the task comes first.
  const previewOpen = search.preview ?? !narrow;
  const problemAt = useRef(-1);
  const [asked] = useState(search.conversation ? "preview" : "page");
  // What was asked for is on screen first: the task, or a conversation. The rest follows a moment later.
  const whole = useDeferredValue(true, false);

  const togglePreview = useCallback(
    () => go((old) => ({ ...old, preview: previewOpen === narrow ? undefined : !previewOpen })),
    [go, previewOpen, narrow],
  );
  const toggleProblems = useCallback(
    () => go((old) => ({ ...old, problems: old.problems ? undefined : true })),
    [go],
  );
  const toggleOutline = useCallback(
    () => go((old) => ({ ...old, outline: old.outline ? undefined : true })),
    [go],
  );
  const toggleTriggers = useCallback(
    () => go((old) => ({ ...old, triggers: old.triggers ? undefined : true })),
    [go],
  );
  const undo = useCallback(
    () => void editing.undo().catch((thrown: unknown) => tellUndo(thrown)),
    [editing],
  );
  const redo = useCallback(
    () => void editing.redo().catch((thrown: unknown) => tellUndo(thrown)),
    [editing],
  );

  const flush = useCallback(() => editing.flush(), [editing]);
  const exampleOf = useCallback(
    (id: string) => {
      const block = findBlock(task, id)?.block;
      return block?.type === "wait_for_webhook" ? block.example : {};
    },
    [task],
  );
  const addExample = useCallback(
    (message: string) => {
      change(
        (task) =>
          task.examples.includes(message)
            ? task
            : { ...task, examples: [...task.examples, message] },
        { label: "Added an example", apart: true },
      );
      notify({ title: "Added as an example", undo });
    },
    [change, undo],
  );

  const nextProblem = () => {
    const { problems } = view;
    if (problems.length === 0) return;
    problemAt.current = (problemAt.current + 1) % problems.length;
    const place = problems[problemAt.current]?.place;
    go((old) => ({
      ...old,
      problems: true,
      block: place?.block ?? undefined,
      at: place?.span ? `${place.span.start}-${place.span.end}` : undefined,
    }));
  };

  // The chat takes Ctrl+Z for itself (rewinding a turn); everywhere else it is the task's history.
  useShortcuts({
    "Mod+Z": undo,
    "Mod+Shift+Z": redo,
    "Mod+Y": redo,
    "Mod+.": togglePreview,
    "Mod+E": () => setExporting(true),
    F8: nextProblem,
  });
  useOffer([
    {
      id: "preview",
      group: workflow ? "This workflow" : "This task",
      label: previewOpen ? "Hide the preview" : "Show the preview",
      shortcut: "Mod+.",
      onSelect: togglePreview,
    },
    {
      id: "problems",
      group: workflow ? "This workflow" : "This task",
      label: "Show problems",
      shortcut: "F8",
      onSelect: nextProblem,
    },
    {
      id: "outline",
      group: workflow ? "This workflow" : "This task",
      label: search.outline ? "Hide the outline" : "Show the outline",
      onSelect: toggleOutline,
    },
    ...(workflow
      ? []
      : [
          {
            id: "triggers",
            group: workflow ? "This workflow" : "This task",
            label: search.triggers ? "Hide “Which task starts?”" : "Which task starts?",
            onSelect: toggleTriggers,
          },
          {
            id: "explain",
            group: workflow ? "This workflow" : "This task",
            label: "Explain this task…",
            onSelect: () => setExplaining(true),
          },
          {
            id: "sweep",
            group: workflow ? "This workflow" : "This task",
            label: "What if a system fails?",
            onSelect: () => setSweeping(true),
          },
        ]),
    {
      id: "export",
      group: workflow ? "This workflow" : "This task",
      label: "Export…",
      shortcut: "Mod+E",
      onSelect: () => setExporting(true),
    },
    {
      id: "undo",
      group: workflow ? "This workflow" : "This task",
      label: "Undo",
      shortcut: "Mod+Z",
      onSelect: undo,
    },
    {
      id: "redo",
      group: workflow ? "This workflow" : "This task",
      label: "Redo",
      shortcut: "Mod+Shift+Z",
      onSelect: redo,
    },
  ]);
  useTitle(task.title, workflow ? "Untitled workflow" : "Untitled task");

  return (
    <>
      <TaskHeader
        onUndo={undo}
        onRedo={redo}
        onExport={() => setExporting(true)}
        onExplain={() => setExplaining(true)}
        onSweep={() => setSweeping(true)}
        previewOpen={previewOpen}
        onPreview={togglePreview}
      />
      <div className="flex min-h-0 flex-1">
        <div
          className={cx("flex narrow:hidden", previewOpen && "max-[1180px]:hidden")}
          style={{ width: outline }}
        >
          {whole ? <Outline.Component /> : null}
        </div>
        <div className={cx("flex narrow:hidden", previewOpen && "max-[1180px]:hidden")}>
          <Divider
            label="Width of the list of blocks"
            direction="column"
            size={outline}
            onSize={setOutline}
            min={180}
            max={360}
          />
        </div>
        <div
          className={cx("flex min-w-0 flex-1 flex-col bg-canvas", previewOpen && "narrow:hidden")}
        >
          {whole || asked === "page" ? <TaskPage.Component /> : null}
          {search.triggers && !workflow ? (
            <TriggerPanel.Component before={asOpened} onClose={toggleTriggers} />
          ) : null}
          {search.outline ? <PlanPanel.Component onClose={toggleOutline} /> : null}
          <ProblemsPanel
            open={search.problems === true}
            onToggle={toggleProblems}
            outline={search.outline === true}
            onOutline={toggleOutline}
            onExplain={() => setExplaining(true)}
          />
        </div>
        {previewOpen ? (
          <>
            {narrow ? null : (
              <Divider
                label="Width of the preview"
                direction="column"
                size={preview}
                onSize={setPreview}
                min={340}
                max={Math.max(420, Math.round(window.innerWidth * 0.55))}
                invert
              />
            )}
            <aside
              aria-label="Preview"
              className="flex min-w-0 shrink-0 flex-col"
              style={narrow ? { width: "100%" } : { width: preview, maxWidth: "52vw" }}
            >
              {whole || asked === "preview" ? (
                <PreviewPane
                  taskId={task.id}
                  version={view.version}
                  flush={flush}
                  exampleOf={exampleOf}
                  onAddExample={addExample}
                  onShowPlace={select}
                  catalogue={catalogue}
                  usedActions={usedActions}
                  trace={trace}
                  onTraceEnd={onTraceEnd}
                />
              ) : null}
            </aside>
          </>
        ) : null}
      </div>
      {explaining ? <ExplainDialog.Component onClose={() => setExplaining(false)} /> : null}
      {sweeping ? <SweepDialog.Component onClose={() => setSweeping(false)} /> : null}
      {exporting ? (
        <ExportDialog.Component
          chosen={[task.id]}
          before={() => editing.flush()}
          onClose={() => setExporting(false)}
        />
      ) : null}
    </>
  );
}

function tellUndo(thrown: unknown): void {
  tellProblem(thrown);
}

function useTitle(title: string, untitled: string): void {
  useEffect(() => {
    document.title = `${title || untitled} · Taskwright`;
    return () => {
      document.title = "Taskwright";
    };
  }, [title, untitled]);
}

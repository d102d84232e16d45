import { useQuery } from "@tanstack/react-query";
import { useBlocker, useNavigate, useParams } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useState } from "react";
import { call, queries } from "@/api/client";
import type { TaskView } from "@/api/model";
import { type Editing, useEditing } from "@/api/editing";
import { useFollowed } from "@/api/use-followed";
import type { Block, Catalogue, Edit, Span, Task } from "@/api/model";
import { openDocument } from "@/frame/open-document";
import { tellProblem } from "@/frame/problem-toast";
import { ScreenError } from "@/frame/ScreenError";
import { Skeleton } from "@/parts/Skeleton";
import { notify } from "@/parts/toast";
import { previewOf } from "@/preview/preview-session";
import { changeBlock } from "./block-tree";
import { makeAttributeIn } from "./attribute-moves";
import { mendProblem } from "./mend";
import { TextPlaces } from "./plan/text-place";
import { pillCatalogue, references } from "./references";
import { useDeskGo, useDeskSearch } from "./desk-address";
import { TaskDeskContext, type TaskDesk } from "./task-desk";
import { rereadTasks } from "./task-queries";
import { TaskLayout } from "./TaskLayout";
import { isWorkflow } from "./workflow-ids";

/** The editor of the task at this address. */
export function TaskScreen() {
  const { taskId } = useParams({ from: "/tasks/$taskId" });
  return <TaskEditor taskId={taskId} />;
}

/** The editor of one task, or of a workflow. */
export function TaskEditor({ taskId }: { taskId: string }) {
  const { conversation } = useDeskSearch();
  // Read while the task is: whoever opens a conversation waits for both only once.
  useEffect(() => {
    if (conversation) previewOf(taskId).openExisting(conversation);
  }, [taskId, conversation]);
  const { data, error, refetch } = useQuery({
    queryKey: ["task", taskId],
    queryFn: () => call("read_task", { task: taskId }),
    // The desk below keeps it fresh; coming back reads it again.
    staleTime: 0,
    gcTime: 0,
  });
  if (error) return <ScreenError error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton lines={9} />;
  return <Desk key={taskId} start={data} />;
}

function openEditing(start: TaskView): Editing<TaskView, Task> {
  const { id } = start.task;
  return openDocument(start, {
    docOf: (view) => view.task,
    read: () => call("read_task", { task: id }),
    onSaved: () => void rereadTasks(),
    asKept: isWorkflow(id) ? ofWorkflow : undefined,
  });
}

/** A workflow has a name where a task has a title. */
function ofWorkflow(edit: Edit): Edit {
  const changes = edit.changes.map(({ document, change }) => ({
    document,
    change: change.path === "/title" ? { ...change, path: "/name" } : change,
  }));
  return { ...edit, changes };
}

function Desk({ start }: { start: TaskView }) {
  const [editing] = useState(() => openEditing(start));
  const [places] = useState(() => new TextPlaces());
  const { view, doc: task } = useEditing(editing);
  const catalogue = useCatalogue(task, view);
  const pills = useMemo(() => pillCatalogue(catalogue), [catalogue]);
  const known = useMemo(() => references(catalogue), [catalogue]);
  const { selected, select } = useSelection();
  const [trace, setTrace] = useState<{ block: string; span: Span } | null>(null);

  useFollowed(editing, useGone(start.task.id, start.task.title));
  useEffect(() => {
    const flush = () => void editing.flush().catch(() => undefined);
    window.addEventListener("beforeunload", flush);
    window.addEventListener("blur", flush);
    return () => {
      window.removeEventListener("beforeunload", flush);
      window.removeEventListener("blur", flush);
      void queries.invalidateQueries({ queryKey: ["tasks"] });
    };
  }, [editing]);
  // Leaving waits until everything is saved; what cannot be saved is said before it is lost.
  useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      if (current.pathname === next.pathname) return false;
      try {
        await editing.flush();
        return false;
      } catch {
        notify({
          title: "Your last change is not saved yet",
          description: "Taskwright keeps trying. Stay here until it says Saved.",
          tone: "problem",
        });
        return true;
      }
    },
    enableBeforeUnload: false,
  });

  const desk = useMemo<TaskDesk>(() => {
    const change: TaskDesk["change"] = (next, options) => editing.change(next, options);
    return {
      task,
      view,
      editing,
      catalogue,
      pills,
      references: known,
      change,
      changeBlock: (id, next, options) =>
        change(
          (task) => changeBlock(task, id, (block) => ({ ...block, ...next }) as Block),
          options,
        ),
      problemsOf: (block) => view.problems.filter((problem) => problem.place.block === block),
      selected,
      select,
      places,
      traceSentence: (block, span) => setTrace({ block, span }),
      mend: (problem, at) => mendProblem(problem, at, { change, select, editing }),
      makeAttribute: (name) => makeAttributeIn(editing, name),
    };
  }, [task, view, editing, catalogue, pills, known, selected, select, places]);

  return (
    <TaskDeskContext value={desk}>
      <TaskLayout trace={trace} onTraceEnd={() => setTrace(null)} />
    </TaskDeskContext>
  );
}

/** What happens when another window deletes the task: back to the list, with a way to get it back. */
function useGone(task: string, title: string): () => void {
  const go = useNavigate();
  return useCallback(() => {
    void go({ to: "/tasks", ignoreBlocker: true });
    notify({
      title: `“${title || "Untitled task"}” was deleted in another window`,
      action: {
        label: "Bring back",
        onSelect: () => {
          call("restore_task", { task })
            .then(() => go({ to: "/tasks/$taskId", params: { taskId: task } }))
            .catch((thrown: unknown) => tellProblem(thrown, "The task could not be brought back"));
        },
      },
    });
  }, [go, task, title]);
}

/** What the task can name: what the program knows, with this task as it stands on screen. */
function useCatalogue(task: Task, view: TaskView): Catalogue {
  return useMemo(() => {
    const own = new Set(task.attributes.map((attribute) => attribute.id));
    return {
      ...view.catalogue,
      attributes: [
        ...task.attributes,
        ...view.catalogue.attributes.filter((attribute) => !own.has(attribute.id)),
      ],
    };
  }, [task.attributes, view.catalogue]);
}

function useSelection(): Pick<TaskDesk, "selected" | "select"> {
  const search = useDeskSearch();
  const go = useDeskGo();
  const select = useCallback(
    (block: string | undefined, span?: Span) =>
      go((old) => ({ ...old, block, at: span ? `${span.start}-${span.end}` : undefined })),
    [go],
  );
  const selected = useMemo(() => {
    const [start, end] = (search.at ?? "").split("-").map(Number);
    const span =
      start !== undefined && end !== undefined && end > start ? { start, end } : undefined;
    return { block: search.block, span };
  }, [search.block, search.at]);
  return { selected, select };
}

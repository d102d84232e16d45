import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { CircleAlert, Plug, PlugZap, Trash2 } from "lucide-react";
import { useCallback, useState, type ReactNode } from "react";
import { call } from "@/api/client";
import type { ActionView } from "@/api/model";
import { type Editing, useEditing } from "@/api/editing";
import { useFollowed } from "@/api/use-followed";
import type { Action } from "@/api/model";
import { openDocument } from "@/frame/open-document";
import { tellProblem } from "@/frame/problem-toast";
import { ScreenError } from "@/frame/ScreenError";
import { Badge } from "@/parts/Badge";
import { Button, IconButton } from "@/parts/Button";
import { TextArea } from "@/parts/Field";
import { Skeleton } from "@/parts/Skeleton";
import { useShortcuts } from "@/parts/shortcuts";
import { notify } from "@/parts/toast";
import { FieldTable } from "@/task/FieldTable";
import { renameAnswer } from "@/task/mend";
import { problemWords } from "@/task/problem-words";
import { ActionLink } from "@/task/ProblemMends";
import { keyFor } from "@/task/words";
import { actionsQuery, rereadActions } from "./action-queries";
import { Behaviour } from "./Behaviour";
import { Connection } from "./Connection";
import { InputTable } from "./InputTable";
import { SampleTable } from "./SampleTable";
import { TryPanel } from "./try/TryPanel";

/** One action, read and kept like a task. */
export function ActionEditor({ id }: { id: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ["action", id],
    queryFn: () => call("read_action", { action: id }),
    staleTime: 0,
    gcTime: 0,
  });
  if (error) return <ScreenError error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton />;
  return <Desk key={id} start={data} />;
}

function openEditing(start: ActionView): Editing<ActionView, Action> {
  const { id } = start.action;
  return openDocument(start, {
    docOf: (view) => view.action,
    read: () => call("read_action", { action: id }),
    onSaved: () => void rereadActions(),
  });
}

export type ChangeAction = (next: Partial<Action>, apart?: boolean) => void;

function Desk({ start }: { start: ActionView }) {
  const [editing] = useState(() => openEditing(start));
  const { doc: action, saving, view } = useEditing(editing);
  const change: ChangeAction = (next, apart = false) =>
    editing.change((old) => ({ ...old, ...next }), { apart });
  useFollowed(editing, useGone(start.action.id, start.action.name));
  const undo = () => void editing.undo().catch((thrown: unknown) => tellProblem(thrown));
  const redo = () => void editing.redo().catch((thrown: unknown) => tellProblem(thrown));
  useShortcuts({ "Mod+Z": undo, "Mod+Shift+Z": redo, "Mod+Y": redo });
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-[820px] flex-col gap-5 px-6 pt-5 pb-20 narrow:px-3">
        <Head action={action} saving={saving} editing={editing} change={change} />
        {view.problems.map((problem, at) => (
          // Problems have no id; their order is what they are known by.
          // oxlint-disable-next-line react/no-array-index-key
          <div
            key={at}
            className="flex items-start gap-2 rounded-md bg-amber-surface px-3 py-2 text-12"
          >
            <CircleAlert size={14} className="mt-0.5 shrink-0 text-amber" aria-hidden />
            <p className="min-w-0 flex-1">{problemWords(problem)}</p>
            {problem.code === "not_connected" || problem.code === "secret_missing" ? (
              <ActionLink
                action={action.id}
                connected={Boolean(action.request)}
                code={problem.code}
                className="-my-0.5"
              />
            ) : null}
            {problem.remedies.map(({ label, fix }) =>
              fix.type === "rename_answer" ? (
                <Button
                  key={label}
                  size="sm"
                  className="-my-0.5"
                  onClick={() => renameAnswer(editing, action.id, fix)}
                >
                  {label}
                </Button>
              ) : null,
            )}
          </div>
        ))}
        <Card title="What it needs" hint="The values it is called with.">
          <InputTable
            inputs={action.inputs}
            onChange={(inputs, apart) => change({ inputs }, apart)}
          />
        </Card>
        <Card
          title="What it gives"
          hint={`Written in tasks as “${action.result_name.replaceAll("_", " ")} …”.`}
        >
          <FieldTable
            fields={action.outputs}
            onChange={(outputs) => change({ outputs })}
            add="Add a field"
          />
        </Card>
        <Card
          title="Sample answers"
          hint="What the preview runs on. Name a failure too, and see what your task does then."
        >
          <SampleTable action={action} onChange={(stubs) => change({ stubs })} />
        </Card>
        <Card title="How it behaves">
          <Behaviour action={action} usualReply={view.usual_reply} change={change} />
        </Card>
        <Connection action={action} change={change} />
        {action.request ? (
          <Card title="Try it" hint="Calls the real or the test system once, with sample values.">
            <TryPanel action={action} change={change} flush={() => editing.flush()} />
          </Card>
        ) : null}
      </div>
    </div>
  );
}

/** What happens when another window deletes the action: back to the list, with a way to get it back. */
function useGone(action: string, name: string): () => void {
  const go = useNavigate();
  return useCallback(() => {
    void go({ to: "/actions" });
    notify({
      title: `“${name || "Untitled action"}” was deleted in another window`,
      action: {
        label: "Bring back",
        onSelect: () => {
          call("restore_action", { action })
            .then(() => go({ to: "/actions/$actionId", params: { actionId: action } }))
            .catch((thrown: unknown) => tellProblem(thrown));
        },
      },
    });
  }, [go, action, name]);
}

function Head({
  action,
  saving,
  editing,
  change,
}: {
  action: Action;
  saving: string;
  editing: Editing<ActionView, Action>;
  change: ChangeAction;
}) {
  const go = useNavigate();
  const { data = [] } = useQuery(actionsQuery);
  const row = data.find(({ id }) => id === action.id);
  const used = row?.used_by ?? [];
  const connected = row?.connected ?? false;
  const rename = (name: string) => {
    // Tasks write it by its key: once one does, only the name changes.
    const free = used.length === 0 && (action.name === "" || keyFor(action.name) === action.key);
    const object = keyFor(name).split("_").slice(1).join("_");
    change({
      name,
      ...(free && name ? { key: keyFor(name), result_name: object || keyFor(name) } : {}),
    });
  };
  const remove = async () => {
    try {
      await editing.flush();
      await call("delete_action", { action: action.id });
      await rereadActions();
      await go({ to: "/actions" });
      notify({
        title: `Deleted “${action.name || "Untitled action"}”`,
        undo: () => {
          call("restore_action", { action: action.id })
            .then(rereadActions)
            .catch((thrown: unknown) => tellProblem(thrown));
        },
      });
    } catch (thrown) {
      tellProblem(thrown, "The action could not be deleted");
    }
  };
  return (
    <header className="flex flex-col gap-1.5">
      <div className="flex items-center gap-2 narrow:flex-wrap">
        <TextArea
          bare
          minRows={1}
          aria-label="Name of the action"
          placeholder="Untitled action"
          value={action.name}
          onChange={(event) => rename(event.target.value.replaceAll("\n", " "))}
          className="min-w-0 flex-1 narrow:basis-full text-24 leading-8! font-semibold tracking-[-0.015em]"
        />
        {action.request ? (
          <Badge tone={connected ? "green" : "neutral"} icon={<PlugZap size={12} aria-hidden />}>
            {connected ? "Connected" : "Answers with samples"}
          </Badge>
        ) : (
          <Badge tone="amber" icon={<Plug size={12} aria-hidden />}>
            Not connected yet
          </Badge>
        )}
        <span role="status" className="w-14 text-12 text-faint">
          {saving === "saved" ? "Saved" : saving === "failed" ? "Not saved" : "Saving…"}
        </span>
        <IconButton label="Delete the action" onClick={() => void remove()}>
          <Trash2 size={15} />
        </IconButton>
      </div>
      <TextArea
        bare
        minRows={1}
        aria-label="What it does and when to use it"
        placeholder="What it does and when to use it"
        value={action.description}
        onChange={(event) => change({ description: event.target.value })}
        className="text-muted"
      />
      {used.length > 0 ? (
        <p className="text-12 text-faint">
          Used by{" "}
          {used.map((task, at) => (
            <span key={task.id}>
              {at > 0 ? ", " : ""}
              <Link
                to="/tasks/$taskId"
                params={{ taskId: task.id }}
                className="text-accent-text hover:underline"
              >
                {task.title || "Untitled task"}
              </Link>
            </span>
          ))}
        </p>
      ) : null}
    </header>
  );
}

/** A part of the page with its heading. */
export function Card({
  title,
  hint,
  children,
}: {
  title: string;
  hint?: string;
  children: ReactNode;
}) {
  return (
    <section aria-label={title} className="rounded-lg border border-line bg-surface px-4 py-3.5">
      <h2 className="font-semibold">{title}</h2>
      {hint ? <p className="mb-2.5 text-12 text-faint">{hint}</p> : <div className="mb-2.5" />}
      {children}
    </section>
  );
}

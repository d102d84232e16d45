import { FlaskConical, RotateCcw, TriangleAlert, UserRound } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { At, CallMode, Catalogue, Span } from "@/api/model";
import { asHostError } from "@/api/host";
import { Button, IconButton } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { Divider, useRememberedSize } from "@/parts/Pane";
import { Segmented } from "@/parts/Segmented";
import { Select } from "@/parts/Select";
import { useShortcuts } from "@/parts/shortcuts";
import { ActionAnswers } from "./ActionAnswers";
import { modeOf } from "./call-choices";
import { ChatView } from "./ChatView";
import { CustomerSetup } from "./CustomerSetup";
import { LogView } from "./LogView";
import { previewOf, usePreviewPart, type PreviewSetup } from "./preview-session";
import { TimeMenu } from "./TimeMenu";
import { isWorkflow } from "@/task/workflow-ids";
import { callWords } from "./value-words";
import { ValuesView } from "./ValuesView";

export interface PreviewPaneProps {
  taskId: string;
  version: number;
  flush: () => Promise<void>;
  onShowPlace: (block: string, span?: Span) => void;
  onAddExample: (message: string) => void;
  catalogue: Catalogue;
  /** The actions this task runs. */
  usedActions: ReadonlySet<string>;
  /** The example request of a waiting block. */
  exampleOf: (block: string) => unknown;
  trace: { block: string; span: Span } | null;
  onTraceEnd: () => void;
}

type View = "customer" | "split" | "log" | "values";

/** Rehearse the task as a customer, beside the log of why it does what it does. */
export function PreviewPane(props: PreviewPaneProps) {
  const { taskId, catalogue, flush, version, trace } = props;
  const session = useMemo(() => previewOf(taskId), [taskId]);
  const setup = usePreviewPart(session, "setup");
  const log = usePreviewPart(session, "log");
  const failure = usePreviewPart(session, "failure");
  const began = usePreviewPart(session, "began");
  const [view, setView] = useState<View>("split");
  const [split, setSplit] = useRememberedSize("split", 320);
  const composer = useRef<HTMLTextAreaElement>(null);
  const names = useNames(catalogue);

  useEffect(() => {
    if (trace) setView((old) => (old === "log" ? old : "split"));
  }, [trace]);
  useShortcuts({
    "Mod+L": () => setView((old) => (old === "split" ? "customer" : "split")),
    "Mod+Enter": () => composer.current?.focus(),
  });

  const restart = () => {
    session.restart();
    composer.current?.focus();
  };
  const { onShowPlace } = props;
  const showPlace = useCallback(
    (place: At) => onShowPlace(place.block, place.span ?? undefined),
    [onShowPlace],
  );
  const live = liveWarning(setup, catalogue, props.usedActions);
  const stale = began !== null && began !== version;
  const chat = (
    <ChatView
      key="chat"
      session={session}
      taskId={taskId}
      flush={flush}
      version={version}
      exampleOf={props.exampleOf}
      composer={composer}
      onAddExample={props.onAddExample}
    />
  );
  const events = log ? (
    <LogView
      key={log.conversation}
      log={log}
      names={names}
      trace={trace}
      onTraceEnd={props.onTraceEnd}
      onShowPlace={showPlace}
    />
  ) : (
    <p className="px-4 py-6 text-center text-12 text-faint">
      Every step appears here, with its reason.
    </p>
  );

  return (
    <div
      className={cx(
        "flex min-h-0 flex-1 flex-col bg-surface",
        live && "outline-2 -outline-offset-2 outline-red-solid",
      )}
    >
      <div className="flex shrink-0 flex-col gap-2 border-b border-line px-3 pt-2 pb-2.5">
        <div className="-mx-1 flex items-center gap-1">
          <h2 className="sr-only">Preview</h2>
          <Select<CallMode>
            quiet
            label="Where actions go"
            value={setup.calls}
            onChange={(calls) => session.configure({ calls })}
            choices={[
              { value: "sample", label: callWords.sample, hint: "Nothing leaves this machine" },
              { value: "test", label: callWords.test, hint: "Calls your test environment" },
              { value: "live", label: callWords.live, hint: "What it changes is changed for real" },
            ]}
          />
          {isWorkflow(taskId) ? null : (
            <Select
              quiet
              label="What may start"
              value={setup.fromTheStart ? "start" : "task"}
              onChange={(scope) => session.configure({ fromTheStart: scope === "start" })}
              choices={[
                { value: "task", label: "This task", hint: "Only this task can start" },
                {
                  value: "start",
                  label: "From the start",
                  hint: "As customers meet it, with every task that is on",
                },
              ]}
            />
          )}
          <span className="flex-1" />
          <CustomerSetup
            customer={setup.customer}
            kept={catalogue.attributes.filter((attribute) => attribute.scope === "customer")}
            onChange={(customer) => session.configure({ customer })}
            trigger={
              <IconButton label="Who the customer is">
                <UserRound size={15} />
              </IconButton>
            }
          />
          <ActionAnswers
            actions={catalogue.actions}
            used={props.usedActions}
            calls={setup.calls}
            answers={setup.answers}
            onChange={(answers) => session.configure({ answers })}
            trigger={
              <IconButton
                label="What each action answers"
                className="relative"
                pressed={Object.keys(setup.answers).length > 0}
              >
                <FlaskConical size={15} />
              </IconButton>
            }
          />
          <TimeMenu session={session} />
          <IconButton label="Start again" onClick={restart} disabled={!log}>
            <RotateCcw size={15} />
          </IconButton>
        </div>
        <Segmented<View>
          grow
          label="What the preview shows"
          value={view}
          onChange={setView}
          choices={[
            { value: "customer", label: "Customer" },
            { value: "split", label: "Split" },
            { value: "log", label: "Log" },
            { value: "values", label: "Values" },
          ]}
        />
      </div>
      {live ? (
        <p
          role="alert"
          className="flex items-start gap-2 bg-red-surface px-3 py-1.5 text-12 text-red"
        >
          <TriangleAlert size={14} className="mt-0.5 shrink-0" aria-hidden /> {live}
        </p>
      ) : null}
      {failure ? <Failure failure={failure} /> : null}
      {stale && log ? (
        <div className="flex items-center gap-2 border-b border-line bg-subtle px-3 py-1 text-12 text-muted">
          <span className="flex-1">
            You changed the {isWorkflow(taskId) ? "workflow" : "task"} since this chat began.
          </span>
          <Button look="link" size="sm" onClick={restart}>
            Start again
          </Button>
        </div>
      ) : null}
      {view === "customer" ? chat : null}
      {view === "split" ? (
        <>
          <div className="flex min-h-0 flex-col" style={{ flex: "1 1 0" }}>
            {chat}
          </div>
          <Divider
            label="Height of the log"
            direction="row"
            size={split}
            onSize={setSplit}
            min={120}
            max={640}
            invert
          />
          <div
            className="flex min-h-0 shrink flex-col bg-surface"
            style={{ flexBasis: split, maxHeight: "60%" }}
          >
            {events}
          </div>
        </>
      ) : null}
      {view === "log" ? events : null}
      {view === "values" ? <ValuesView log={log} names={names} catalogue={catalogue} /> : null}
    </div>
  );
}

function Failure({ failure }: { failure: unknown }) {
  const { message, hint } = asHostError(failure);
  return (
    <p
      role="alert"
      className="border-b border-red-line bg-red-surface px-3 py-1.5 text-12 wrap-anywhere text-red"
    >
      {message} {hint}
    </p>
  );
}

/** The names of actions and tasks, by id. */
function useNames(catalogue: Catalogue): (id: string) => string {
  return useMemo(() => {
    const names = new Map<string, string>();
    for (const action of catalogue.actions) names.set(action.id, action.name);
    for (const task of catalogue.tasks) names.set(task.id, task.title);
    return (id) => names.get(id) ?? "an action";
  }, [catalogue]);
}

/** What is at stake while the real system is called; null while it is not. */
function liveWarning(
  { calls, answers }: PreviewSetup,
  { actions }: Catalogue,
  used: ReadonlySet<string>,
): string | null {
  const real = actions.filter((action) => modeOf(answers[action.id], calls) === "live");
  if (real.length === 0 && calls !== "live") return null;
  const changing = real.filter((action) => action.changes_data && used.has(action.id));
  const [one, two, ...more] = changing.map((action) => action.name);
  if (!one) return "The real system is asked";
  if (more.length > 0) return `${changing.length} actions will really change your data`;
  return `Done for real: ${two ? `${one} and ${two}` : one}`;
}

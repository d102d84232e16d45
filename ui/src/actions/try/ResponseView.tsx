import { BookmarkPlus, Check, CircleAlert, CircleCheck } from "lucide-react";
import { useState } from "react";
import type { Action, TriedAction, TriedOutcome } from "@/api/model";
import { Badge } from "@/parts/Badge";
import { Button } from "@/parts/Button";
import { Fold } from "@/parts/Fold";
import { notify } from "@/parts/toast";
import { failureWords } from "@/preview/value-words";
import type { ChangeAction } from "../ActionEditor";
import { freeStubName } from "../stub-names";
import { JsonTree } from "./JsonTree";
import { isPicked, pickField } from "./pick-field";
import { headerLines, RequestView } from "./RequestView";

/** What came back: its status and time, where it differs, and its values to pick from. */
export function ResponseView({
  action,
  tried,
  change,
}: {
  action: Action;
  tried: TriedAction;
  change: ChangeAction;
}) {
  const { outcome } = tried;
  return (
    <section aria-label="The answer" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Status outcome={outcome} />
        <span className="tabular text-12 text-faint">{tried.ms} ms</span>
        <span className="flex-1" />
        <KeepAsSample action={action} tried={tried} change={change} />
      </div>
      {outcome.type === "answered" ? (
        <Answer action={action} outcome={outcome} change={change} />
      ) : null}
      <Fold title="What was sent" className="text-12">
        <div className="pt-1">
          <RequestView request={tried.request} />
        </div>
      </Fold>
    </section>
  );
}

function Status({ outcome }: { outcome: TriedOutcome }) {
  if (outcome.type === "failed") {
    return (
      <Badge tone="red" icon={<CircleAlert size={12} aria-hidden />}>
        {failureWords(outcome.cause)}
      </Badge>
    );
  }
  const good = outcome.status >= 200 && outcome.status < 300;
  return (
    <Badge
      tone={good ? "green" : "red"}
      icon={good ? <CircleCheck size={12} aria-hidden /> : <CircleAlert size={12} aria-hidden />}
    >
      Status {outcome.status}
    </Badge>
  );
}

function KeepAsSample({
  action,
  tried,
  change,
}: {
  action: Action;
  tried: TriedAction;
  change: ChangeAction;
}) {
  const [kept, setKept] = useState<TriedAction | null>(null);
  const { stub } = tried;
  if (!stub) return null;
  const done = kept === tried;
  return (
    <Button
      size="sm"
      disabled={done}
      icon={done ? <Check size={13} aria-hidden /> : <BookmarkPlus size={13} aria-hidden />}
      onClick={() => {
        const name = freeStubName(action, stub.name);
        change({ stubs: [...action.stubs, { ...stub, name }] }, true);
        setKept(tried);
        notify({ title: `Kept as the sample answer “${name}”` });
      }}
    >
      {done ? "Kept as a sample answer" : "Keep as a sample answer"}
    </Button>
  );
}

function Answer({
  action,
  outcome,
  change,
}: {
  action: Action;
  outcome: Extract<TriedOutcome, { type: "answered" }>;
  change: ChangeAction;
}) {
  const { json, text, types } = outcome;
  const all = types as Record<string, NonNullable<(typeof types)[string]>>;
  return (
    <>
      {outcome.differences.length > 0 ? (
        <div role="alert" className="rounded-md border border-red-line bg-red-surface px-3 py-2.5">
          <p className="font-medium text-red">The answer does not fit what this action gives</p>
          <p className="text-12 text-muted">
            In a conversation this is a failure: nothing of it is taken over.
          </p>
          <ul className="mt-1.5 flex flex-col gap-0.5 text-12">
            {outcome.differences.map((difference) => (
              <li key={difference.path}>
                <span className="font-mono">{difference.path}</span>: expected {difference.expected}
                , found <span className="font-mono wrap-anywhere">{difference.found}</span>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {json !== null && json !== undefined ? (
        <div className="flex flex-col gap-1">
          <p className="text-12 text-muted">
            Press a value to make it a field of what this action gives. Press it again to give it
            up.
          </p>
          <div className="max-h-96 overflow-auto rounded-md border border-line px-2 py-1.5">
            <JsonTree
              json={json}
              choice={{
                types: all,
                picked: (pointer) => isPicked(action.outputs, pointer, json),
                onPick: (pointer) => {
                  const kind = all[pointer];
                  if (kind)
                    change({ outputs: pickField(action.outputs, pointer, kind, json) }, true);
                },
              }}
            />
          </div>
        </div>
      ) : text ? (
        <pre
          // It scrolls, so the keyboard must get into it.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          aria-label="The answer as text"
          className="max-h-72 overflow-auto rounded-md bg-subtle px-3 py-2 font-mono text-12 leading-5"
        >
          {text}
        </pre>
      ) : (
        <p className="text-12 text-muted">The answer is empty.</p>
      )}
      <Fold title="Headers of the answer" className="text-12">
        <pre className="overflow-x-auto pt-1 pl-5 font-mono text-12 leading-5 text-muted">
          {headerLines(outcome.headers)}
        </pre>
      </Fold>
    </>
  );
}

import { CircleAlert } from "lucide-react";
import { useMemo } from "react";
import type { Action } from "@/api/model";
import { TextArea } from "@/parts/Field";
import { Switch } from "@/parts/Switch";
import type { ChangeAction } from "./ActionEditor";
import { PlaceInput } from "./request/PlaceInput";
import { replyPlaces } from "./request/places";

/** An action that answers a question on its own: the messages it answers, and what it says. */
export function StandAlone({
  action,
  usualReply,
  change,
}: {
  action: Action;
  usualReply: string;
  change: ChangeAction;
}) {
  const places = useMemo(() => replyPlaces(action), [action]);
  const blocked = action.changes_data && !action.needs_confirmation;
  return (
    <div className="flex flex-col gap-3">
      <Switch
        label="May answer a question on its own"
        hint="Outside any task and in the middle of one, for example “Where is my order?”. What is missing is asked for; then one call, one reply."
        checked={action.answers_on_its_own}
        onChange={(answers_on_its_own) => change({ answers_on_its_own }, true)}
      />
      {action.answers_on_its_own ? (
        <div className="flex flex-col gap-3 border-l border-line pl-3.5">
          {blocked ? (
            <p className="flex items-start gap-2 rounded-md bg-amber-surface px-3 py-2 text-12">
              <CircleAlert size={14} className="mt-0.5 shrink-0 text-amber" aria-hidden />
              It changes something, so it answers only where the customer is asked for a yes first.
            </p>
          ) : null}
          <div className="flex flex-col gap-1">
            <label htmlFor="answer-examples" className="text-12 font-medium text-muted">
              Messages it answers, one a line
            </label>
            <TextArea
              id="answer-examples"
              minRows={3}
              placeholder={
                "Where is my order?\nHas 4512 been shipped?\nWhen will my parcel arrive?"
              }
              value={(action.examples ?? []).join("\n")}
              onChange={(event) => {
                const lines = event.target.value.split("\n");
                change({ examples: event.target.value ? lines : [] });
              }}
            />
          </div>
          <div className="flex flex-col gap-1">
            <span aria-hidden className="text-12 font-medium text-muted">
              What it says
            </span>
            <PlaceInput
              lines
              label="What it says"
              value={action.reply ?? ""}
              places={places}
              placeholder={usualReply.replaceAll(/\{[a-z0-9_]+\.([a-z0-9_]+)\}/g, "…")}
              onChange={(reply) => change({ reply })}
            />
            <p className="text-12 text-faint">
              Press @ to insert what the answer gives. Left empty, it names the fields one after the
              other.
            </p>
          </div>
        </div>
      ) : null}
    </div>
  );
}

import { useQuery } from "@tanstack/react-query";
import { CheckCircle2, ChevronRight, OctagonPause } from "lucide-react";
import { call } from "@/api/client";
import type { LogEvent, ReplayDifference, Replayed } from "@/api/model";
import { ScreenError } from "@/frame/ScreenError";
import { cx } from "@/parts/class-names";
import { Dialog } from "@/parts/Dialog";
import { Skeleton } from "@/parts/Skeleton";
import { EventData } from "@/preview/EventData";
import { eventLook } from "@/preview/event-words";
import { count } from "@/task/words";

/** What the tasks as they stand now would do with the same messages. */
export function ReplayDialog({
  conversation,
  names,
  onClose,
}: {
  conversation: string;
  names: (id: string) => string;
  onClose: () => void;
}) {
  const { data, error, refetch } = useQuery({
    queryKey: ["replay", conversation],
    queryFn: () => call("replay_on_draft", { conversation }),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <Dialog
      open
      width={820}
      onClose={onClose}
      title="Replay on the draft"
      description="The same messages and answers, decided again by your tasks as they stand now. Nothing is sent, and nobody hears of it."
    >
      {error ? (
        <ScreenError error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton lines={3} />
      ) : data.difference ? (
        <Difference difference={data.difference} replayed={data} names={names} />
      ) : (
        <p className="flex items-center gap-2 rounded-lg border border-green-line bg-green-surface px-3 py-2.5 text-green">
          <CheckCircle2 size={16} className="shrink-0" aria-hidden />
          Your draft does the same, through all {count(data.inputs, "step")}.
        </p>
      )}
    </Dialog>
  );
}

function Difference({
  difference,
  replayed: { same, inputs },
  names,
}: {
  difference: ReplayDifference;
  replayed: Replayed;
  names: (id: string) => string;
}) {
  const { recorded, draft } = difference;
  return (
    <div className="flex flex-col gap-3">
      <HowFar same={same} inputs={inputs} />
      <div className="grid grid-cols-2 items-start gap-3 narrow:grid-cols-1">
        <Turn
          title="What happened"
          events={recorded}
          first={difference.recorded_at}
          names={names}
          nothing="Nothing more happened here."
        />
        <Turn
          title="What your draft would do"
          events={draft}
          first={difference.draft_at}
          names={names}
          nothing="Your draft would do nothing more here."
        />
      </div>
      <p className="flex items-start gap-2 rounded-lg bg-subtle px-3 py-2 text-12 text-muted">
        <OctagonPause size={14} className="mt-0.5 shrink-0" aria-hidden />
        <span>
          <span className="font-medium text-ink">The replay ends here.</span>{" "}
          {restWords(inputs - same - 1)}
          What your systems and the customer would answer to the draft is not known.
        </span>
      </p>
    </div>
  );
}

function restWords(rest: number): string {
  if (rest <= 0) return "";
  return `${count(rest, "step")} after it ${rest === 1 ? "was" : "were"} not replayed. `;
}

/** How much of the conversation comes out the same. */
function HowFar({ same, inputs }: { same: number; inputs: number }) {
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-13">
        <span className="font-medium">
          {same === 0
            ? "It differs from the first step on."
            : `Step ${same + 1} of ${inputs} differs.`}
        </span>{" "}
        {same === 0 ? null : (
          <span className="text-muted">
            {same === 1 ? "The step before it comes" : `The ${same} steps before it come`} out the
            same.
          </span>
        )}
      </p>
      <div aria-hidden className="flex h-1.5 gap-px overflow-hidden rounded-full bg-hover">
        <span style={{ width: `${(same / inputs) * 100}%`, background: "var(--chart-green)" }} />
        <span
          className="min-w-1"
          style={{ width: `${100 / inputs}%`, background: "var(--chart-amber)" }}
        />
      </div>
    </div>
  );
}

/** So many rows that are the same lead up to the difference. */
const before = 4;

function Turn({
  title,
  events,
  first,
  names,
  nothing,
}: {
  title: string;
  events: readonly LogEvent[];
  first: number;
  names: (id: string) => string;
  nothing: string;
}) {
  const rows = events.flatMap((event, at) => {
    const look = eventLook(event, names);
    return look ? [{ look, at, event }] : [];
  });
  const same = rows.filter(({ at }) => at < first).length;
  const hidden = Math.max(0, same - before);
  return (
    <section aria-label={title} className="min-w-0 overflow-hidden rounded-lg border border-line">
      <h3 className="border-b border-line bg-subtle px-3 py-1.5 text-12 font-medium text-muted">
        {title}
      </h3>
      <ol className="flex flex-col py-1">
        {hidden > 0 ? (
          <li className="px-3 py-1 text-12 text-faint">{hidden} more that are the same</li>
        ) : null}
        {rows.slice(hidden).map(({ look, at, event }) => (
          <li
            key={at}
            className={cx(
              "px-3 py-1 text-13",
              at < first && "text-faint",
              at === first && "bg-amber-surface",
            )}
          >
            <div className={cx("flex items-start gap-2", at === first && "font-medium text-amber")}>
              {at === first ? (
                <ChevronRight size={14} className="mt-0.5 shrink-0" aria-label="The difference:" />
              ) : (
                <look.Icon size={14} className="mt-0.5 shrink-0" aria-hidden />
              )}
              <span className="min-w-0 wrap-anywhere">{look.sentence}</span>
            </div>
            {at === first ? (
              <div className="pl-5.5">
                <EventData event={event} />
              </div>
            ) : null}
          </li>
        ))}
        {first >= events.length ? (
          <li className="bg-amber-surface px-3 py-1 text-13 font-medium text-amber">{nothing}</li>
        ) : null}
      </ol>
    </section>
  );
}

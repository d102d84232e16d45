import { useQuery } from "@tanstack/react-query";
import { CheckCircle2, ChevronRight } from "lucide-react";
import { call } from "@/api/client";
import type { LogEvent, ReplayDifference } from "@/api/model";
import { ScreenError } from "@/frame/ScreenError";
import { cx } from "@/parts/class-names";
import { Dialog } from "@/parts/Dialog";
import { Skeleton } from "@/parts/Skeleton";
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
        <Difference difference={data.difference} same={data.same} names={names} />
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
  same,
  names,
}: {
  difference: ReplayDifference;
  same: number;
  names: (id: string) => string;
}) {
  const { recorded, draft } = difference;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-13 text-muted">
        {same === 0
          ? "It differs from the beginning."
          : `The first ${count(same, "step")} come out the same. Then it differs:`}
      </p>
      <div className="grid grid-cols-2 gap-3 narrow:grid-cols-1">
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
      <p className="text-12 text-faint">
        What your systems and the customer would answer to that is not known, so the replay ends
        here.
      </p>
    </div>
  );
}

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
    return look ? [{ look, at }] : [];
  });
  return (
    <section aria-label={title} className="min-w-0 rounded-lg border border-line">
      <h3 className="border-b border-line px-3 py-1.5 text-12 font-medium text-muted">{title}</h3>
      <ol className="flex flex-col py-1">
        {rows.map(({ look, at }) => (
          <li
            key={at}
            className={cx(
              "flex items-start gap-2 px-3 py-1 text-13",
              at < first && "text-faint",
              at === first && "bg-amber-surface font-medium text-amber",
            )}
          >
            {at === first ? (
              <ChevronRight size={14} className="mt-0.5 shrink-0" aria-label="The difference" />
            ) : (
              <look.Icon size={14} className="mt-0.5 shrink-0" aria-hidden />
            )}
            <span className="min-w-0 wrap-anywhere">{look.sentence}</span>
          </li>
        ))}
        {first >= events.length ? (
          <li className="bg-amber-surface px-3 py-1 text-13 font-medium text-amber">{nothing}</li>
        ) : null}
      </ol>
    </section>
  );
}

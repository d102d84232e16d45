import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { call } from "@/api/client";
import { asHostError } from "@/api/host";
import type { LogEvent, SweepRow } from "@/api/model";
import { clockWords } from "@/frame/time-words";
import { cx } from "@/parts/class-names";
import { Skeleton } from "@/parts/Skeleton";
import { eventLook } from "@/preview/event-words";
import { useTaskDesk } from "../task-desk";
import { callFaultWords, faultWords } from "./sweep-words";

/** The conversation behind one row of the table, run again. */
export function SweepLog({ task, row }: { task: string; row: SweepRow }) {
  const { catalogue } = useTaskDesk();
  const names = useMemo(
    () => new Map(catalogue.actions.map((action) => [action.id, action.name])),
    [catalogue],
  );
  const nameOf = useCallback((id: string) => names.get(id) ?? "an action", [names]);
  const { target, fault, path } = row;
  const { data, error } = useQuery({
    queryKey: ["sweep_log", task, target, fault, path],
    queryFn: () => call("read_sweep", { task, target, fault, path: path ?? "" }),
    staleTime: 0,
    gcTime: 0,
  });
  const words = (target.type === "webhook" ? callFaultWords : faultWords)[fault];
  return (
    <div className="flex flex-col gap-2">
      <p className="text-12 text-muted">
        {target.name}: {words.charAt(0).toLowerCase() + words.slice(1)}. The conversation is “{path}
        ”.
      </p>
      {error ? <p className="text-red">{asHostError(error).message}</p> : null}
      {!data && !error ? <Skeleton lines={8} className="p-0!" /> : null}
      {data ? (
        <ol aria-label="Event log" className="flex flex-col rounded-lg border border-line py-1.5">
          {data.map((event) => (
            <Line key={event.seq} event={event} nameOf={nameOf} />
          ))}
        </ol>
      ) : null}
    </div>
  );
}

function Line({ event, nameOf }: { event: LogEvent; nameOf: (id: string) => string }) {
  const look = eventLook(event, nameOf);
  if (!look) return null;
  return (
    <li className="flex items-start gap-2 px-3 py-1 text-13">
      <span className="tabular w-16 shrink-0 text-12 leading-5 text-faint">
        {clockWords(event.at)}
      </span>
      <look.Icon
        size={14}
        aria-hidden
        className={cx(
          "mt-[3px] shrink-0",
          look.tone === "bad" ? "text-red" : look.tone === "warn" ? "text-amber" : "text-muted",
        )}
      />
      <span
        className={cx(
          "min-w-0 flex-1 leading-5 wrap-anywhere",
          look.tone === "customer" && "font-medium",
        )}
      >
        {look.sentence}
      </span>
    </li>
  );
}

import { useQuery } from "@tanstack/react-query";
import { ArrowDownLeft, ArrowUpRight } from "lucide-react";
import type { TrafficEntry } from "@/api/model";
import { clockWords } from "@/frame/time-words";
import { Badge } from "@/parts/Badge";
import { Fold } from "@/parts/Fold";
import { Card } from "./Card";
import { trafficQuery } from "./channel-queries";
import { Code, pretty } from "./Code";

/** Rows that are drawn; older ones are of no use to whoever watches. */
const drawn = 100;

/** What goes over the channel, as it goes. */
export function TrafficCard() {
  const { data, error } = useQuery(trafficQuery);
  const all = data ?? [];
  const entries = all.slice(0, drawn);
  return (
    <Card
      title="Traffic"
      hint="What went over the channel since Taskwright was started, the latest first. Sensitive values are masked."
    >
      {error ? <p className="text-12 text-red">{error.message}</p> : null}
      {data && entries.length === 0 ? (
        <p className="text-12 text-faint">Nothing yet. Send the first call to see it here.</p>
      ) : null}
      {entries.length > 0 ? (
        <ul aria-label="Traffic" className="flex flex-col divide-y divide-line">
          {entries.map((entry) => (
            <Entry key={entry.number} entry={entry} />
          ))}
        </ul>
      ) : null}
      {all.length > drawn ? (
        <p className="text-12 text-faint">
          The latest {drawn} of {all.length} that are kept.
        </p>
      ) : null}
    </Card>
  );
}

function Entry({ entry }: { entry: TrafficEntry }) {
  const Icon = entry.way === "in" ? ArrowDownLeft : ArrowUpRight;
  const good = entry.status !== null && entry.status < 300;
  return (
    <li className="py-0.5">
      <Fold
        title={
          <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-0.5 font-normal">
            <span className="tabular text-12 text-faint">{clockWords(entry.at)}</span>
            <Icon
              size={13}
              role="img"
              aria-label={entry.way === "in" ? "In" : "Out"}
              className="text-muted"
            />
            <code className="font-mono text-12">{entry.what}</code>
            <span className="min-w-0 text-12 text-muted wrap-anywhere">
              {entry.external_conversation_id}
            </span>
            <Badge tone={good ? "green" : "red"}>{entry.status ?? "No answer"}</Badge>
            <span className="tabular text-12 text-faint">{entry.ms} ms</span>
          </span>
        }
      >
        <div className="flex flex-col gap-1.5 pb-2 pl-5">
          <span className="text-12 text-muted">Sent</span>
          <Code text={pretty(entry.sent)} label="Sent" />
          {entry.answer === null || entry.answer === "" ? null : (
            <>
              <span className="text-12 text-muted">Answer</span>
              <Code text={pretty(entry.answer)} label="Answer" />
            </>
          )}
        </div>
      </Fold>
      {entry.error ? (
        <p className="pb-1 pl-5 text-12 text-red wrap-anywhere">{entry.error}</p>
      ) : null}
    </li>
  );
}

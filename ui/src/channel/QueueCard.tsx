import { useQuery } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { call } from "@/api/client";
import type { ChannelView, QueueRow } from "@/api/model";
import { tellProblem } from "@/frame/problem-toast";
import { timeAgo } from "@/frame/time-words";
import { Badge } from "@/parts/Badge";
import { Button } from "@/parts/Button";
import { Fold } from "@/parts/Fold";
import { notify } from "@/parts/toast";
import { Card } from "./Card";
import { queueQuery, rereadChannel } from "./channel-queries";
import { Code, pretty } from "./Code";

/** What your app was not told yet. */
export function QueueCard({ channel }: { channel: ChannelView }) {
  const { data, error } = useQuery(queueQuery);
  const rows = data ?? [];
  const { waiting, failing, given_up } = channel;
  const counts = [
    waiting === 0 ? null : `${waiting} ${waiting === 1 ? "event waits" : "events wait"}`,
    failing === 0 ? null : `${failing} tried before`,
    given_up === 0 ? null : `${given_up} given up after 24 hours`,
  ].filter((words) => words !== null);
  return (
    <Card
      title="Queue"
      hint={counts.length === 0 ? "Your app was told everything." : `${counts.join(", ")}.`}
    >
      {error ? <p className="text-12 text-red">{error.message}</p> : null}
      {rows.length > 0 ? (
        <ul className="flex flex-col divide-y divide-line">
          {rows.map((row) => (
            <Row key={row.delivery} row={row} />
          ))}
        </ul>
      ) : null}
    </Card>
  );
}

function Row({ row }: { row: QueueRow }) {
  const { conversation, seq, part } = row;
  const resend = async () => {
    try {
      await call("resend_event", { conversation, seq, part });
      await rereadChannel();
      notify({ title: "It is sent now" });
    } catch (thrown) {
      tellProblem(thrown);
    }
  };
  return (
    <li className="py-1">
      <Fold
        title={
          <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-0.5 font-normal">
            <code className="font-mono text-12">{row.event_type}</code>
            <span className="text-12 text-muted wrap-anywhere">{row.external_conversation_id}</span>
            <span className="text-12 text-faint">{timeAgo(row.made_at)}</span>
            {row.given_up ? (
              <Badge tone="red">Given up</Badge>
            ) : row.attempts > 0 ? (
              <Badge tone="amber">{tried(row.attempts)}</Badge>
            ) : null}
          </span>
        }
        aside={
          <Button size="sm" icon={<RotateCw size={12} aria-hidden />} onClick={() => void resend()}>
            Resend
          </Button>
        }
      >
        <Code text={pretty(row.body)} label={`What ${row.delivery} says`} />
      </Fold>
      {row.error ? <p className="pl-5 text-12 text-red wrap-anywhere">{row.error}</p> : null}
    </li>
  );
}

const tried = (attempts: number): string =>
  attempts === 1 ? "Tried once" : `Tried ${attempts} times`;

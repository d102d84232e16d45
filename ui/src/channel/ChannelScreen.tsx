import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ScreenError } from "@/frame/ScreenError";
import { ScreenHeader } from "@/frame/ScreenHeader";
import { Badge } from "@/parts/Badge";
import { Skeleton } from "@/parts/Skeleton";
import { CallbackCard } from "./CallbackCard";
import { channelQuery } from "./channel-queries";
import { KeyCard } from "./KeyCard";
import { QueueCard } from "./QueueCard";
import { Snippets } from "./Snippets";
import { SwitchCard } from "./SwitchCard";
import { TrafficCard } from "./TrafficCard";

/** The custom channel: how your app reaches the assistant, and what goes to and fro. */
export function ChannelScreen() {
  const { data, error, refetch } = useQuery(channelQuery);
  const [key, setKey] = useState<string | null>(null);
  return (
    <>
      <ScreenHeader
        title="Channel"
        aside={
          data ? (
            data.paused ? (
              <Badge tone="amber">Paused</Badge>
            ) : (
              <Badge tone={data.on ? "green" : "neutral"}>{data.on ? "On" : "Off"}</Badge>
            )
          ) : null
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto bg-canvas">
        <div className="mx-auto flex max-w-3xl flex-col gap-4 px-6 py-6 narrow:px-3 narrow:py-4">
          {error ? <ScreenError error={error} onRetry={() => void refetch()} /> : null}
          {!data && !error ? <Skeleton /> : null}
          {data ? (
            <>
              <SwitchCard channel={data} onKey={setKey} />
              <KeyCard channel={data} fresh={key} onKey={setKey} />
              <CallbackCard channel={data} />
              <Snippets base={data.server.base_url ?? "http://127.0.0.1:4817"} />
              <QueueCard channel={data} />
              <TrafficCard />
            </>
          ) : null}
        </div>
      </div>
    </>
  );
}

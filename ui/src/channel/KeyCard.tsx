import { KeyRound, RotateCw } from "lucide-react";
import { useState } from "react";
import { call } from "@/api/client";
import type { ChannelView } from "@/api/model";
import { tellProblem } from "@/frame/problem-toast";
import { timeAgo } from "@/frame/time-words";
import { Button } from "@/parts/Button";
import { CopyButton } from "@/parts/CopyButton";
import { Dialog } from "@/parts/Dialog";
import { Card } from "./Card";
import { rereadChannel } from "./channel-queries";

/** The key that lets your app in: shown once, and replaced by another one. */
export function KeyCard({
  channel,
  fresh,
  onKey,
}: {
  channel: ChannelView;
  /** A key that was just made; nobody sees it again once this page is left. */
  fresh: string | null;
  onKey: (key: string | null) => void;
}) {
  const [asking, setAsking] = useState(false);
  const make = async () => {
    setAsking(false);
    try {
      onKey((await call("make_channel_key", {})).key);
      await rereadChannel();
    } catch (thrown) {
      tellProblem(thrown);
    }
  };
  const { key } = channel;
  return (
    <Card
      title="Key"
      hint="Your app sends it with every event. Only a hash of it is kept here."
      aside={
        <Button
          icon={key ? <RotateCw size={13} aria-hidden /> : <KeyRound size={13} aria-hidden />}
          onClick={() => (key ? setAsking(true) : void make())}
        >
          {key ? "Replace the key" : "Make a key"}
        </Button>
      }
    >
      {fresh ? (
        <div className="flex flex-col gap-1.5 rounded-md border border-amber-line bg-amber-surface px-3 py-2.5">
          <p className="text-12 text-amber">
            Copy it now: it is shown this once. Your engineers keep it as a secret of your app.
          </p>
          <div className="flex items-center gap-1">
            <code className="min-w-0 flex-1 font-mono text-12 wrap-anywhere select-all">
              {fresh}
            </code>
            <CopyButton iconOnly look="quiet" size="sm" text={fresh} label="Copy the key" />
          </div>
          <div>
            <Button size="sm" onClick={() => onKey(null)}>
              I have copied it
            </Button>
          </div>
        </div>
      ) : (
        <p className="text-13">
          {key ? (
            <>
              Ends in <code className="font-mono text-12">{key.ends_in}</code>, made{" "}
              {timeAgo(key.made_at)}.
            </>
          ) : (
            "There is none yet. One is made when the channel is turned on."
          )}
        </p>
      )}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title="Replace the key?"
        description="The old key stops working at once. Until your app has the new one, its events are refused and its clients try again."
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Keep the old one</Button>
            <Button look="danger" data-first onClick={() => void make()}>
              Replace it
            </Button>
          </>
        }
      />
    </Card>
  );
}

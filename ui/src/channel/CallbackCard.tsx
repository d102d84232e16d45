import { CircleAlert, CircleCheck, Pause, Send } from "lucide-react";
import { useState } from "react";
import { call } from "@/api/client";
import type { ChannelView, TestEventResult } from "@/api/model";
import { tellProblem } from "@/frame/problem-toast";
import { Button } from "@/parts/Button";
import { LineForm } from "@/parts/LineForm";
import { notify } from "@/parts/toast";
import { Card } from "./Card";
import { rereadChannel, saveChannel } from "./channel-queries";
import { SigningSecret } from "./SigningSecret";

/** Where your app is told what happens. */
export function CallbackCard({ channel }: { channel: ChannelView }) {
  const [tested, setTested] = useState<TestEventResult | null>(null);
  const [testing, setTesting] = useState(false);
  const test = async () => {
    setTesting(true);
    setTested(null);
    try {
      setTested(await call("send_test_event", {}));
    } catch (thrown) {
      tellProblem(thrown);
    } finally {
      setTesting(false);
    }
  };
  return (
    <Card
      title="Where your app is told"
      hint="Everything that happens in a conversation is posted here, in order, and again until it has arrived."
      aside={
        <Button
          icon={<Send size={13} aria-hidden />}
          disabled={!channel.callback_url || testing}
          onClick={() => void test()}
        >
          {testing ? "Sending…" : "Send test event"}
        </Button>
      }
    >
      {channel.paused ? <Paused why={channel.paused.why} /> : null}
      <Address key={channel.callback_url} channel={channel} />
      <Token key={String(channel.token?.allowed)} channel={channel} />
      <SigningSecret />
      <div role="status" className="empty:hidden">
        {tested ? (
          <p
            className={
              tested.arrived
                ? "flex items-start gap-1.5 text-12 text-green"
                : "flex items-start gap-1.5 text-12 text-red"
            }
          >
            {tested.arrived ? (
              <CircleCheck size={13} aria-hidden className="mt-0.5 shrink-0" />
            ) : (
              <CircleAlert size={13} aria-hidden className="mt-0.5 shrink-0" />
            )}
            <span className="wrap-anywhere">
              {tested.arrived ? "The test event has arrived." : tested.error}
            </span>
          </p>
        ) : null}
      </div>
    </Card>
  );
}

const resume = () => call("resume_channel", {}).then(rereadChannel).catch(tellProblem);

function Paused({ why }: { why: string }) {
  return (
    <div className="flex items-center gap-3 rounded-md border border-amber-line bg-amber-surface px-3 py-2 narrow:flex-wrap">
      <Pause size={14} aria-hidden className="shrink-0 text-amber" />
      <p className="min-w-0 flex-1 text-12 wrap-anywhere narrow:basis-48">
        Nothing is sent: {why} What happens meanwhile waits in the queue.
      </p>
      <Button size="sm" onClick={() => void resume()}>
        Send again
      </Button>
    </div>
  );
}

function Address({ channel }: { channel: ChannelView }) {
  return (
    <LineForm
      label="Callback URL"
      button="Save the address"
      before={channel.callback_url ?? ""}
      placeholder="https://app.example.com/assistant-events"
      {...(channel.callback_local ? { hint: "It is on this computer or in its network." } : {})}
      onSave={async (url) => {
        await saveChannel(channel, { callback_url: url || null });
        notify({ title: "Saved" });
      }}
    />
  );
}

function Token({ channel: { token: kept, callback_url } }: { channel: ChannelView }) {
  const hint = kept
    ? kept.allowed
      ? `One is kept as the secret ${kept.secret} and sent as “Authorization: Bearer …”.`
      : `The secret ${kept.secret} may not be sent to this address yet. Set it again to allow it.`
    : "Sent as “Authorization: Bearer …”, where your app asks for one. It is kept with the other secrets.";
  return (
    <LineForm
      label="Token"
      optional
      secret
      button="Keep the token"
      hint={hint}
      placeholder={kept ? "••••••••" : ""}
      // A token is kept for one address.
      ready={!!callback_url}
      onSave={async (token) => {
        await call("save_channel_token", { token });
        await rereadChannel();
        notify({ title: "The token is kept" });
      }}
    />
  );
}

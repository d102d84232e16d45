import { CircleAlert, CircleCheck, Pause, Send } from "lucide-react";
import { useState } from "react";
import { call } from "@/api/client";
import { asHostError } from "@/api/host";
import type { ChannelView, TestEventResult } from "@/api/model";
import { tellProblem } from "@/frame/problem-toast";
import { Button } from "@/parts/Button";
import { Field, Input } from "@/parts/Field";
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
  const [url, setUrl] = useState(channel.callback_url ?? "");
  const [refused, setRefused] = useState<string | null>(null);
  const same = url.trim() === (channel.callback_url ?? "");
  const save = async () => {
    setRefused(null);
    try {
      await saveChannel(channel, { callback_url: url.trim() || null });
      notify({ title: "Saved" });
    } catch (thrown) {
      setRefused(asHostError(thrown).message);
    }
  };
  return (
    <form
      className="flex items-start gap-3 narrow:flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label="Callback URL"
        className="min-w-0 flex-1 narrow:w-full"
        problem={refused}
        hint={channel.callback_local ? "It is on this computer or in its network." : undefined}
      >
        {(ids) => (
          <Input
            {...ids}
            placeholder="https://app.example.com/assistant-events"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" disabled={same} className="mt-5.5 narrow:mt-0">
        Save the address
      </Button>
    </form>
  );
}

function Token({ channel }: { channel: ChannelView }) {
  const [token, setToken] = useState("");
  const [refused, setRefused] = useState<string | null>(null);
  const save = async () => {
    setRefused(null);
    try {
      await call("save_channel_token", { token });
      setToken("");
      await rereadChannel();
      notify({ title: "The token is kept" });
    } catch (thrown) {
      setRefused(asHostError(thrown).message);
    }
  };
  const kept = channel.token;
  const hint = kept
    ? kept.allowed
      ? `One is kept as the secret ${kept.secret} and sent as “Authorization: Bearer …”.`
      : `The secret ${kept.secret} may not be sent to this address yet. Set it again to allow it.`
    : "Sent as “Authorization: Bearer …”, where your app asks for one. It is kept with the other secrets.";
  return (
    <form
      autoComplete="off"
      className="flex items-start gap-3 narrow:flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label="Token"
        optional
        className="min-w-0 flex-1 narrow:w-full"
        problem={refused}
        hint={hint}
      >
        {(ids) => (
          <Input
            {...ids}
            type="password"
            autoComplete="new-password"
            spellCheck={false}
            placeholder={kept ? "••••••••" : ""}
            value={token}
            onChange={(event) => setToken(event.target.value)}
          />
        )}
      </Field>
      <Button
        type="submit"
        disabled={token.trim() === "" || !channel.callback_url}
        className="mt-5.5 narrow:mt-0"
      >
        Keep the token
      </Button>
    </form>
  );
}

import { CircleAlert } from "lucide-react";
import { useState } from "react";
import { call } from "@/api/client";
import type { ChannelView, ServerState } from "@/api/model";
import { tellProblem } from "@/frame/problem-toast";
import { CopyButton } from "@/parts/CopyButton";
import { Field, Input } from "@/parts/Field";
import { Select } from "@/parts/Select";
import { Switch } from "@/parts/Switch";
import { ServerForm } from "@/webhooks/ServerForm";
import { localOnly, serverWords } from "@/webhooks/webhook-queries";
import { Card } from "./Card";
import { rereadChannel, saveChannel } from "./channel-queries";

const systems = [
  { value: "live", label: "Real system", hint: "Changes are real: refunds will be issued." },
  { value: "test", label: "Test system" },
  { value: "sample", label: "Sample answers", hint: "Nothing leaves Taskwright." },
] as const;

/** On or off, where it listens, and which systems its conversations reach. */
export function SwitchCard({
  channel,
  onKey,
}: {
  channel: ChannelView;
  /** A key was made on the way: it is shown this once. */
  onKey: (key: string) => void;
}) {
  const [busy, setBusy] = useState(false);
  const turn = async (on: boolean) => {
    setBusy(true);
    try {
      if (on && !channel.key) onKey((await call("make_channel_key", {})).key);
      await saveChannel(channel, { on });
    } catch (thrown) {
      tellProblem(thrown);
    } finally {
      setBusy(false);
    }
  };
  const { server } = channel;
  return (
    <Card
      title="Your app talks with the assistant"
      hint="Your app sends what customers write, and is told what the assistant says. Customers never leave your app."
    >
      <Switch
        label={channel.on ? "The channel is on" : "The channel is off"}
        hint={channel.on ? standing(server.state) : "Nothing is taken and nothing is sent."}
        checked={channel.on}
        onChange={(on) => {
          if (!busy) void turn(on);
        }}
      />
      {server.state.type === "failed" && channel.on ? (
        <p role="alert" className="flex items-start gap-1.5 text-12 text-red">
          <CircleAlert size={13} aria-hidden className="mt-0.5 shrink-0" /> {server.state.why}
        </p>
      ) : null}
      {server.base_url ? (
        <Field
          label="Base URL"
          hint={
            server.local_only ? <LocalOnly /> : "Your engineers give it to the client as baseUrl."
          }
        >
          {(ids) => (
            <div className="flex items-center gap-1">
              <Input
                {...ids}
                readOnly
                value={server.base_url ?? ""}
                className="font-mono text-12!"
              />
              <CopyButton
                iconOnly
                look="quiet"
                text={server.base_url ?? ""}
                label="Copy the base URL"
              />
            </div>
          )}
        </Field>
      ) : null}
      <ServerForm
        key={`${server.settings.port} ${server.settings.public_url} ${server.settings.open_to_network}`}
        server={server}
        onSaved={rereadChannel}
      />
      <div className="flex flex-col gap-1">
        <span className="text-12 font-medium text-muted" id="channel-calls">
          Its conversations reach
        </span>
        <Select
          label="Its conversations reach"
          value={channel.calls}
          choices={systems}
          onChange={(calls) => void saveChannel(channel, { calls }).catch(tellProblem)}
          className="w-56"
        />
      </div>
    </Card>
  );
}

/** A server that failed says why below, where it is seen. */
const standing = (state: ServerState): string =>
  state.type === "failed" ? "It cannot listen." : serverWords(state);

function LocalOnly() {
  return (
    <span className="inline-flex items-start gap-1.5 text-amber">
      <CircleAlert size={13} aria-hidden className="mt-0.5 shrink-0" />
      <span>{localOnly("Your app on another machine")}</span>
    </span>
  );
}

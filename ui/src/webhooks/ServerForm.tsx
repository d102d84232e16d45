import { useState } from "react";
import { call, queries } from "@/api/client";
import { asHostError } from "@/api/host";
import type { WebhookServerView } from "@/api/model";
import { Button } from "@/parts/Button";
import { Field, Input } from "@/parts/Field";
import { Switch } from "@/parts/Switch";
import { notify } from "@/parts/toast";
import { webhookServerQuery } from "./webhook-queries";

const publicUrl = "/settings/public_url";

/** Where this computer listens and how the outside reaches it: one server takes webhooks and the events of your app. */
export function ServerForm({
  server: { settings },
  onSaved,
}: {
  server: WebhookServerView;
  /** Whoever shows it knows what else is to be read again. */
  onSaved?: () => Promise<unknown>;
}) {
  const [port, setPort] = useState(String(settings.port));
  const [url, setUrl] = useState(settings.public_url ?? "");
  const [open, setOpen] = useState(settings.open_to_network);
  const [refused, setRefused] = useState<{ field: string; message: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const next = { port: Number(port), open_to_network: open, public_url: url.trim() || null };
  const wrongPort = !/^\d{1,5}$/.test(port.trim()) || next.port > 65_535;
  const same =
    next.port === settings.port &&
    open === settings.open_to_network &&
    next.public_url === settings.public_url;
  const save = async () => {
    setBusy(true);
    setRefused(null);
    try {
      await call("save_webhook_server", { settings: next });
      await Promise.all([
        queries.invalidateQueries({ queryKey: webhookServerQuery.queryKey }),
        onSaved?.(),
      ]);
      notify({ title: "Saved" });
    } catch (thrown) {
      const { field, message } = asHostError(thrown);
      setRefused({ field: field ?? "", message });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="flex items-start gap-3 narrow:flex-col">
        <Field
          label="Public address"
          optional
          className="min-w-0 flex-1 narrow:w-full"
          hint="How the outside reaches this computer, for example through a tunnel. Every address that is shown begins with it."
          problem={refused?.field === publicUrl ? refused.message : undefined}
        >
          {(ids) => (
            <Input
              {...ids}
              placeholder="https://assistant.example.com"
              spellCheck={false}
              value={url}
              onChange={(event) => setUrl(event.target.value)}
            />
          )}
        </Field>
        <Field
          label="Port"
          className="w-40"
          hint="0 takes a free one."
          problem={wrongPort ? "A port is a number from 0 to 65535." : undefined}
        >
          {(ids) => (
            <Input
              {...ids}
              inputMode="numeric"
              value={port}
              onChange={(event) => setPort(event.target.value)}
              className="tabular"
            />
          )}
        </Field>
      </div>
      <div className="flex items-start gap-3 narrow:flex-col">
        <div className="min-w-0 flex-1">
          <Switch
            label="Other computers of the network may call"
            checked={open}
            onChange={setOpen}
          />
        </div>
        <Button type="submit" disabled={busy || wrongPort || same}>
          Save
        </Button>
      </div>
      {refused && refused.field !== publicUrl ? (
        <p role="alert" className="text-12 text-red">
          {refused.message}
        </p>
      ) : null}
    </form>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call, queries } from "@/api/client";
import { asHostError } from "@/api/host";
import type { WebhookServerView, WebhookSettings } from "@/api/model";
import { ScreenError } from "@/frame/ScreenError";
import { Button } from "@/parts/Button";
import { Field, Input } from "@/parts/Field";
import { Skeleton } from "@/parts/Skeleton";
import { Switch } from "@/parts/Switch";
import { notify } from "@/parts/toast";
import { ServerLine } from "@/webhooks/ServerLine";
import { webhookServerQuery } from "@/webhooks/webhook-queries";

/** Where other systems call back: the server of this computer, and how the outside reaches it. */
export function WebhooksPage() {
  const { data, error, refetch } = useQuery(webhookServerQuery);
  if (error) return <ScreenError error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton />;
  return (
    <section aria-label="Webhooks" className="flex flex-col gap-4">
      <div>
        <h2 className="text-15 font-semibold">Webhooks</h2>
        <p className="text-12 text-muted">
          Tasks that wait for another system are called back here. Nothing listens before something
          needs it.
        </p>
      </div>
      <div className="flex flex-col gap-1.5 rounded-lg border border-line bg-surface px-4 py-3">
        <ServerLine server={data} linked={false} />
        {data.because ? <p className="text-12 text-faint">{data.because}</p> : null}
      </div>
      <ServerForm server={data} />
    </section>
  );
}

function ServerForm({ server }: { server: WebhookServerView }) {
  const { settings } = server;
  const [port, setPort] = useState(String(settings.port));
  const [url, setUrl] = useState(settings.public_url ?? "");
  const [open, setOpen] = useState(settings.open_to_network);
  const [refused, setRefused] = useState<{ field: string; message: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const number = Number(port);
  const wrongPort = !/^\d{1,5}$/.test(port.trim()) || number > 65_535;
  const save = async () => {
    const next: WebhookSettings = { port: number, open_to_network: open, public_url: url || null };
    setBusy(true);
    setRefused(null);
    try {
      await call("save_webhook_server", { settings: next });
      await queries.invalidateQueries({ queryKey: webhookServerQuery.queryKey });
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
      className="flex flex-col gap-3 rounded-lg border border-line bg-surface px-4 py-3.5"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field
        label="Public address"
        optional
        hint="How the outside reaches this computer, for example through a tunnel. Every address that is shown begins with it."
        problem={refused?.field === "/settings/public_url" ? refused.message : undefined}
      >
        {(ids) => (
          <Input
            {...ids}
            placeholder="https://hooks.example.com"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="Port"
        hint="A free one is taken where it is 0."
        problem={wrongPort ? "A port is a number from 0 to 65535." : undefined}
      >
        {(ids) => (
          <Input
            {...ids}
            inputMode="numeric"
            value={port}
            onChange={(event) => setPort(event.target.value)}
            className="tabular w-28!"
          />
        )}
      </Field>
      <Switch label="Other computers of the network may call" checked={open} onChange={setOpen} />
      {refused && refused.field !== "/settings/public_url" ? (
        <p role="alert" className="text-12 text-red">
          {refused.message}
        </p>
      ) : null}
      <div className="flex justify-end">
        <Button look="primary" type="submit" disabled={busy || wrongPort}>
          Save
        </Button>
      </div>
    </form>
  );
}

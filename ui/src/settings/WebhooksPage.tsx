import { useQuery } from "@tanstack/react-query";
import { ScreenError } from "@/frame/ScreenError";
import { Skeleton } from "@/parts/Skeleton";
import { ServerForm } from "@/webhooks/ServerForm";
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
      <div className="rounded-lg border border-line bg-surface px-4 py-3.5">
        <ServerForm
          key={`${data.settings.port} ${data.settings.public_url} ${data.settings.open_to_network}`}
          server={data}
        />
      </div>
    </section>
  );
}

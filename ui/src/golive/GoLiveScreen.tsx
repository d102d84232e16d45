import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { CheckCircle2, Circle, CircleDashed, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { connectionsQuery } from "@/actions/action-queries";
import { channelQuery } from "@/channel/channel-queries";
import { ScreenError } from "@/frame/ScreenError";
import { ScreenHeader } from "@/frame/ScreenHeader";
import { Button } from "@/parts/Button";
import { CopyButton } from "@/parts/CopyButton";
import { later } from "@/parts/Later";
import { Skeleton } from "@/parts/Skeleton";
import { secretsQuery } from "@/settings/secrets/secret-queries";
import { tasksQuery } from "@/task/task-queries";
import { webhookServerQuery } from "@/webhooks/webhook-queries";
import { ways, type Step, type StepLead, type Way } from "./checklist";

const ExportDialog = later(async () => (await import("@/bundle/ExportDialog")).ExportDialog);

/** The ways from here to customers, each with what is done and what is left to do. */
export function GoLiveScreen() {
  const tasks = useQuery(tasksQuery);
  const connections = useQuery(connectionsQuery);
  const secrets = useQuery(secretsQuery);
  const server = useQuery(webhookServerQuery);
  const channel = useQuery(channelQuery);
  const [exporting, setExporting] = useState(false);
  const go = useNavigate();
  const all = [tasks, connections, secrets, server, channel];
  const failed = all.find(({ error }) => error);
  const follow = (to: StepLead) => {
    switch (to) {
      case "tasks":
        return void go({ to: "/tasks" });
      case "actions":
        return void go({ to: "/actions" });
      case "channel":
        return void go({ to: "/channel" });
      case "export":
        return setExporting(true);
      default:
        return void go({ to: "/settings/$page", params: { page: to } });
    }
  };
  return (
    <>
      <ScreenHeader title="Go live" />
      <div className="min-h-0 flex-1 overflow-y-auto bg-canvas">
        <div className="mx-auto flex max-w-3xl flex-col gap-4 px-6 py-6 narrow:px-3 narrow:py-4">
          <p className="text-15">
            Customers reach this assistant through your own app. Give engineers the bundle, run it
            on a server, or connect your app to this computer.
          </p>
          {failed ? (
            <ScreenError error={failed.error} onRetry={() => void failed.refetch()} />
          ) : tasks.data && connections.data && secrets.data && server.data && channel.data ? (
            ways({
              tasks: tasks.data,
              connections: connections.data,
              secrets: secrets.data.rows,
              server: server.data,
              channel: channel.data,
            }).map((way) => <WayCard key={way.id} way={way} onLead={follow} />)
          ) : (
            <Skeleton lines={8} />
          )}
        </div>
      </div>
      {exporting ? (
        <ExportDialog.Component
          chosen={(tasks.data ?? []).map(({ id }) => id)}
          onClose={() => setExporting(false)}
        />
      ) : null}
    </>
  );
}

/** What this computer can see of the steps, and how many it cannot. */
function doneWords({ steps }: Way): string {
  const seen = steps.filter(({ done }) => done !== null);
  const done = `${seen.filter((step) => step.done).length} of ${seen.length} done`;
  const rest = steps.length - seen.length;
  return rest === 0 ? done : `${done}, ${rest} left to you`;
}

function WayCard({ way, onLead }: { way: Way; onLead: (to: StepLead) => void }) {
  return (
    <section
      aria-label={way.title}
      className="rounded-lg border border-line bg-surface px-4 py-3.5"
    >
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h2 className="text-15 font-semibold">{way.title}</h2>
        <span className="tabular text-12 text-faint">{doneWords(way)}</span>
      </div>
      <p className="text-13 text-muted">{way.words}</p>
      <ol className="mt-3 flex flex-col divide-y divide-line border-t border-line">
        {way.steps.map((step) => (
          <StepRow key={step.id} step={step} onLead={onLead} />
        ))}
      </ol>
    </section>
  );
}

function StepRow({ step, onLead }: { step: Step; onLead: (to: StepLead) => void }) {
  const { lead, copy, mark } = step;
  return (
    <li className="flex gap-2.5 py-2.5">
      <Mark done={step.done} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-start gap-x-3 gap-y-1.5">
          <div className="min-w-56 flex-1">
            <p className="font-medium">{step.title}</p>
            <p className="text-12 wrap-anywhere text-muted">{step.words}</p>
          </div>
          <div className="flex flex-wrap gap-1.5">
            {copy ? <CopyButton text={copy.text} label={copy.label} size="sm" /> : null}
            {lead ? (
              <Button size="sm" onClick={() => onLead(lead.to)}>
                {lead.label}
              </Button>
            ) : null}
          </div>
        </div>
        {copy ? (
          <pre
            // It scrolls sideways where it is long.
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
            aria-label={step.title}
            className="mt-2 overflow-x-auto rounded-md bg-subtle px-3 py-2 font-mono text-12"
          >
            {copy.text}
          </pre>
        ) : null}
        {mark ? (
          <p className="mt-2 flex items-start gap-2 rounded-md border border-amber-line bg-amber-surface px-2.5 py-1.5 text-12 text-amber">
            <TriangleAlert size={14} className="mt-0.5 shrink-0" aria-hidden /> {mark}
          </p>
        ) : null}
      </div>
    </li>
  );
}

function Mark({ done }: { done: boolean | null }) {
  const look = "mt-0.5 shrink-0";
  if (done === null)
    return <CircleDashed size={16} className={`${look} text-faint`} aria-label="For you to do" />;
  return done ? (
    <CheckCircle2 size={16} className={`${look} text-green`} aria-label="Done" />
  ) : (
    <Circle size={16} className={`${look} text-amber`} aria-label="Not done yet" />
  );
}

import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { Plug, ShieldCheck } from "lucide-react";
import { useId, useState } from "react";
import { connectionsQuery } from "@/actions/action-queries";
import { call, queries } from "@/api/client";
import { asHostError } from "@/api/host";
import type { Addresses, ConnectionRow, Inside } from "@/api/model";
import { ScreenError } from "@/frame/ScreenError";
import { Badge } from "@/parts/Badge";
import { Button } from "@/parts/Button";
import { EmptyState } from "@/parts/EmptyState";
import { Field, Input } from "@/parts/Field";
import { Skeleton } from "@/parts/Skeleton";
import { notify } from "@/parts/toast";
import { count } from "@/task/words";
import { ProxyGroup } from "./ProxyGroup";

/** Where the real calls of actions go: addresses of this computer, confirmed for several actions at once. */
export function ConnectionsPage() {
  const { data, error, refetch } = useQuery(connectionsQuery);
  if (error) return <ScreenError error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton />;
  return (
    <section aria-label="Connections" className="flex flex-col gap-4">
      <div>
        <h2 className="text-15 font-semibold">Connections</h2>
        <p className="text-12 text-muted">
          Where actions really call. These addresses belong to this computer: no bundle takes them
          along. An action without one answers with its samples.
        </p>
      </div>
      {data.length === 0 ? (
        <EmptyState icon={<Plug size={20} />} title="No actions yet">
          Add an action to a task; then you say here where it calls.
        </EmptyState>
      ) : (
        <ConnectionForm rows={data} />
      )}
      <ProxyGroup />
    </section>
  );
}

function ConnectionForm({ rows }: { rows: ConnectionRow[] }) {
  const { action: asked } = useSearch({ from: "/settings/$page" });
  const [start] = useState(() => startOf(rows, asked));
  const [chosen, setChosen] = useState(start.chosen);
  const [live, setLive] = useState(start.addresses.live ?? "");
  const [test, setTest] = useState(start.addresses.test ?? "");
  const [inside, setInside] = useState(start.inside);
  const [refused, setRefused] = useState<{ field: string; message: string } | null>(null);
  const [busy, setBusy] = useState(false);

  const toggle = (action: string) => {
    const next = new Set(chosen);
    if (!next.delete(action)) next.add(action);
    setChosen(next);
  };
  const confirm = async () => {
    setBusy(true);
    setRefused(null);
    try {
      await call("save_connections", { actions: [...chosen], addresses: { live, test }, inside });
      await queries.invalidateQueries();
      notify({ title: `Confirmed for ${count(chosen.size, "action")}` });
    } catch (thrown) {
      const { field, message } = asHostError(thrown);
      setRefused({ field: field ?? "", message });
    } finally {
      setBusy(false);
    }
  };
  const errorAt = (field: string) => (refused?.field === field ? refused.message : undefined);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void confirm();
      }}
    >
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {rows.map((row) => (
          <li
            key={row.action}
            ref={row.action === asked ? showRow : null}
            aria-current={row.action === asked || undefined}
            className="scroll-my-4 first:rounded-t-lg last:rounded-b-lg aria-current:bg-accent-surface"
          >
            <label className="flex items-center gap-x-3 gap-y-1 px-4 py-2.5 narrow:flex-wrap">
              <input
                type="checkbox"
                checked={chosen.has(row.action)}
                disabled={!row.request}
                onChange={() => toggle(row.action)}
              />
              <span className="min-w-0 flex-1 narrow:basis-56">
                <span className="block truncate">{row.name || "Untitled action"}</span>
                <span className="block truncate font-mono text-12 text-faint">
                  {row.request ?? "Not connected yet: it has no request"}
                </span>
              </span>
              <Where row={row} />
            </label>
          </li>
        ))}
      </ul>
      <div className="flex flex-col gap-3 rounded-lg border border-line bg-surface px-4 py-3.5">
        <Field label="Live system" problem={errorAt("/addresses/live")}>
          {(ids) => (
            <Input
              {...ids}
              placeholder="https://shop.example.com/api"
              value={live}
              onChange={(event) => setLive(event.target.value)}
            />
          )}
        </Field>
        <InsideChoice
          label="The live system is inside our own network"
          said={inside.live}
          problem={errorAt("/inside/live")}
          onChange={(live) => setInside({ ...inside, live })}
        />
        <Field label="Test system" optional problem={errorAt("/addresses/test")}>
          {(ids) => (
            <Input
              {...ids}
              placeholder="https://test.shop.example.com/api"
              value={test}
              onChange={(event) => setTest(event.target.value)}
            />
          )}
        </Field>
        <InsideChoice
          label="The test system is inside our own network"
          said={inside.test}
          problem={errorAt("/inside/test")}
          onChange={(test) => setInside({ ...inside, test })}
        />
        {refused && !refused.field ? (
          <p role="alert" className="text-12 text-red">
            {refused.message}
          </p>
        ) : null}
        <div className="flex items-center gap-3 narrow:flex-wrap">
          <p className="min-w-0 flex-1 narrow:basis-full text-12 text-muted">
            Calls to the live system are real. Leave an address empty to take it away.
          </p>
          <Button
            look="primary"
            type="submit"
            icon={<ShieldCheck size={14} aria-hidden />}
            disabled={busy || chosen.size === 0}
          >
            Confirm for {count(chosen.size, "action")}
          </Button>
        </div>
      </div>
    </form>
  );
}

/**
 * A yes of its own for an address that only we can reach. It is asked for where the program sees that
 * the address is one, and stays on view while it holds.
 */
function InsideChoice({
  label,
  said,
  problem,
  onChange,
}: {
  label: string;
  said: boolean;
  problem: string | undefined;
  onChange: (said: boolean) => void;
}) {
  const note = useId();
  if (!said && !problem) return null;
  return (
    <div className="flex flex-col gap-1 rounded-md border border-amber-line bg-amber-surface px-3 py-2">
      {problem ? (
        <p id={note} role="alert" className="text-12 text-amber">
          {problem}
        </p>
      ) : null}
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          checked={said}
          aria-describedby={problem ? note : undefined}
          onChange={(event) => onChange(event.target.checked)}
        />
        {label}
      </label>
    </div>
  );
}

const showRow = (row: HTMLElement | null) => row?.scrollIntoView({ block: "nearest" });

function Where({ row }: { row: ConnectionRow }) {
  const { live, test } = row.addresses;
  if (row.doubtful) return <Badge tone="amber">Changed by an import: confirm again</Badge>;
  if (live) return <Badge tone="green">{live}</Badge>;
  if (test) return <Badge tone="blue">{test}</Badge>;
  return <Badge tone="neutral">Answers with samples</Badge>;
}

/**
 * What is proposed: the action that was asked for, or the first without an address, together with
 * all that go to the same place. An address known already is likely to be right for them too.
 */
function startOf(
  rows: ConnectionRow[],
  asked: string | undefined,
): { chosen: ReadonlySet<string>; addresses: Addresses; inside: Inside } {
  const callable = rows.filter((row) => row.request);
  const lead =
    callable.find((row) => row.action === asked) ??
    callable.find((row) => !row.addresses.live) ??
    callable[0];
  const alike = callable.filter(({ addresses: { live, test } }) =>
    live === undefined
      ? !lead?.addresses.live
      : live === lead?.addresses.live && test === lead?.addresses.test,
  );
  const known = lead?.addresses.live ? lead : callable.find((row) => row.addresses.live);
  const from = known ?? lead;
  return {
    chosen: new Set(alike.map((row) => row.action)),
    addresses: from?.addresses ?? {},
    inside: from?.inside ?? { live: false, test: false },
  };
}

import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { connectionsQuery } from "@/actions/action-queries";
import type { ConnectionRow, Environment, SecretRow } from "@/api/model";
import { ScreenError } from "@/frame/ScreenError";
import { Button } from "@/parts/Button";
import { EmptyState } from "@/parts/EmptyState";
import { Skeleton } from "@/parts/Skeleton";
import { PlaceCard } from "./secrets/PlaceCard";
import { SecretForm } from "./secrets/SecretForm";
import { SecretItem } from "./secrets/SecretItem";
import { secretsQuery } from "./secrets/secret-queries";
import { environmentWords } from "./secrets/secret-words";

/** Keys and passwords that actions send: what is there, what is missing, where it may go. */
export function SecretsPage() {
  const { data, error, refetch } = useQuery(secretsQuery);
  const { data: connections } = useQuery(connectionsQuery);
  const [open, setOpen] = useState<string | null>(null);
  if (error) return <ScreenError error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton />;
  const known = origins(connections ?? []);
  return (
    <section aria-label="Secrets" className="flex flex-col gap-4">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <h2 className="text-15 font-semibold">Secrets</h2>
          <p className="text-12 text-muted">
            Keys and passwords that actions send. They stay on this computer, outside the workspace
            file and every bundle, and go only to the addresses you allow.
          </p>
        </div>
        <Button
          icon={<Plus size={14} aria-hidden />}
          aria-expanded={open === "new"}
          onClick={() => setOpen(open === "new" ? null : "new")}
        >
          New secret
        </Button>
      </div>
      <PlaceCard place={data.place} />
      {open === "new" ? (
        <div className="overflow-hidden rounded-lg border border-line">
          <SecretForm row={null} known={known} environment="live" onDone={() => setOpen(null)} />
        </div>
      ) : null}
      {data.rows.length === 0 && open !== "new" ? (
        <EmptyState icon={<KeyRound size={20} />} title="No secrets yet">
          An action that wants a key or a password names it; then it is listed here to be set.
        </EmptyState>
      ) : null}
      {(["live", "test"] as const).map((environment) => (
        <Group
          key={environment}
          environment={environment}
          rows={data.rows.filter((row) => row.environment === environment)}
          known={known}
          open={open}
          onOpen={setOpen}
        />
      ))}
    </section>
  );
}

function Group({
  environment,
  rows,
  known,
  open,
  onOpen,
}: {
  environment: Environment;
  rows: SecretRow[];
  known: Record<Environment, readonly string[]>;
  open: string | null;
  onOpen: (open: string | null) => void;
}) {
  if (rows.length === 0) return null;
  return (
    <section aria-label={environmentWords[environment]}>
      <h3 className="mb-2 font-medium">{environmentWords[environment]}</h3>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
        {rows.map((row) => {
          const key = `${environment} ${row.name}`;
          return (
            <SecretItem
              key={key}
              row={row}
              known={known}
              open={open === key}
              onOpen={(opened) => onOpen(opened ? key : null)}
            />
          );
        })}
      </ul>
    </section>
  );
}

/** Where actions call, by environment: what a secret may be for. */
function origins(rows: readonly ConnectionRow[]): Record<Environment, readonly string[]> {
  const of = (environment: Environment) => {
    const addresses = rows.flatMap(({ addresses }) => addresses[environment] ?? []);
    return [...new Set(addresses.flatMap((address) => originOf(address) ?? []))];
  };
  return { live: of("live"), test: of("test") };
}

function originOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).origin : null;
}

import { useQuery } from "@tanstack/react-query";
import { call, queries } from "@/api/client";
import type { EnvironmentSettings } from "@/api/model";
import { Fold } from "@/parts/Fold";
import { LineForm } from "@/parts/LineForm";
import { notify } from "@/parts/toast";
import { environmentsQuery } from "./secrets/secret-queries";
import { environmentWords } from "./secrets/secret-words";

/** The way out for networks that have only one: calls take no proxy that is not named here. */
export function ProxyGroup() {
  const { data } = useQuery(environmentsQuery);
  if (!data) return null;
  const used = data.filter(({ proxy }) => proxy).length;
  return (
    <div className="rounded-lg border border-line bg-surface px-4 py-2.5">
      <Fold
        title="Proxy"
        aside={<span className="text-12 text-faint">{used > 0 ? "In use" : "None"}</span>}
      >
        <div className="flex flex-col gap-3 pt-2 pb-1">
          <p className="text-12 text-muted">
            Only where your network lets nothing out by itself. Whether an address is inside your
            own network is then for the proxy to know.
          </p>
          {data.map((environment) => (
            <ProxyForm key={environment.environment} start={environment} />
          ))}
        </div>
      </Fold>
    </div>
  );
}

function ProxyForm({ start: { environment, proxy } }: { start: EnvironmentSettings }) {
  return (
    <LineForm
      label={environmentWords[environment]}
      optional
      button="Save"
      before={proxy ?? ""}
      placeholder="http://proxy.example.com:3128"
      onSave={async (proxy) => {
        await call("save_environment", { environment, proxy });
        await queries.invalidateQueries({ queryKey: environmentsQuery.queryKey });
        notify({ title: proxy ? "Calls go through the proxy" : "Calls go out by themselves" });
      }}
    />
  );
}

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call, queries } from "@/api/client";
import { asHostError } from "@/api/host";
import type { EnvironmentSettings } from "@/api/model";
import { Button } from "@/parts/Button";
import { Field, Input } from "@/parts/Field";
import { Fold } from "@/parts/Fold";
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

function ProxyForm({ start }: { start: EnvironmentSettings }) {
  const { environment } = start;
  const [proxy, setProxy] = useState(start.proxy ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const save = async () => {
    setProblem(null);
    try {
      await call("save_environment", { environment, proxy });
      await queries.invalidateQueries({ queryKey: ["environments"] });
      notify({ title: proxy.trim() ? "Calls go through the proxy" : "Calls go out by themselves" });
    } catch (thrown) {
      setProblem(asHostError(thrown).message);
    }
  };
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label={environmentWords[environment]} optional problem={problem} className="flex-1">
        {(ids) => (
          <Input
            {...ids}
            spellCheck={false}
            placeholder="http://proxy.example.com:3128"
            value={proxy}
            onChange={(event) => setProxy(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" disabled={proxy.trim() === (start.proxy ?? "")}>
        Save
      </Button>
    </form>
  );
}

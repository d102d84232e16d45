import { useQuery } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import { call } from "@/api/client";
import type { Catalogue } from "@/api/model";
import { EmptyState } from "@/parts/EmptyState";
import { references } from "@/task/references";
import type { LogStore } from "./log-store";
import { sourceWords, valueWords } from "./value-words";

const nothing = { subscribe: () => () => undefined, stamp: () => 0 };

/** Every value the conversation knows, and where it came from. */
export function ValuesView({
  log,
  names,
  catalogue,
}: {
  log: LogStore | null;
  names: (id: string) => string;
  catalogue: Catalogue;
}) {
  const labels = useMemo(
    () => new Map(references(catalogue).map(({ reference, label }) => [reference, label])),
    [catalogue],
  );
  const stamp = useSyncExternalStore(
    log?.subscribe ?? nothing.subscribe,
    log?.stamp ?? nothing.stamp,
  );
  const { data } = useQuery({
    queryKey: ["values", log?.conversation, stamp],
    queryFn: () => call("read_values", { conversation: log?.conversation ?? "" }),
    enabled: log !== null,
    placeholderData: (old) => old,
    gcTime: 0,
  });
  if (!log || !data || data.length === 0) {
    return (
      <EmptyState title="No values yet" className="py-10!">
        What the customer says and what actions give appears here.
      </EmptyState>
    );
  }
  return (
    <div
      role="region"
      aria-label="Values"
      // A scrolling region must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="inset-focus min-h-0 flex-1 overflow-y-auto"
    >
      <table className="w-full text-left">
        <thead className="sticky top-0 bg-surface text-12 text-faint">
          <tr className="border-b border-line">
            <th className="px-3 py-1.5 font-normal">Value</th>
            <th className="px-3 py-1.5 font-normal">Is</th>
          </tr>
        </thead>
        <tbody>
          {data.map((row) => (
            <tr key={row.key} className="border-b border-line align-top">
              <th scope="row" className="w-2/5 px-3 py-2 font-medium wrap-anywhere">
                {capital(labels.get(row.key) ?? row.label)}
                <span className="block text-12 font-normal text-faint">
                  {sourceWords(row.source, names)}
                </span>
              </th>
              <td className="tabular px-3 py-2 wrap-anywhere">{valueWords(row.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

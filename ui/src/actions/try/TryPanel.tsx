import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleAlert, FlaskConical, Send, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { call, host } from "@/api/client";
import { asHostError, type HostError } from "@/api/host";
import type { Action, ActionInput, Addresses, ShownRequest, TriedAction } from "@/api/model";
import { Button } from "@/parts/Button";
import { Field, Input } from "@/parts/Field";
import { Checkbox } from "@/parts/Switch";
import { Segmented } from "@/parts/Segmented";
import { fieldLabel } from "@/task/references";
import { typeWords } from "@/task/words";
import type { ChangeAction } from "../ActionEditor";
import { connectionsQuery } from "../action-queries";
import { RequestView } from "./RequestView";
import { ResponseView } from "./ResponseView";

type Calls = "test" | "live";

const systems = [
  { value: "test", label: "Test system" },
  { value: "live", label: "Live system" },
] as const;

/** Values of an action that were tried in this window, so that they need not be typed again. */
const remembered = new Map<string, Record<string, string>>();

/** Hands over the values of an example, for the action that was made from it. */
export function rememberSamples(action: string, samples: Record<string, string>): void {
  remembered.set(action, { ...samples });
}

/** Calls the action with sample values: what is sent, what comes back, and fields picked from that. */
export function TryPanel({
  action,
  change,
  flush,
}: {
  action: Action;
  change: ChangeAction;
  /** Saves what is still being typed, so that what is tried is what stands on screen. */
  flush: () => Promise<void>;
}) {
  const { data: rows } = useQuery(connectionsQuery);
  const row = rows?.find((one) => one.action === action.id);
  const addresses: Addresses = row && !row.doubtful ? row.addresses : {};
  const [chosen, setCalls] = useState<Calls | null>(null);
  const calls: Calls = chosen ?? (!addresses.test && addresses.live ? "live" : "test");
  const [inputs, setInputs] = useState<Record<string, string>>(
    () => remembered.get(action.id) ?? samplesOf(action),
  );
  const [really, setReally] = useState(false);
  const [busy, setBusy] = useState<"show" | "send" | null>(null);
  const [shown, setShown] = useState<ShownRequest | null>(null);
  const [tried, setTried] = useState<TriedAction | null>(null);
  const [refused, setRefused] = useState<HostError | null>(null);
  const set = (key: string, value: string) => {
    const next = { ...inputs, [key]: value };
    remembered.set(action.id, next);
    setInputs(next);
  };
  const dangerous = action.changes_data && calls === "live";
  const run = async (way: "show" | "send") => {
    setBusy(way);
    setRefused(null);
    try {
      await flush();
      const args = { action: action.id, inputs, calls, really };
      if (way === "show") {
        setTried(null);
        setShown(await call("show_request", args));
      } else {
        const answer = await call("try_action", args);
        setShown(null);
        setTried(answer);
        // One yes is for one call.
        setReally(false);
      }
    } catch (thrown) {
      setShown(null);
      setTried(null);
      setRefused(asHostError(thrown));
    } finally {
      setBusy(null);
    }
  };
  if (!action.request) return null;
  const address = addresses[calls];
  return (
    <div className="flex flex-col gap-3.5">
      <div className="flex items-center gap-3 narrow:flex-wrap">
        <Segmented<Calls>
          label="Where it is tried"
          value={calls}
          choices={systems}
          onChange={setCalls}
        />
        <span className="min-w-0 truncate font-mono text-12 text-faint">{address ?? ""}</span>
      </div>
      {rows && !address ? (
        <p className="flex flex-wrap items-center gap-x-2 rounded-md bg-amber-surface px-3 py-2 text-12">
          <CircleAlert size={14} className="text-amber" aria-hidden />
          <span className="flex-1">
            There is no address of the {calls === "live" ? "live" : "test"} system yet.
          </span>
          <Link
            to="/settings/$page"
            params={{ page: "connections" }}
            search={{ action: action.id }}
            className="font-medium text-accent-text hover:underline"
          >
            Give it an address
          </Link>
        </p>
      ) : null}
      {action.inputs.length > 0 ? (
        <div className="grid grid-cols-2 gap-x-4 gap-y-2.5 narrow:grid-cols-1">
          {action.inputs.map((input) => (
            <SampleInput
              key={input.key}
              input={input}
              value={inputs[input.key] ?? ""}
              problem={refused?.field === `/inputs/${input.key}` ? refused.message : undefined}
              onChange={(value) => set(input.key, value)}
            />
          ))}
        </div>
      ) : null}
      {dangerous ? (
        <div
          role="alert"
          className="flex items-start gap-2.5 rounded-md border border-red-line bg-red-surface px-3 py-2.5"
        >
          <TriangleAlert size={16} className="mt-px shrink-0 text-red" aria-hidden />
          <div className="flex flex-col gap-1.5">
            <p className="font-medium text-red">This will really change data</p>
            <Checkbox
              label="I know. Send it to the live system once."
              checked={really}
              onChange={setReally}
            />
          </div>
        </div>
      ) : null}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          look="primary"
          icon={<Send size={14} aria-hidden />}
          disabled={busy !== null || !address || (dangerous && !really)}
          onClick={() => void run("send")}
        >
          {busy === "send" ? "Waiting…" : "Try it"}
        </Button>
        <Button
          icon={<FlaskConical size={14} aria-hidden />}
          disabled={busy !== null || !address}
          onClick={() => void run("show")}
        >
          Show the request
        </Button>
      </div>
      <div role="status" className="contents">
        {refused && !refused.field?.startsWith("/inputs/") ? (
          <p className="rounded-md bg-red-surface px-3 py-2 text-12 text-red wrap-anywhere">
            {refused.message}
          </p>
        ) : null}
        {shown ? <RequestView request={shown} /> : null}
        {tried ? <ResponseView action={action} tried={tried} change={change} /> : null}
      </div>
    </div>
  );
}

function samplesOf(action: Action): Record<string, string> {
  return Object.fromEntries(
    action.inputs.flatMap((input) => (input.default ? [[input.key, input.default]] : [])),
  );
}

function SampleInput({
  input,
  value,
  problem,
  onChange,
}: {
  input: ActionInput;
  value: string;
  problem?: string | undefined;
  onChange: (value: string) => void;
}) {
  const label = fieldLabel(input);
  const isFile = input.kind.type === "image" || input.kind.type === "file";
  const [name, setName] = useState("");
  const list = input.allowed?.length
    ? input.allowed
    : input.kind.type === "choice"
      ? input.kind.options
      : [];
  return (
    <Field label={label} optional={Boolean(input.optional)} problem={problem}>
      {(ids) =>
        isFile ? (
          <Button
            {...ids}
            onClick={() =>
              void host()
                .pickFile(input.kind.type === "image" ? "image/*" : "*/*")
                .then((picked) => {
                  if (!picked) return;
                  setName(picked.name);
                  onChange(picked.fileId);
                })
            }
          >
            {value ? name || "Another file…" : "Choose a file…"}
          </Button>
        ) : (
          <>
            <Input
              {...ids}
              value={value}
              list={list.length > 0 ? `${ids.id}-list` : undefined}
              placeholder={typeWords[input.kind.type]}
              onChange={(event) => onChange(event.target.value)}
            />
            {list.length > 0 ? (
              <datalist id={`${ids.id}-list`}>
                {list.map((one) => (
                  <option key={one} value={one}>
                    {one}
                  </option>
                ))}
              </datalist>
            ) : null}
          </>
        )
      }
    </Field>
  );
}

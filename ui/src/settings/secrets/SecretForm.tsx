import { useId, useRef, useState } from "react";
import { call } from "@/api/client";
import { asHostError } from "@/api/host";
import type { Environment, SecretRow } from "@/api/model";
import { Button } from "@/parts/Button";
import { Field, Input } from "@/parts/Field";
import { Segmented } from "@/parts/Segmented";
import { notify } from "@/parts/toast";
import { environmentShort, environmentWords, isSet } from "./secret-words";
import { rereadAll } from "./secret-queries";

/**
 * Sets a secret, or puts another value in its place, and says where it may be sent. What it is now is
 * never shown: the page does not know it.
 */
export function SecretForm({
  row,
  known,
  environment: startEnvironment,
  onDone,
}: {
  /** None for a new one. */
  row: SecretRow | null;
  /** Where actions call in each environment. */
  known: Record<Environment, readonly string[]>;
  environment: Environment;
  onDone: () => void;
}) {
  const [environment, setEnvironment] = useState<Environment>(row?.environment ?? startEnvironment);
  const [name, setName] = useState(row?.name ?? "");
  const [value, setValue] = useState("");
  const [approved, setApproved] = useState<ReadonlySet<string>>(
    () => new Set([...(row?.origins ?? []), ...(row?.asked_for ?? [])]),
  );
  const [other, setOther] = useState("");
  const [refused, setRefused] = useState<{ field: string; message: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const outside = row?.state.type === "variable";
  const offered = [...new Set([...known[environment], ...approved])].toSorted();

  const toggle = (origin: string) => {
    const next = new Set(approved);
    if (!next.delete(origin)) next.add(origin);
    setApproved(next);
  };
  const save = async () => {
    setBusy(true);
    setRefused(null);
    const typed = other.trim() ? [other.trim()] : [];
    const origins = [...offered.filter((origin) => approved.has(origin)), ...typed];
    try {
      await call("save_secret", {
        environment,
        name,
        origins,
        ...(value === "" ? {} : { value }),
      });
      notify({ title: `Saved ${name.trim()} for ${environmentShort[environment]}` });
      await rereadAll();
      onDone();
    } catch (thrown) {
      const { field, message } = asHostError(thrown);
      setRefused({ field: field ?? "", message });
      form.current?.querySelector<HTMLInputElement>(`[data-at="${field}"]`)?.focus();
    } finally {
      setBusy(false);
    }
  };
  const errorAt = (field: string) => (refused?.field === field ? refused.message : undefined);
  const elsewhere = refused && !["/name", "/value", "/origins"].includes(refused.field);
  return (
    <form
      ref={form}
      autoComplete="off"
      className="flex flex-col gap-3.5 border-t border-line bg-canvas px-4 py-3.5"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {row ? null : (
        <div className="flex items-start gap-3 narrow:flex-col">
          <Field
            label="Name"
            hint={
              <>
                Actions write it as <code className="font-mono">{`{secret.SHOP_TOKEN}`}</code>
              </>
            }
            problem={errorAt("/name")}
            className="flex-1 narrow:w-full"
          >
            {(ids) => (
              <Input
                {...ids}
                // The form was asked for by a button, and this is what it asks first.
                // oxlint-disable-next-line jsx-a11y/no-autofocus
                autoFocus
                data-at="/name"
                spellCheck={false}
                autoCapitalize="characters"
                placeholder="SHOP_TOKEN"
                value={name}
                onChange={(event) => setName(event.target.value)}
                className="font-mono"
              />
            )}
          </Field>
          <div className="flex flex-col gap-1">
            <span aria-hidden className="text-12 font-medium text-muted">
              Used for
            </span>
            <Segmented
              label="Used for"
              value={environment}
              onChange={setEnvironment}
              choices={(["live", "test"] as const).map((value) => ({
                value,
                label: environmentWords[value],
              }))}
            />
          </div>
        </div>
      )}
      {outside ? (
        <p className="text-12 text-muted">
          {row.state.type === "variable" ? (
            <code className="font-mono">{row.state.name}</code>
          ) : null}{" "}
          holds it. Change it where Taskwright is started; here you say where it may be sent.
        </p>
      ) : (
        <Field
          label={row && isSet(row.state) ? "New value" : "Value"}
          hint={
            row && isSet(row.state)
              ? "Leave it empty to keep the value there is. It cannot be shown."
              : "It is shown to nobody, not even to you, and can only be replaced."
          }
          problem={errorAt("/value")}
        >
          {(ids) => (
            <Input
              {...ids}
              type="password"
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus={row !== null}
              data-at="/value"
              autoComplete="new-password"
              spellCheck={false}
              value={value}
              onChange={(event) => setValue(event.target.value)}
            />
          )}
        </Field>
      )}
      <Origins
        offered={offered}
        approved={approved}
        onToggle={toggle}
        other={other}
        onOther={setOther}
        problem={errorAt("/origins")}
      />
      {elsewhere ? (
        <p role="alert" className="text-12 text-red">
          {refused.message}
        </p>
      ) : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button look="primary" type="submit" disabled={busy || name.trim() === ""}>
          Save
        </Button>
      </div>
    </form>
  );
}

function Origins({
  offered,
  approved,
  onToggle,
  other,
  onOther,
  problem,
}: {
  offered: readonly string[];
  approved: ReadonlySet<string>;
  onToggle: (origin: string) => void;
  other: string;
  onOther: (other: string) => void;
  problem: string | undefined;
}) {
  const note = useId();
  return (
    <fieldset aria-describedby={note} className="flex flex-col gap-1.5">
      <legend className="mb-1 text-12 font-medium text-muted">May be sent to</legend>
      {offered.map((origin) => (
        <label key={origin} className="flex items-center gap-2">
          <input type="checkbox" checked={approved.has(origin)} onChange={() => onToggle(origin)} />
          <span className="min-w-0 font-mono text-12 wrap-anywhere">{origin}</span>
        </label>
      ))}
      <Input
        aria-label={offered.length > 0 ? "Another address" : "Address"}
        aria-invalid={problem ? true : undefined}
        data-at="/origins"
        placeholder={offered.length > 0 ? "Another address" : "https://shop.example.com"}
        spellCheck={false}
        value={other}
        onChange={(event) => onOther(event.target.value)}
        className="font-mono text-12!"
      />
      <p id={note} className={problem ? "text-12 text-red" : "text-12 text-faint"}>
        {problem ?? "It goes to these and nowhere else, whatever an action says."}
      </p>
    </fieldset>
  );
}

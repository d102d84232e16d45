import { useNavigate } from "@tanstack/react-router";
import { FileUp, Search, Upload } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { call, host, queries } from "@/api/client";
import { asHostError, type HostError } from "@/api/host";
import type { ApiOutline, DraftAction, ImportSource } from "@/api/model";
import { tellProblem } from "@/frame/problem-toast";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { TextArea } from "@/parts/Field";
import { Checkbox } from "@/parts/Switch";
import { Refused } from "@/parts/Refused";
import { Segmented } from "@/parts/Segmented";
import { notify } from "@/parts/toast";
import { count } from "@/task/words";
import { rereadActions } from "../action-queries";
import { rememberSamples } from "../try/TryPanel";
import { DraftView } from "./DraftView";
import { addressesOf, isInside, settle, type Home } from "./settle";

type Way = "curl" | "open_api";

const ways = [
  { value: "curl", label: "A curl command" },
  { value: "open_api", label: "An OpenAPI document" },
] as const;

const homes = [
  { value: "test", label: "the test system" },
  { value: "live", label: "the live system" },
  { value: "none", label: "nowhere yet" },
] as const;

interface Opened {
  file: string;
  name: string;
  outline: ApiOutline;
}

/** Makes actions from what engineers have at hand. They are looked at first, and made in one step. */
export function ImportActionsDialog({ onClose }: { onClose: () => void }) {
  const [way, setWay] = useState<Way>("curl");
  const [text, setText] = useState("");
  const [fixed, setFixed] = useState<readonly string[]>([]);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [drafts, setDrafts] = useState<DraftAction[] | null>(null);
  const [names, setNames] = useState<Record<number, string>>({});
  const [home, setHome] = useState<Home>("test");
  const [keep, setKeep] = useState(true);
  const [inside, setInside] = useState(false);
  const [refused, setRefused] = useState<HostError | null>(null);
  const [busy, setBusy] = useState(false);
  const go = useNavigate();

  const source: ImportSource | null =
    way === "curl"
      ? text.trim()
        ? { type: "curl", text, fixed: [...fixed] }
        : null
      : opened && chosen.length > 0
        ? { type: "open_api", file: opened.file, operations: [...chosen] }
        : null;

  const look = async (next: ImportSource) => {
    setBusy(true);
    setRefused(null);
    try {
      setDrafts(await call("preview_import", { source: next }));
    } catch (thrown) {
      setRefused(asHostError(thrown));
    } finally {
      setBusy(false);
    }
  };
  const toggleFixed = (key: string) => {
    const next = fixed.includes(key) ? fixed.filter((one) => one !== key) : [...fixed, key];
    setFixed(next);
    void look({ type: "curl", text, fixed: next });
  };
  const open = async () => {
    setRefused(null);
    try {
      const picked = await host().pickFile(".json,.yaml,.yml");
      if (!picked) return;
      setBusy(true);
      const outline = await call("read_api", { file: picked.fileId });
      setOpened({ file: picked.fileId, name: picked.name, outline });
      setChosen([]);
    } catch (thrown) {
      setRefused(asHostError(thrown));
    } finally {
      setBusy(false);
    }
  };
  const run = async () => {
    if (!source || !drafts) return;
    setBusy(true);
    try {
      const done = await call("import_actions", { source, names });
      done.actions.forEach((id, at) => rememberSamples(id, stringsOf(drafts[at]?.samples)));
      const entered = await settle(drafts, done.actions, home, keep, inside).catch(
        (thrown: unknown) => {
          tellProblem(thrown, "The actions were made, but where they call was not kept");
          return [];
        },
      );
      await rereadActions();
      await queries.invalidateQueries();
      onClose();
      notify({
        title: `Made ${count(done.actions.length, "action")}`,
        ...(entered.length > 0
          ? { description: `Kept on this computer: ${entered.join(", ")}.` }
          : {}),
        undo: () => {
          call("undo_import", { import: done.import })
            .then(() => queries.invalidateQueries())
            .then(() => go({ to: "/actions" }))
            .catch((thrown: unknown) => tellProblem(thrown, "The actions could not be taken back"));
        },
      });
      const [first] = done.actions;
      if (first) await go({ to: "/actions/$actionId", params: { actionId: first } });
    } catch (thrown) {
      tellProblem(thrown, "Nothing was imported");
    } finally {
      setBusy(false);
    }
  };

  const addresses = addressesOf(drafts ?? []);
  const pasted = drafts?.some((draft) => draft.secrets.some((secret) => secret.value)) ?? false;
  return (
    <Dialog
      open
      onClose={onClose}
      width={680}
      title={drafts ? `Make ${count(drafts.length, "action")}` : "Import actions"}
      description={
        drafts
          ? "Nothing is made until you press the button, and you can undo it."
          : "From what your engineers have at hand. You see what comes of it before anything is made."
      }
      footer={
        drafts ? (
          <>
            <Button onClick={() => setDrafts(null)}>Back</Button>
            <Button
              look="primary"
              icon={<Upload size={14} aria-hidden />}
              disabled={busy}
              onClick={() => void run()}
            >
              Make {count(drafts.length, "action")}
            </Button>
          </>
        ) : (
          <Button
            look="primary"
            disabled={busy || !source}
            onClick={() => {
              setNames({});
              if (source) void look(source);
            }}
          >
            {busy ? "Reading…" : "See what comes of it"}
          </Button>
        )
      }
    >
      {refused ? <Refused message={refused.message} hint={refused.hint} /> : null}
      {drafts ? (
        <div className="flex flex-col gap-4">
          {drafts.map((draft, at) => (
            <DraftView
              // Drafts have no id; their place is all they are known by.
              // oxlint-disable-next-line react/no-array-index-key
              key={at}
              draft={draft}
              name={names[at] ?? draft.action.name}
              onName={(name) => setNames({ ...names, [at]: name })}
              {...(way === "curl" ? { fixed, onFixed: toggleFixed } : {})}
            />
          ))}
          {addresses.length > 0 ? (
            <div className="flex flex-col gap-2.5 rounded-lg bg-subtle p-3.5">
              <p className="text-12 text-muted">
                Calls to <span className="font-mono wrap-anywhere">{addresses.join(", ")}</span> go
                to
              </p>
              <Segmented<Home>
                label="Where it calls"
                value={home}
                choices={homes}
                onChange={setHome}
              />
              {home !== "none" && addresses.some(isInside) ? (
                <Checkbox
                  label="This address is in our own network, and may be called there"
                  checked={inside}
                  onChange={setInside}
                />
              ) : null}
              {pasted && home !== "none" ? (
                <Checkbox
                  label="Keep the pasted secrets on this computer, to be sent to this address only"
                  checked={keep}
                  onChange={setKeep}
                />
              ) : null}
            </div>
          ) : null}
        </div>
      ) : (
        <div className="flex flex-col gap-4">
          <Segmented<Way> grow label="Import from" value={way} choices={ways} onChange={setWay} />
          {way === "curl" ? (
            <CurlText
              text={text}
              onChange={(next) => {
                setText(next);
                setFixed([]);
                setRefused(null);
              }}
            />
          ) : opened ? (
            <Operations
              opened={opened}
              chosen={chosen}
              onChoose={setChosen}
              onOther={() => void open()}
            />
          ) : (
            <button
              type="button"
              disabled={busy}
              onClick={() => void open()}
              className="flex w-full flex-col items-center gap-2 rounded-lg border border-dashed border-line-strong px-6 py-10 text-muted transition-colors hover:border-accent hover:bg-subtle hover:text-ink"
            >
              <FileUp size={22} strokeWidth={1.5} aria-hidden />
              <span className="font-medium text-ink">Choose a file…</span>
              <span className="text-12">OpenAPI 3.0 or 3.1, as JSON or YAML</span>
            </button>
          )}
        </div>
      )}
    </Dialog>
  );
}

const stringsOf = (samples: { [key in string]?: string } | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(samples ?? {}).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value]],
    ),
  );

function CurlText({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-12 font-medium text-muted">
        Paste the command
      </label>
      <TextArea
        id={id}
        data-first
        minRows={7}
        spellCheck={false}
        value={text}
        placeholder={
          'curl https://api.example.com/v1/orders/4512 \\\n  -H "Authorization: Bearer …"'
        }
        onChange={(event) => onChange(event.target.value)}
        className="font-mono text-12"
      />
      <p className="text-12 text-faint">
        From a terminal, PowerShell, the command prompt, or “Copy as cURL” in a browser. Passwords
        and tokens in it are taken out.
      </p>
    </div>
  );
}

function Operations({
  opened,
  chosen,
  onChoose,
  onOther,
}: {
  opened: Opened;
  chosen: readonly string[];
  onChoose: (chosen: string[]) => void;
  onOther: () => void;
}) {
  const [sought, setSought] = useState("");
  useEffect(() => setSought(""), [opened]);
  const words = sought.trim().toLowerCase();
  const shown = opened.outline.operations.filter((operation) =>
    `${operation.id} ${operation.summary} ${operation.group}`.toLowerCase().includes(words),
  );
  const groups = [...new Set(shown.map((operation) => operation.group))];
  const toggle = (id: string) =>
    onChoose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-2">
        <p className="min-w-0 flex-1 truncate">
          {opened.outline.title || opened.name}{" "}
          <span className="text-faint">{count(opened.outline.operations.length, "operation")}</span>
        </p>
        <Button size="sm" onClick={onOther}>
          Another file
        </Button>
      </div>
      {opened.outline.operations.length > 8 ? (
        <div className="relative">
          <Search
            size={14}
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint"
          />
          <input
            type="search"
            aria-label="Filter operations"
            placeholder="Filter"
            value={sought}
            onChange={(event) => setSought(event.target.value)}
            className="h-7.5 w-full rounded-md border border-line-strong bg-surface pr-2 pl-8"
          />
        </div>
      ) : null}
      <div
        role="group"
        aria-label="Operations"
        className="max-h-80 overflow-y-auto rounded-md border border-line"
      >
        {groups.map((group) => (
          <fieldset key={group} className="border-b border-line px-3 py-2 last:border-0">
            <legend
              className={group ? "float-left mb-1 text-12 font-medium text-muted" : "sr-only"}
            >
              {group || "Operations"}
            </legend>
            <ul className="clear-both flex flex-col gap-1">
              {shown
                .filter((operation) => operation.group === group)
                .map((operation) => (
                  <li
                    key={operation.id}
                    className="flex min-h-6 items-center gap-x-3 narrow:flex-col narrow:items-start narrow:pb-1"
                  >
                    <Checkbox
                      label={operation.summary}
                      checked={chosen.includes(operation.id)}
                      onChange={() => toggle(operation.id)}
                    />
                    <span className="ml-auto min-w-0 shrink truncate font-mono text-11 text-faint narrow:ml-6 narrow:max-w-full narrow:wrap-anywhere narrow:whitespace-normal">
                      {operation.id}
                      {operation.deprecated ? " · advised against" : ""}
                    </span>
                  </li>
                ))}
            </ul>
          </fieldset>
        ))}
        {shown.length === 0 ? <p className="px-3 py-4 text-12 text-faint">Nothing fits.</p> : null}
      </div>
      <p role="status" className="text-12 text-faint">
        {chosen.length === 0 ? "Choose what your tasks need." : `${chosen.length} chosen`}
      </p>
    </div>
  );
}

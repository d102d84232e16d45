import { useNavigate } from "@tanstack/react-router";
import { FileUp, PackageOpen, Upload } from "lucide-react";
import { useState } from "react";
import { call, host, queries } from "@/api/client";
import type { ImportChoice, ImportItem, ImportPreview } from "@/api/model";
import { asHostError, type HostError } from "@/api/host";
import { tellProblem } from "@/frame/problem-toast";
import { Badge, type Tone } from "@/parts/Badge";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { Refused } from "@/parts/Refused";
import { Select } from "@/parts/Select";
import { notify } from "@/parts/toast";
import { count } from "@/task/words";

interface Opened {
  file: string;
  preview: ImportPreview;
}

/** Opens a bundle, shows what it would change, and only then writes. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [refused, setRefused] = useState<HostError | null>(null);
  const [choices, setChoices] = useState<Record<string, ImportChoice>>({});
  const [busy, setBusy] = useState(false);
  const go = useNavigate();

  const open = async () => {
    setRefused(null);
    try {
      const picked = await host().pickFile(".taskbundle,.zip");
      if (!picked) return;
      setBusy(true);
      const preview = await call("inspect_bundle", { file: picked.fileId });
      setOpened({ file: picked.fileId, preview });
    } catch (thrown) {
      setRefused(asHostError(thrown));
    } finally {
      setBusy(false);
    }
  };

  const run = async () => {
    if (!opened) return;
    setBusy(true);
    try {
      const done = await call("import_bundle", {
        file: opened.file,
        choices,
      });
      await queries.invalidateQueries();
      onClose();
      const taken = done.import;
      if (taken) {
        notify({
          title: `Imported “${opened.preview.name}”`,
          undo: () => {
            call("undo_import", { import: taken })
              .then(() => queries.invalidateQueries())
              .catch((thrown: unknown) => tellProblem(thrown, "The import could not be undone"));
          },
        });
      }
      const [first] = done.tasks;
      if (done.tasks.length === 1 && first) {
        await go({ to: "/tasks/$taskId", params: { taskId: first } });
      }
    } catch (thrown) {
      tellProblem(thrown, "Nothing was imported");
    } finally {
      setBusy(false);
    }
  };

  const changing = opened?.preview.items.filter((item) => item.state.type !== "same") ?? [];
  const undecided = changing.some((item) => !(choices[item.id] ?? defaultOf(item)));
  return (
    <Dialog
      open
      onClose={onClose}
      width={600}
      title={opened ? `Import “${opened.preview.name}”` : "Import a bundle"}
      description={
        opened
          ? "Nothing is written until you press Import, and you can undo it."
          : "A bundle is a .taskbundle file that somebody exported from Taskwright."
      }
      footer={
        opened ? (
          <>
            <Button onClick={() => void open()}>Choose another file</Button>
            <Button
              look="primary"
              icon={<Upload size={14} aria-hidden />}
              disabled={busy || changing.length === 0 || undecided}
              onClick={() => void run()}
            >
              {changing.length === 0 ? "Nothing to import" : "Import"}
            </Button>
          </>
        ) : undefined
      }
    >
      {refused ? (
        <Refused
          title="This file cannot be imported"
          message={refused.message}
          hint={refused.hint}
        />
      ) : null}
      {opened ? (
        <Items
          items={opened.preview.items}
          choices={choices}
          onChoose={(id, take) => setChoices({ ...choices, [id]: take })}
        />
      ) : (
        <button
          type="button"
          data-first
          disabled={busy}
          onClick={() => void open()}
          className="flex w-full flex-col items-center gap-2 rounded-lg border border-dashed border-line-strong px-6 py-10 text-muted transition-colors hover:border-accent hover:bg-subtle hover:text-ink"
        >
          <FileUp size={22} strokeWidth={1.5} aria-hidden />
          <span className="font-medium text-ink">Choose a file…</span>
          <span className="text-12">You see what is in it before anything changes.</span>
        </button>
      )}
    </Dialog>
  );
}

type State = ImportItem["state"]["type"];

const nouns: Record<ImportItem["noun"], string> = {
  task: "Task",
  action: "Action",
  attribute: "Attribute",
  workflow: "Workflow",
  team: "Team",
  article: "Article",
};

const ways: Record<ImportChoice, string> = {
  take_theirs: "Take the file’s",
  keep_mine: "Keep mine",
  keep_both: "Keep both",
};

/** What happens to it unless somebody chooses; a conflict has to be decided. */
function defaultOf(item: ImportItem): ImportChoice | null {
  return item.state.type === "conflict" ? null : (item.choices[0] ?? null);
}

/** What differs, what stands against it, and what else becomes of it. */
function reasons({ state, notes }: ImportItem): string[] {
  if (state.type === "changed") return [...state.what, ...notes];
  return state.type === "conflict" ? [state.why, ...state.what, ...notes] : notes;
}

const states: Record<State, { label: string; tone: Tone; title: string }> = {
  conflict: {
    label: "In conflict",
    tone: "amber",
    title: "Changed here and in the file: choose one",
  },
  new: { label: "New", tone: "green", title: "New" },
  changed: { label: "Changed", tone: "blue", title: "Changed in the file" },
  same: { label: "Same", tone: "neutral", title: "Already here, the same" },
};

const order: State[] = ["conflict", "new", "changed", "same"];

function Items({
  items,
  choices,
  onChoose,
}: {
  items: ImportItem[];
  choices: Record<string, ImportChoice>;
  onChoose: (id: string, take: ImportChoice) => void;
}) {
  if (items.length === 0) {
    return (
      <p className="flex items-center gap-2 py-6 text-muted">
        <PackageOpen size={16} aria-hidden /> This bundle is empty.
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      {order.map((state) => {
        const group = items.filter((item) => item.state.type === state);
        if (group.length === 0) return null;
        return (
          <section key={state} aria-label={states[state].title}>
            <h3 className="mb-1.5 text-12 font-medium text-muted">
              {states[state].title}{" "}
              <span className="text-faint">({count(group.length, "item")})</span>
            </h3>
            <ul className="rounded-md border border-line">
              {group.map((item) => (
                <li
                  key={item.id}
                  className="flex items-start gap-3 border-b border-line px-3 py-2 last:border-0"
                >
                  <div className="min-w-0 flex-1">
                    <div className="truncate">{item.key_or_title}</div>
                    <div className="text-12 text-faint">{nouns[item.noun]}</div>
                    {reasons(item).map((reason) => (
                      <div key={reason} className="text-12 text-muted wrap-anywhere">
                        {reason}
                      </div>
                    ))}
                  </div>
                  {state === "conflict" || state === "changed" ? (
                    <Select<ImportChoice>
                      label={`What to do with ${item.key_or_title}`}
                      value={choices[item.id] ?? defaultOf(item)}
                      placeholder="Choose…"
                      onChange={(take) => onChoose(item.id, take)}
                      choices={item.choices.map((value) => ({ value, label: ways[value] }))}
                    />
                  ) : (
                    <Badge tone={states[state].tone}>{states[state].label}</Badge>
                  )}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

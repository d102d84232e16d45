import { useQuery } from "@tanstack/react-query";
import { Download, FileCheck, ShieldCheck } from "lucide-react";
import { useState } from "react";
import { call, host } from "@/api/client";
import { tellProblem } from "@/frame/problem-toast";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { Checkbox } from "@/parts/Switch";
import { notify } from "@/parts/toast";
import { tasksQuery } from "@/task/task-queries";
import { workflowsQuery } from "@/workflow/workflow-queries";

/** Packs tasks and all they need into one file. */
export function ExportDialog({
  chosen,
  onClose,
  before,
}: {
  chosen: string[];
  onClose: () => void;
  /** Saves what is still open, so that the file holds what is on screen. */
  before?: () => Promise<void>;
}) {
  const { data: tasks = [] } = useQuery(tasksQuery);
  const { data: workflows = [] } = useQuery(workflowsQuery);
  const rows = [
    ...tasks.map(({ id, title }) => ({ id, label: title || "Untitled task" })),
    ...workflows.map(({ id, name }) => ({
      id,
      label: `Workflow: ${name || "Untitled workflow"}`,
    })),
  ];
  const [picked, setPicked] = useState(new Set(chosen));
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      await before?.();
      const exported = await call("export_bundle", { tasks: [...picked] });
      const { file, name, left_out: stayed } = exported;
      if (await host().saveFile(file, name)) {
        notify({
          title: `Exported ${name}`,
          ...(stayed.length > 0 ? { description: `Left out: ${stayed.join("; ")}.` } : {}),
        });
      }
      onClose();
    } catch (thrown) {
      tellProblem(thrown, "The export did not work");
    } finally {
      setBusy(false);
    }
  };
  const toggle = (id: string, on: boolean) => {
    const next = new Set(picked);
    if (on) next.add(id);
    else next.delete(id);
    setPicked(next);
  };
  const all = picked.size === rows.length;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Export"
      description="One file with the tasks, their actions, attributes and sample answers. All articles go along where the assistant is let answer, as in a workflow."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            data-first
            look="primary"
            icon={<Download size={14} aria-hidden />}
            disabled={picked.size === 0 || busy}
            onClick={() => void run()}
          >
            {picked.size === 1 ? "Export" : `Export ${picked.size}`}
          </Button>
        </>
      }
    >
      {rows.length > 1 ? (
        <div className="mb-2 flex items-center justify-between">
          <span className="text-12 font-medium text-muted">Tasks and workflow</span>
          <Button
            look="link"
            size="sm"
            onClick={() => setPicked(new Set(all ? [] : rows.map((row) => row.id)))}
          >
            {all ? "Choose none" : "Choose all"}
          </Button>
        </div>
      ) : null}
      <ul className="max-h-64 overflow-y-auto rounded-md border border-line">
        {rows.map((row) => (
          <li key={row.id} className="border-b border-line px-3 py-2 last:border-0">
            <Checkbox
              label={row.label}
              checked={picked.has(row.id)}
              onChange={(on) => toggle(row.id, on)}
            />
          </li>
        ))}
      </ul>
      <ul className="mt-4 flex flex-col gap-2 text-12 text-muted">
        <li className="flex gap-2">
          <ShieldCheck size={15} className="shrink-0 text-green" aria-hidden />
          Passwords, keys and the addresses of your systems never leave this machine.
        </li>
        <li className="flex gap-2">
          <FileCheck size={15} className="shrink-0 text-green" aria-hidden />
          Actions that are not connected yet come with a sheet that tells engineers what to build.
        </li>
      </ul>
    </Dialog>
  );
}

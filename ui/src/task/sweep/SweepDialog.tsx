import { useQuery } from "@tanstack/react-query";
import { ArrowLeft, RotateCcw } from "lucide-react";
import { useState } from "react";
import { call } from "@/api/client";
import type { SweepRow, SweepTable } from "@/api/model";
import { asHostError } from "@/api/host";
import { Badge } from "@/parts/Badge";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { Skeleton } from "@/parts/Skeleton";
import { Switch } from "@/parts/Switch";
import { useTaskDesk } from "../task-desk";
import { count } from "../words";
import { SweepLog } from "./SweepLog";
import { callFaultWords, faultWords, isFinding, verdictWords } from "./sweep-words";

/** What if a system fails? Every system of the task, failing in every way, and what becomes of the conversation. */
export function SweepDialog({ onClose }: { onClose: () => void }) {
  const { task, editing } = useTaskDesk();
  const [open, setOpen] = useState<SweepRow | null>(null);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["sweep", task.id],
    queryFn: async () => {
      // What is on screen is what is tried.
      await editing.flush();
      return call("sweep_task", { task: task.id });
    },
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <Dialog
      open
      onClose={onClose}
      width={980}
      title="What if a system fails?"
      description="Your task, tried with each of its systems failing in each way. Nothing leaves this machine."
      footer={
        open ? (
          <Button icon={<ArrowLeft size={14} aria-hidden />} onClick={() => setOpen(null)}>
            Back to the table
          </Button>
        ) : (
          <Button
            icon={<RotateCcw size={14} aria-hidden />}
            disabled={isFetching}
            onClick={() => void refetch()}
          >
            Try again
          </Button>
        )
      }
    >
      {error ? <p className="text-red">{asHostError(error).message}</p> : null}
      {!data && !error ? <Skeleton lines={10} className="p-0!" /> : null}
      {open ? <SweepLog task={task.id} row={open} /> : null}
      {data && !open ? <Table table={data} onOpen={setOpen} /> : null}
    </Dialog>
  );
}

function Table({ table, onOpen }: { table: SweepTable; onOpen: (row: SweepRow) => void }) {
  const findings = table.rows.filter((row) => isFinding(row.verdict));
  const [only, setOnly] = useState(false);
  const rows = only ? findings : table.rows;
  const systems = [...new Map(rows.map((row) => [keyOf(row), row.target])).entries()];
  if (table.rows.length === 0)
    return <p className="py-6 text-center text-muted">This task calls no system.</p>;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p role="status" className="flex-1">
          {findings.length === 0
            ? "Nothing is done twice, nothing against a rule, and no customer is left without a word."
            : `${count(findings.length, "row")} to look at.`}{" "}
          <span className="text-muted">{count(table.conversations, "conversation")} tried.</span>
        </p>
        {findings.length > 0 ? (
          <Switch label="Only what to look at" checked={only} onChange={setOnly} />
        ) : null}
      </div>
      {systems.map(([key, target]) => (
        <section key={key} aria-label={target.name}>
          <h3 className="mb-1.5 font-semibold">
            {target.name}
            <span className="ml-2 text-12 font-normal text-faint">
              {target.type === "webhook" ? "calls back" : "is called"}
            </span>
          </h3>
          <Rows rows={rows.filter((row) => keyOf(row) === key)} onOpen={onOpen} />
        </section>
      ))}
    </div>
  );
}

function Rows({ rows, onOpen }: { rows: readonly SweepRow[]; onOpen: (row: SweepRow) => void }) {
  return (
    <table className="w-full table-fixed border-collapse text-12 narrow:block">
      <thead className="narrow:sr-only">
        <tr className="text-left text-faint">
          <th className="w-[24%] py-1 pr-3 font-medium">If it</th>
          <th className="w-[17%] py-1 pr-3 font-medium">Then</th>
          <th className="w-[31%] py-1 pr-3 font-medium">What the customer sees</th>
          <th className="py-1 font-medium">What is logged</th>
        </tr>
      </thead>
      <tbody className="narrow:block">
        {rows.map((row) => (
          <Row key={row.fault} row={row} onOpen={onOpen} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, onOpen }: { row: SweepRow; onOpen: (row: SweepRow) => void }) {
  const words = (row.target.type === "webhook" ? callFaultWords : faultWords)[row.fault];
  const verdict = verdictWords[row.verdict];
  const done = row.done.map(({ action, times }) => `${action} ${times}×`).join(", ");
  return (
    <tr className="border-t border-line align-top narrow:flex narrow:flex-col narrow:gap-1 narrow:py-2">
      <td className="py-1.5 pr-3 narrow:p-0">
        {row.path ? (
          <button
            type="button"
            onClick={() => onOpen(row)}
            title="Opens the log of this conversation"
            className="rounded-sm text-left font-medium text-accent-text underline-offset-2 hover:underline"
          >
            {words}
          </button>
        ) : (
          words
        )}
      </td>
      <td className="py-1.5 pr-3 narrow:p-0">
        <Badge tone={verdict.tone}>{verdict.label}</Badge>
        {isFinding(row.verdict) || !row.path ? <p className="mt-1 text-muted">{row.why}</p> : null}
      </td>
      <td className="py-1.5 pr-3 wrap-anywhere whitespace-pre-line narrow:p-0">
        {row.said.join("\n") || <span className="text-faint">Nothing of it</span>}
      </td>
      <td className="py-1.5 wrap-anywhere text-muted narrow:p-0">
        <p className="first-letter:uppercase">{row.logged.join("; ")}</p>
        {done ? <p className="mt-0.5 text-faint">Really done: {done}</p> : null}
      </td>
    </tr>
  );
}

const keyOf = ({ target }: SweepRow): string =>
  target.type === "action" ? target.action : target.block;

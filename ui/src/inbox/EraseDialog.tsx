import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call, queries } from "@/api/client";
import type { ConversationSummary } from "@/api/model";
import { tellProblem } from "@/frame/problem-toast";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { notify } from "@/parts/toast";
import { count } from "@/task/words";
import { customerWords } from "./conversation-words";
import { countQuery } from "./inbox-queries";

const everywhere = ["channel", "preview", "test"] as const;

/** The one thing here that cannot be undone, so it is asked about. */
export function EraseDialog({
  row,
  onClose,
  onErased,
}: {
  row: ConversationSummary;
  onClose: () => void;
  onErased: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const { data: all } = useQuery(countQuery({ customer: row.customer, places: [...everywhere] }));
  const name = customerWords(row);
  const erase = async () => {
    setBusy(true);
    try {
      const { conversations } = await call("erase_customer", { customer: row.customer });
      notify({ title: `Erased ${count(conversations, "conversation")} of ${name}` });
      onErased();
      await queries.invalidateQueries();
    } catch (thrown) {
      tellProblem(thrown, "The customer could not be erased");
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Erase ${name}?`}
      description={`All that was said in ${all === undefined ? "every conversation" : count(all, "conversation")} with this customer is erased: messages, values, files and event logs, and what was kept with them for later conversations. This cannot be undone.`}
      footer={
        <>
          <Button data-first onClick={onClose}>
            Keep
          </Button>
          <Button look="danger" disabled={busy || all === undefined} onClick={() => void erase()}>
            Erase for good
          </Button>
        </>
      }
    >
      <ul className="flex list-disc flex-col gap-1.5 pl-4 text-13 text-muted">
        <li>Reports no longer count these conversations.</li>
        <li>Backups that you made earlier still hold them. Delete those yourself.</li>
        <li>What actions sent to your own systems is there still.</li>
      </ul>
    </Dialog>
  );
}

import { useState } from "react";
import { call } from "@/api/client";
import { same } from "@/api/diff-json";
import { asHostError } from "@/api/host";
import type { Condition, Sentence } from "@/api/model";
import { Button } from "@/parts/Button";
import { Fold } from "@/parts/Fold";
import { notify } from "@/parts/toast";
import { findBlock } from "../block-tree";
import { ConditionEditor } from "../ConditionEditor";
import { ConditionWords } from "../ConditionField";
import { useTaskDesk } from "../task-desk";
import { isWhole } from "../use-condition-words";

/**
 * The condition of a sentence, as words and as a form. Applying writes the words into the text, and
 * only where the program reads exactly this condition back.
 */
export function SentenceCondition({
  sentence,
  block,
  condition,
  onDone,
}: {
  sentence: Sentence;
  block: string;
  condition: Condition;
  onDone: () => void;
}) {
  const { task, changeBlock, editing } = useTaskDesk();
  const [draft, setDraft] = useState<Condition | null>(condition);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const changed = draft !== null && isWhole(draft) && !same(draft, condition);
  const change = (next: Condition | null) => {
    setDraft(next);
    setRefused(null);
  };
  const apply = async () => {
    const found = findBlock(task, block)?.block;
    if (!changed || found?.type !== "instructions") return;
    setBusy(true);
    try {
      const written = await call("rewrite_condition", {
        task: task.id,
        block,
        text: found.text,
        span: sentence.span,
        condition: draft,
      });
      if (written.type === "refused") {
        setRefused(written.reason);
        return;
      }
      changeBlock(block, { text: written.text }, { label: "Changed a condition", apart: true });
      notify({
        title: "The condition is changed",
        undo: () => void editing.undo().catch(() => undefined),
      });
      onDone();
    } catch (thrown) {
      setRefused(asHostError(thrown).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section aria-label="Condition" className="mt-4 flex flex-col gap-2">
      <h3 className="text-12 font-medium text-muted">Condition</h3>
      <ConditionWords condition={draft} onChange={change} />
      <Fold title={<span className="text-12 font-normal text-muted">As a form</span>}>
        <div className="pt-1 pb-1">
          <ConditionEditor condition={draft} onChange={change} />
        </div>
      </Fold>
      {refused ? (
        <p role="alert" className="rounded-md bg-amber-surface px-3 py-2 text-12">
          {refused}
        </p>
      ) : null}
      {changed ? (
        <div className="flex gap-2">
          <Button look="primary" size="sm" disabled={busy} onClick={() => void apply()}>
            Write it into the sentence
          </Button>
          <Button size="sm" onClick={() => change(condition)}>
            Put it back
          </Button>
        </div>
      ) : null}
    </section>
  );
}

import type { Outcome } from "@/api/model";
import { Field } from "@/parts/Field";
import { Select } from "@/parts/Select";
import { PeriodInput } from "../PeriodInput";
import { useTaskDesk } from "../task-desk";
import { isWorkflow } from "../workflow-ids";
import { TemplateInput } from "../TemplateInput";
import { TokenInput } from "../TokenInput";
import { outcomeWords } from "../words";
import type { BlockOf } from "./block-of";

/** Message and note: words on a page. */
export function TextBody({ block }: { block: BlockOf<"message"> | BlockOf<"note"> }) {
  const { changeBlock } = useTaskDesk();
  const message = block.type === "message";
  return (
    <TemplateInput
      label={message ? "What the customer reads" : "What colleagues read"}
      placeholder={
        message
          ? "What the customer reads. Type @ for a value."
          : "What colleagues read, never the customer."
      }
      value={block.text}
      onChange={(text) => changeBlock(block.id, { text })}
    />
  );
}

export function TagsBody({ block }: { block: BlockOf<"tags"> }) {
  const { changeBlock } = useTaskDesk();
  return (
    <div className="grid grid-cols-2 gap-3">
      <TokenInput
        label="Add"
        tokens={block.add}
        onChange={(add) => changeBlock(block.id, { add })}
      />
      <TokenInput
        label="Remove"
        tokens={block.remove}
        onChange={(remove) => changeBlock(block.id, { remove })}
      />
    </div>
  );
}

export function RatingBody({ block }: { block: BlockOf<"ask_for_rating"> }) {
  const { changeBlock } = useTaskDesk();
  return (
    <TemplateInput
      label="Question"
      placeholder="How did I do?"
      value={block.question}
      onChange={(question) => changeBlock(block.id, { question })}
      single
    />
  );
}

export function AssistantBody({ block }: { block: BlockOf<"let_assistant_answer"> }) {
  const { task, changeBlock } = useTaskDesk();
  const workflow = isWorkflow(task.id);
  return (
    <div className="flex flex-col gap-3">
      <p className="text-12 text-muted">
        {workflow
          ? "The assistant starts tasks, looks things up and answers from articles until the customer is content, leaves or wants a person. “That helped” and “Talk to a person” are offered after each answer."
          : "The assistant answers from tasks, stand-alone actions and articles until the customer falls silent."}
      </p>
      <PeriodInput
        label={workflow ? "Customers count as gone after a silence of" : "Stops after a silence of"}
        period={block.idle}
        onChange={(idle) => changeBlock(block.id, { idle })}
      />
      <Field label="Asked after an answer">
        {() => (
          <TemplateInput
            label="Asked after an answer"
            value={block.follow_up}
            placeholder={workflow ? "Did that help?" : "Is there anything else?"}
            onChange={(follow_up) => changeBlock(block.id, { follow_up })}
            single
          />
        )}
      </Field>
    </div>
  );
}

const outcomes = Object.entries(outcomeWords).map(([value, label]) => ({
  value: value as Outcome,
  label,
}));

export function EndBody({ block }: { block: BlockOf<"end"> }) {
  const { task, changeBlock } = useTaskDesk();
  if (isWorkflow(task.id)) {
    return <p className="text-muted">The workflow ends. A new message begins it again.</p>;
  }
  return (
    <div className="flex items-center gap-2">
      <span className="text-muted">The task ends as</span>
      <Select
        label="How the task ends"
        value={block.outcome}
        choices={outcomes}
        onChange={(outcome) => changeBlock(block.id, { outcome }, { apart: true })}
      />
    </div>
  );
}

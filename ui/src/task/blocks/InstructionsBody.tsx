import { useEffect, useMemo, useRef, useState } from "react";
import type { Condition, Reading, Sentence, TaskView } from "@/api/model";
import { findBlock } from "../block-tree";
import { SentenceCard } from "../instructions/SentenceCard";
import { SentenceMargin } from "../instructions/SentenceMargin";
import {
  InstructionEditor,
  type InstructionHandle,
  type Mark,
} from "../instructions/InstructionEditor";
import { useReading, type ReadText } from "../instructions/use-reading";
import { isFollowed } from "../sentence-kinds";
import { useTaskDesk } from "../task-desk";
import type { BlockOf } from "./block-of";

/** The page to write on, with the marks of the reading in its margin. */
export function InstructionsBody({ block }: { block: BlockOf<"instructions"> }) {
  const { task, view, pills, changeBlock, selected, select, makeAttribute, traceSentence, places } =
    useTaskDesk();
  const editor = useRef<InstructionHandle>(null);
  const caret = useRef(0);
  const reading = useReading(task.id, block.id, block.text, useSaved(view, block.id));
  const [hovered, setHovered] = useState<Sentence | null>(null);
  const [opened, setOpened] = useState<Sentence | null>(null);
  const shown = selected.block === block.id ? selected.span : undefined;

  const sentences = reading?.sentences;
  const marks = useMemo<Mark[]>(() => {
    const list: Mark[] = (sentences ?? [])
      .filter((sentence) => !isFollowed(sentence))
      .map((sentence) => ({ ...sentence.span, className: "sentence-unclear" }));
    const highlighted = opened ?? hovered;
    if (highlighted) list.push({ ...highlighted.span, className: "sentence-hover" });
    if (shown) list.push({ ...shown, className: "sentence-shown" });
    return list;
  }, [sentences, hovered, opened, shown]);

  useEffect(() => {
    if (!shown) return;
    const card = document.getElementById(`place-${block.id}`);
    // In a long text the block is in sight long before the sentence is.
    (card?.querySelector(".sentence-shown") ?? card)?.scrollIntoView({ block: "nearest" });
  }, [block.id, shown]);
  useEffect(
    () => places.answerFor(block.id, (span) => editor.current?.reveal(span)),
    [places, block.id],
  );

  const atCaret = () => innermost(sentences ?? [], caret.current);
  return (
    <div
      role="presentation"
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !event.altKey) return;
        const sentence = atCaret();
        if (!sentence) return;
        event.preventDefault();
        setOpened(sentence);
      }}
    >
      <InstructionEditor
        ref={editor}
        text={block.text}
        onChange={(text) => changeBlock(block.id, { text })}
        catalogue={pills}
        label={`Instructions${block.name ? `: ${block.name}` : ""}`}
        placeholder="Look up the order with the order number. If it was bought more than 40 days ago, apologise and hand off to Billing."
        marks={marks}
        className="pr-28"
        onCaret={(offset) => {
          caret.current = offset;
          const sentence = innermost(sentences ?? [], offset);
          places.look(sentence ? { block: block.id, span: sentence.span } : null);
        }}
        onClickAt={(offset) => {
          const sentence = innermost(sentences ?? [], offset);
          if (selected.span) select(block.id);
          if (sentence) traceSentence(block.id, sentence.span);
        }}
        onMakeAttribute={(name) => {
          const key = makeAttribute(name);
          editor.current?.editor
            ?.chain()
            .focus()
            .insertContent([
              { type: "pill", attrs: { written: `{${key}}` } },
              { type: "text", text: " " },
            ])
            .run();
        }}
      >
        {(instance) => (
          <SentenceMargin
            editor={instance}
            sentences={sentences ?? []}
            text={block.text}
            onHover={setHovered}
            onOpen={setOpened}
            opened={opened}
          />
        )}
      </InstructionEditor>
      {opened ? (
        <SentenceCard
          sentence={opened}
          block={block.id}
          condition={reading ? conditionOf(opened, reading) : null}
          problems={(reading?.problems ?? []).filter((problem) =>
            overlaps(problem.place.span, opened.span),
          )}
          onClose={() => {
            setOpened(null);
            editor.current?.focus();
          }}
        />
      ) : null}
    </div>
  );
}

/** The text as it was last saved, with its reading. */
function useSaved(view: TaskView, id: string): ReadText | null {
  return useMemo(() => {
    const block = findBlock(view.task, id)?.block;
    const reading = view.readings[id];
    return reading && block?.type === "instructions" ? { text: block.text, reading } : null;
  }, [view, id]);
}

/** What a sentence that a run can follow makes things depend on. */
function conditionOf(sentence: Sentence, reading: Reading): Condition | null {
  if (!isFollowed(sentence)) return null;
  const { meaning, span } = sentence;
  if (meaning.kind === "check") return meaning.condition;
  if (meaning.kind !== "rule") return null;
  const rule = reading.rules.find(
    (one) => one.span.start === span.start && one.span.end === span.end,
  );
  return rule && "condition" in rule.guard ? rule.guard.condition : null;
}

/** The shortest sentence around an offset: a clause before the sentence that holds it. */
function innermost(sentences: readonly Sentence[], offset: number): Sentence | undefined {
  return sentences
    .filter(({ span }) => span.start <= offset && offset <= span.end)
    .sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];
}

function overlaps(
  a: { start: number; end: number } | null | undefined,
  b: { start: number; end: number },
): boolean {
  return !!a && a.start < b.end && b.start < a.end;
}

import { ListFilter, Tag, UserRound, Zap } from "lucide-react";
import type { Condition, LinkTarget, Problem, Sentence } from "@/api/model";
import { Button } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { Dialog } from "@/parts/Dialog";
import { problemWords } from "../problem-words";
import { ProblemMends } from "../ProblemMends";
import { isFollowed, sentenceKinds, tintOf } from "../sentence-kinds";
import { useTaskDesk, type TaskDesk } from "../task-desk";
import { keyInWords } from "../words";
import { SentenceCondition } from "./SentenceCondition";

const certaintyWords = {
  certain: null,
  likely: "Understood from words that are close.",
  guess: "This could also be read another way.",
} as const;

/** What a sentence was read as, in plain words, with what it names and how to mend it. */
export function SentenceCard({
  sentence,
  block,
  condition,
  problems,
  onClose,
}: {
  sentence: Sentence;
  block: string;
  /** What the sentence makes things depend on, where it does. */
  condition: Condition | null;
  problems: readonly Problem[];
  onClose: () => void;
}) {
  const { traceSentence, mend, catalogue, references } = useTaskDesk();
  const kind = sentenceKinds[sentence.meaning.kind];
  const names = sentence.links.map((link) => linkWords(link.target, catalogue, references));
  const unclear = sentence.meaning.kind === "unclear" ? sentence.meaning.reason : null;
  const sure = certaintyWords[sentence.certainty];
  return (
    <Dialog
      open
      onClose={onClose}
      width={condition ? 600 : 440}
      title={kind.word.charAt(0).toUpperCase() + kind.word.slice(1)}
      description={kind.about}
    >
      <blockquote className="border-l-2 border-line-strong pl-3 text-muted">
        {sentence.text}
      </blockquote>
      <div className="mt-3 flex gap-2">
        <kind.Icon size={16} className={cx("mt-0.5 shrink-0", tintOf(sentence))} aria-hidden />
        <p className="font-medium">{unclear ?? sentence.words.replaceAll("*", "")}</p>
      </div>
      {sure && isFollowed(sentence) ? <p className="mt-1 pl-6 text-12 text-faint">{sure}</p> : null}
      {names.length > 0 ? (
        <ul aria-label="What it names" className="mt-3 flex flex-wrap gap-1.5">
          {[...new Map(names.map((name) => [name.label, name])).values()].map(
            ({ label, Icon, tint }) => (
              <li
                key={label}
                className="flex items-center gap-1 rounded-md border border-line px-1.5 py-0.5 text-12"
              >
                <Icon size={12} className={tint} aria-hidden /> {label}
              </li>
            ),
          )}
        </ul>
      ) : null}
      {problems.map((problem) => (
        <div key={problem.message} className="mt-3 rounded-md bg-amber-surface px-3 py-2">
          <p className="text-12">{problemWords(problem)}</p>
          <div className="mt-1.5 flex flex-wrap gap-1.5 empty:hidden">
            <ProblemMends
              problem={problem}
              most={problem.remedies.length}
              onMend={(at) => {
                const place = { ...problem.place, block: problem.place.block ?? block };
                mend({ ...problem, place }, at);
                onClose();
              }}
            />
          </div>
        </div>
      ))}
      {condition ? (
        <SentenceCondition
          sentence={sentence}
          block={block}
          condition={condition}
          onDone={onClose}
        />
      ) : null}
      <div className="mt-4">
        <Button
          size="sm"
          icon={<ListFilter size={13} aria-hidden />}
          onClick={() => {
            traceSentence(block, sentence.span);
            onClose();
          }}
        >
          Show what it did in the log
        </Button>
      </div>
    </Dialog>
  );
}

function linkWords(
  target: LinkTarget,
  catalogue: TaskDesk["catalogue"],
  references: TaskDesk["references"],
) {
  switch (target.type) {
    case "action":
      return {
        label: catalogue.actions.find((action) => action.id === target.action)?.name ?? "An action",
        Icon: Zap,
        tint: "text-pill-action",
      };
    case "team":
      return {
        label: catalogue.teams.find((team) => team.id === target.team)?.name ?? "A team",
        Icon: UserRound,
        tint: "text-amber",
      };
    case "task":
      return {
        label: catalogue.tasks.find((task) => task.id === target.task)?.title ?? "A task",
        Icon: Zap,
        tint: "text-pill-action",
      };
    case "reference":
      return {
        label:
          references.find(({ reference }) => reference === target.reference)?.label ??
          keyInWords(target.reference),
        Icon: Tag,
        tint: "text-pill-attribute",
      };
    case "webhook":
      return { label: keyInWords(target.key), Icon: Zap, tint: "text-pill-field" };
  }
}

import { Ban, Split } from "lucide-react";
import type { TriggerOverlap, TriggerStudy } from "@/api/model";
import { Button } from "@/parts/Button";
import { EmptyState } from "@/parts/EmptyState";
import { useTaskDesk } from "../task-desk";
import { scoreWords, type Titles } from "./outcome-words";
import { counterExample, overlapAdvice } from "./overlap-words";
import { TaskTitle } from "./TaskTitle";
import { useMessageMoves } from "./use-message-moves";

/** Pairs of tasks that come close to each other, and what would tell them apart. */
export function Overlaps({ study, titles }: { study: TriggerStudy; titles: Titles }) {
  const here = useTaskDesk().task.id;
  if (study.overlaps.length === 0) {
    return (
      <EmptyState
        className="py-8!"
        icon={<Split size={18} aria-hidden />}
        title={study.examples.length === 0 ? "No examples yet" : "Your tasks are well apart"}
      >
        {study.examples.length === 0
          ? "Add example messages under “When to use this task”, here and in other tasks. They are compared with each other."
          : "No example of one task comes close to another."}
      </EmptyState>
    );
  }
  const concerns = ({ task, other }: TriggerOverlap) => task === here || other === here;
  const groups = [
    { heading: "This task and others", overlaps: study.overlaps.filter(concerns) },
    { heading: "Other tasks", overlaps: study.overlaps.filter((one) => !concerns(one)) },
  ];
  return groups
    .filter(({ overlaps }) => overlaps.length > 0)
    .map(({ heading, overlaps }) => (
      <section key={heading} aria-label={heading}>
        <h3 className="px-4 pt-3 text-12 font-medium text-muted">{heading}</h3>
        <ul className="divide-y divide-line">
          {overlaps.map((overlap) => (
            <Overlap key={`${overlap.task} ${overlap.other}`} overlap={overlap} titles={titles} />
          ))}
        </ul>
      </section>
    ));
}

function Overlap({ overlap, titles }: { overlap: TriggerOverlap; titles: Titles }) {
  const { task } = useTaskDesk();
  const { addCounter } = useMessageMoves();
  const counter = counterExample(overlap, task.id);
  const known = counter !== null && task.counter_examples.includes(counter);
  return (
    <li className="px-4 py-3">
      <h4 className="font-medium">
        <TaskTitle id={overlap.task} titles={titles} />{" "}
        <span className="font-normal text-faint">and</span>{" "}
        <TaskTitle id={overlap.other} titles={titles} />
      </h4>
      <p className="mt-0.5 line-clamp-3 text-muted wrap-anywhere">“{overlap.text}”</p>
      <p className="tabular text-12 text-faint">
        {scoreWords(overlap.own)} like {titles(overlap.task)}, {scoreWords(overlap.score)} like{" "}
        {titles(overlap.other)}
      </p>
      <ul className="mt-1.5 list-disc pl-4 text-12 text-muted">
        {overlapAdvice(overlap, titles).map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {counter !== null && !known ? (
        <Button
          size="sm"
          className="mt-2 h-auto! min-h-6 max-w-full py-0.5 text-left whitespace-normal!"
          icon={<Ban size={12} className="shrink-0" aria-hidden />}
          onClick={() => addCounter(counter)}
        >
          <span className="line-clamp-2 min-w-0 wrap-anywhere">
            “{counter}” should not start this task
          </span>
        </Button>
      ) : null}
    </li>
  );
}

import { createContext, use } from "react";
import type { TaskView } from "@/api/model";
import type { Editing } from "@/api/editing";
import type { Block, Catalogue, Problem, Span, Task } from "@/api/model";
import type { PillCatalogue } from "./instructions/pill-catalogue";
import type { TextPlaces } from "./plan/text-place";
import type { Reference } from "./references";

/** What the parts of the editor share: the task on the desk and the ways to change it. */
export interface TaskDesk {
  task: Task;
  view: TaskView;
  editing: Editing<TaskView, Task>;
  catalogue: Catalogue;
  pills: PillCatalogue;
  references: readonly Reference[];
  change: (next: (task: Task) => Task, options?: { label?: string; apart?: boolean }) => void;
  changeBlock: (
    id: string,
    next: Partial<Block>,
    options?: { label?: string; apart?: boolean },
  ) => void;
  problemsOf: (block: string) => readonly Problem[];
  selected: { block: string | undefined; span: Span | undefined };
  select: (block: string | undefined, span?: Span) => void;
  /** The sentence that is looked at, in the text or in the outline. */
  places: TextPlaces;
  /** Shows in the log only what this sentence did. */
  traceSentence: (block: string, span: Span) => void;
  mend: (problem: Problem, at: number) => void;
  makeAttribute: (name: string) => string;
}

export const TaskDeskContext = createContext<TaskDesk | null>(null);

export function useTaskDesk(): TaskDesk {
  const desk = use(TaskDeskContext);
  if (!desk) throw new Error("there is no task on the desk");
  return desk;
}

import { X } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { call } from "@/api/client";
import type { Task, TriggerStudy } from "@/api/model";
import { Button, IconButton } from "@/parts/Button";
import { Divider, useRememberedSize } from "@/parts/Pane";
import { Skeleton } from "@/parts/Skeleton";
import { Tabs } from "@/parts/Tabs";
import { useTaskDesk } from "../task-desk";
import { EditEffect } from "./EditEffect";
import { EncoderNote } from "./EncoderNote";
import { MixUps } from "./MixUps";
import { opener } from "./opener";
import { Overlaps } from "./Overlaps";
import { TryMessages } from "./TryMessages";
import { useLatest } from "./use-latest";

type Tab = "try" | "mix_ups" | "overlaps";

/** "Which task starts?": messages tried, every example tried, and what the edit changes before customers meet it. */
export function TriggerPanel({ before, onClose }: { before: Task; onClose: () => void }) {
  const { task } = useTaskDesk();
  const [height, setHeight] = useRememberedSize("triggers", 380);
  const [tab, setTab] = useState<Tab>("try");
  const [text, setText] = useState("");
  // Opened to be written in; whoever walks along the tabs later is not carried away.
  const [walked, setWalked] = useState(false);
  const most = Math.round(window.innerHeight * 0.62);
  const chosenBy = textsOf(task);
  const study = useLatest(chosenBy, () => call("study_triggers", { task, before }));
  const titles = useTitles(task, study.result);
  const off = study.result?.examples.filter(
    ({ task, outcome }) => !(outcome.type === "starts" && outcome.task === task),
  ).length;
  const close = () => {
    onClose();
    document.getElementById(opener)?.focus();
  };
  return (
    <>
      <Divider
        label="Height of “Which task starts?”"
        direction="row"
        size={Math.min(height, most)}
        onSize={setHeight}
        min={180}
        max={most}
        invert
      />
      <section
        aria-label="Which task starts?"
        className="flex max-h-[62vh] min-h-0 shrink-0 flex-col bg-surface"
        style={{ height }}
      >
        <Tabs<Tab>
          label="Which task starts?"
          value={tab}
          onChange={(next) => {
            setTab(next);
            setWalked(true);
          }}
          tabs={[
            { value: "try", label: "Try a message" },
            { value: "mix_ups", label: "Mix-ups", badge: <Count number={off} /> },
            {
              value: "overlaps",
              label: "Overlaps",
              badge: <Count number={study.result?.overlaps.length} />,
            },
          ]}
          aside={
            <IconButton label="Close “Which task starts?”" size="sm" onClick={close}>
              <X size={14} />
            </IconButton>
          }
        >
          <div className="min-h-0 flex-1 overflow-y-auto">
            {study.result ? <EncoderNote state={study.result.encoder} /> : null}
            {task.only_used_by_other_tasks ? (
              <p className="px-4 pt-3 text-12 text-muted">
                Customers never start this task: only other tasks use it.
              </p>
            ) : null}
            {study.result ? (
              <EditEffect
                study={study.result}
                here={task.id}
                titles={titles}
                edited={textsOf(before) !== chosenBy}
                waiting={study.waiting}
              />
            ) : null}
            {tab === "try" ? (
              <TryMessages
                before={before}
                chosenBy={chosenBy}
                titles={titles}
                text={text}
                onText={setText}
                autoFocus={!walked}
              />
            ) : study.failure ? (
              <div role="alert" className="flex flex-wrap items-center gap-3 p-4">
                <p className="text-red">{study.failure.message}</p>
                <Button onClick={study.retry}>Try again</Button>
              </div>
            ) : !study.result ? (
              <Weighing />
            ) : tab === "mix_ups" ? (
              <MixUps study={study.result} titles={titles} />
            ) : (
              <Overlaps study={study.result} titles={titles} />
            )}
          </div>
        </Tabs>
      </section>
    </>
  );
}

/** What a task is chosen by; whatever else is edited changes nothing here. */
function textsOf(task: Task): string {
  const { title, description, examples, counter_examples, only_used_by_other_tasks } = task;
  return JSON.stringify([
    title,
    description,
    examples,
    counter_examples,
    only_used_by_other_tasks ?? false,
  ]);
}

function useTitles(task: Task, study: TriggerStudy | null): (id: string) => string {
  const { view } = useTaskDesk();
  const names = useMemo(
    () =>
      new Map(
        [...view.catalogue.tasks, ...(study?.tasks ?? [])].map(({ id, title }) => [id, title]),
      ),
    [view.catalogue.tasks, study],
  );
  return useCallback(
    (id) => (id === task.id ? task.title : names.get(id)) || "Untitled task",
    [names, task.id, task.title],
  );
}

function Count({ number }: { number: number | undefined }) {
  return number ? <span className="tabular text-faint">{number}</span> : null;
}

function Weighing() {
  return (
    <>
      <p className="px-4 pt-4 text-12 text-muted">Trying every example of every task…</p>
      <Skeleton lines={4} className="p-4!" />
    </>
  );
}

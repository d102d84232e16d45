import { useEffect, useId, useRef, useState } from "react";
import { call } from "@/api/client";
import { asHostError } from "@/api/host";
import type { Condition } from "@/api/model";
import { same } from "@/api/diff-json";
import { TextArea } from "@/parts/Field";
import { ConditionEditor } from "./ConditionEditor";
import { useTaskDesk } from "./task-desk";
import { useConditionWords } from "./use-condition-words";

/** One condition in two views, as words and as a form: whichever is changed, the other follows. */
export function ConditionField({
  condition,
  onChange,
}: {
  condition: Condition | null;
  onChange: (condition: Condition | null) => void;
}) {
  return (
    <div className="flex flex-col gap-2">
      <ConditionWords condition={condition} onChange={onChange} />
      <ConditionEditor condition={condition} onChange={onChange} />
    </div>
  );
}

/** The condition in words, to be read and to be typed: taken over as soon as the program reads one in them. */
export function ConditionWords({
  condition,
  onChange,
}: {
  condition: Condition | null;
  onChange: (condition: Condition) => void;
}) {
  const { task, editing } = useTaskDesk();
  const note = useId();
  const words = useConditionWords(task.id, condition);
  const [typed, setTyped] = useState<string | null>(null);
  const [unread, setUnread] = useState<string | null>(null);
  const latest = useRef({ condition, onChange });
  latest.current = { condition, onChange };

  useEffect(() => {
    if (typed === null || typed.trim() === "") return;
    let outdated = false;
    const timer = setTimeout(() => {
      // An attribute that was made a moment ago can be named as soon as it is saved.
      editing
        .flush()
        .catch(() => undefined)
        .then(() => call("read_condition", { task: task.id, words: typed }))
        .then((read) => {
          if (outdated) return;
          setUnread(read.type === "unread" ? read.reason : null);
          if (read.type === "read" && !same(read.condition, latest.current.condition))
            latest.current.onChange(read.condition);
        })
        .catch((thrown: unknown) => outdated || setUnread(asHostError(thrown).message));
    }, 250);
    return () => {
      outdated = true;
      clearTimeout(timer);
    };
  }, [typed, task.id, editing]);

  return (
    <div>
      <TextArea
        aria-label="Condition in words"
        aria-describedby={unread ? note : undefined}
        aria-invalid={unread ? true : undefined}
        minRows={1}
        placeholder="Say it in words, e.g. the order’s status is shipped"
        value={typed ?? words ?? ""}
        onChange={(event) => {
          setTyped(event.target.value.replaceAll("\n", " "));
          setUnread(null);
        }}
        onBlur={() => {
          // What was understood is said in the program's words; what was not stays to be mended.
          if (!unread) setTyped(null);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || typed === null) return;
          event.stopPropagation();
          setTyped(null);
          setUnread(null);
        }}
      />
      {unread ? (
        <p id={note} role="status" className="mt-1 text-12 text-amber">
          {unread} The condition below stays as it was.
        </p>
      ) : null}
    </div>
  );
}

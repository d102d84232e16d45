import { useEffect, useId, useRef, useState } from "react";
import { call } from "@/api/client";
import { asHostError } from "@/api/host";
import type { Condition } from "@/api/model";
import { same } from "@/api/diff-json";
import { cx } from "@/parts/class-names";
import { TextArea } from "@/parts/Field";
import { ConditionEditor } from "./ConditionEditor";
import { useTaskDesk } from "./task-desk";
import { useConditionWords } from "./use-condition-words";

/** One condition in two views, as words and as a form: whichever is changed, the other follows. */
export function ConditionField({
  condition,
  example,
  onChange,
}: {
  condition: Condition | null;
  example?: string;
  onChange: (condition: Condition | null) => void;
}) {
  return (
    <div className="flex flex-col gap-2">
      <ConditionWords condition={condition} example={example} onChange={onChange} />
      <ConditionEditor condition={condition} onChange={onChange} />
    </div>
  );
}

/** The condition in words, to be read and to be typed: taken over as soon as the program reads one in them. */
export function ConditionWords({
  condition,
  example = "the order’s status is shipped",
  onChange,
}: {
  condition: Condition | null;
  /** What could be said here. */
  example?: string | undefined;
  onChange: (condition: Condition) => void;
}) {
  const { task, editing } = useTaskDesk();
  const note = useId();
  const words = useConditionWords(task.id, condition);
  const [typed, setTyped] = useState<Typed | null>(null);
  const latest = useRef({ condition, onChange });
  latest.current = { condition, onChange };
  // Another condition than the typed words stand for: the form was used, and its words count.
  const own = typed && (same(typed.over, condition) || same(typed.read, condition)) ? typed : null;
  const text = own?.text ?? null;

  useEffect(() => {
    if (text === null || text.trim() === "") return;
    let outdated = false;
    const tell = (change: Partial<Typed>) => {
      if (!outdated) setTyped((old) => (old ? { ...old, ...change } : old));
    };
    const timer = setTimeout(() => {
      // An attribute that was made a moment ago can be named as soon as it is saved.
      editing
        .flush()
        .catch(() => undefined)
        .then(() => call("read_condition", { task: task.id, words: text }))
        .then((read) => {
          if (outdated) return;
          if (read.type === "unread") return tell({ unread: read.reason });
          tell({ unread: null, read: read.condition });
          if (!same(read.condition, latest.current.condition))
            latest.current.onChange(read.condition);
        })
        .catch((thrown: unknown) => tell({ unread: asHostError(thrown).message }));
    }, 250);
    return () => {
      outdated = true;
      clearTimeout(timer);
    };
  }, [text, task.id, editing]);

  // Once it was taken over there is no way back to what it was typed over.
  useEffect(() => {
    setTyped((old) =>
      old && same(old.read, condition) && !same(old.over, old.read)
        ? { ...old, over: old.read }
        : old,
    );
  }, [condition]);

  const said = own?.unread
    ? `${own.unread} The condition below stays as it was.`
    : text !== null && words !== null && words !== text.trim()
      ? `Read as: ${words}`
      : null;
  return (
    <div>
      <TextArea
        aria-label="Condition in words"
        aria-describedby={said ? note : undefined}
        aria-invalid={own?.unread ? true : undefined}
        minRows={1}
        placeholder={`Say it in words, e.g. ${example}`}
        value={text ?? words ?? ""}
        onChange={(event) =>
          setTyped({
            text: event.target.value.replaceAll("\n", " "),
            over: condition,
            read: condition,
            unread: null,
          })
        }
        onKeyDown={(event) => {
          if (event.key !== "Escape" || text === null) return;
          event.stopPropagation();
          setTyped(null);
        }}
      />
      <p
        id={note}
        role="status"
        className={cx("text-12 not-empty:mt-1", own?.unread ? "text-amber" : "text-faint")}
      >
        {said}
      </p>
    </div>
  );
}

/** Words on their way to a condition. */
interface Typed {
  text: string;
  /** The condition they were typed over. */
  over: Condition | null;
  /** What was read in them, and before that the condition they were typed over. */
  read: Condition | null;
  unread: string | null;
}

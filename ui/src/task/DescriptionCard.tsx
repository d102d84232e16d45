import { Check, Circle, ListFilter, Plus, X } from "lucide-react";
import { useId, useState } from "react";
import { Button, IconButton } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { TextArea } from "@/parts/Field";
import { Popover } from "@/parts/Popover";
import { ConditionField } from "./ConditionField";
import { coach } from "./description-coach";
import { useDeskGo, useDeskSearch } from "./desk-address";
import { useTaskDesk } from "./task-desk";
import { opener } from "./triggers/opener";
import { count } from "./words";

/** "When to use this task": the words by which the assistant chooses it, with a coach beside them. */
export function DescriptionCard() {
  const { task, change } = useTaskDesk();
  const id = useId();
  const [tab, setTab] = useState<"examples" | "counter" | "audience" | null>(null);
  return (
    <section aria-labelledby={id} className="rounded-lg border border-line bg-surface">
      <div className="flex items-center justify-between gap-3 px-4 pt-3">
        <h2 id={id} className="text-13 font-semibold">
          When to use this task
        </h2>
        <Coach />
      </div>
      <div className="px-4 pt-1 pb-3">
        <TextArea
          bare
          minRows={2}
          id="task-description"
          aria-label="When to use this task"
          placeholder="Use this task when a customer wants to … Do not use it for …"
          value={task.description}
          onChange={(event) => {
            const description = event.target.value;
            change((task) => ({ ...task, description }));
          }}
          className="text-[14px] leading-[1.6]"
        />
      </div>
      <div className="flex flex-wrap items-center gap-1 border-t border-line px-2.5 py-1.5">
        <Button
          look="quiet"
          size="sm"
          aria-expanded={tab === "examples"}
          pressed={tab === "examples"}
          onClick={() => setTab(tab === "examples" ? null : "examples")}
        >
          Examples <span className="tabular text-faint">{task.examples.length}</span>
        </Button>
        <Button
          look="quiet"
          size="sm"
          aria-expanded={tab === "counter"}
          pressed={tab === "counter"}
          onClick={() => setTab(tab === "counter" ? null : "counter")}
        >
          Should not start it{" "}
          <span className="tabular text-faint">{task.counter_examples.length}</span>
        </Button>
        <Button
          look="quiet"
          size="sm"
          aria-expanded={tab === "audience"}
          pressed={tab === "audience"}
          onClick={() => setTab(tab === "audience" ? null : "audience")}
        >
          Who it is for <span className="text-faint">{task.audience ? "some" : "everyone"}</span>
        </Button>
        <WhichStarts />
      </div>
      {tab === "examples" ? (
        <MessageList
          label="Example message"
          add="Add an example"
          placeholder="I want to cancel my order"
          messages={task.examples}
          onChange={(examples) => change((task) => ({ ...task, examples }))}
        />
      ) : null}
      {tab === "counter" ? (
        <MessageList
          label="Message that should not start it"
          add="Add a message"
          placeholder="Where is my order?"
          messages={task.counter_examples}
          onChange={(counter_examples) => change((task) => ({ ...task, counter_examples }))}
        />
      ) : null}
      {tab === "audience" ? <Audience /> : null}
    </section>
  );
}

/** The customers whose messages can start the task. */
function Audience() {
  const { task, change } = useTaskDesk();
  return (
    <div className="flex flex-col gap-2 border-t border-line px-4 py-3">
      <p className="text-12 text-muted">
        Its messages start it only where this holds, e.g. “the customer is signed in”. Everyone,
        where nothing stands here.
      </p>
      <ConditionField
        example="the customer is signed in"
        condition={task.audience ?? null}
        onChange={(audience) => change((task) => ({ ...task, audience }))}
      />
      {task.audience ? (
        <Button
          look="quiet"
          size="sm"
          className="self-start"
          icon={<X size={13} aria-hidden />}
          onClick={() => change((task) => ({ ...task, audience: null }))}
        >
          For everyone again
        </Button>
      ) : null}
    </div>
  );
}

function WhichStarts() {
  const { triggers } = useDeskSearch();
  const go = useDeskGo();
  return (
    <Button
      look="quiet"
      size="sm"
      id={opener}
      className="ml-auto"
      icon={<ListFilter size={13} aria-hidden />}
      pressed={triggers === true}
      onClick={() => go((old) => ({ ...old, triggers: old.triggers ? undefined : true }))}
    >
      Which task starts?
    </Button>
  );
}

function Coach() {
  const { task } = useTaskDesk();
  const points = coach(task);
  const open = points.filter((point) => !point.done).length;
  return (
    <Popover
      label="What makes a good description"
      align="end"
      width={340}
      trigger={
        <Button look="quiet" size="sm">
          {open === 0 ? (
            <Check size={14} className="text-green" aria-hidden />
          ) : (
            <Circle size={12} className="text-amber" aria-hidden />
          )}
          {open === 0 ? "Description: good" : `Description: ${count(open, "thing")} to improve`}
        </Button>
      }
    >
      <ul className="flex flex-col gap-2.5">
        {points.map((point) => (
          <li key={point.id} className="flex gap-2">
            {point.done ? (
              <Check size={15} className="mt-0.5 shrink-0 text-green" aria-label="Done" />
            ) : (
              <Circle size={13} className="mt-1 shrink-0 text-amber" aria-label="To improve" />
            )}
            <div>
              <p className={cx(point.done ? "text-muted" : "font-medium")}>{point.label}</p>
              {point.done ? null : <p className="text-12 text-muted">{point.how}</p>}
            </div>
          </li>
        ))}
      </ul>
    </Popover>
  );
}

function MessageList({
  label,
  add,
  placeholder,
  messages,
  onChange,
}: {
  label: string;
  add: string;
  placeholder: string;
  messages: readonly string[];
  onChange: (messages: string[]) => void;
}) {
  const [fresh, setFresh] = useState("");
  const keep = () => {
    if (!fresh.trim()) return;
    onChange([...messages, fresh.trim()]);
    setFresh("");
  };
  return (
    <div className="border-t border-line px-4 py-2">
      <ul>
        {messages.map((message, at) => (
          // The texts themselves change while typing, so the place is the only steady key.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={at} className="group flex items-center gap-1">
            <input
              aria-label={`${label} ${at + 1}`}
              value={message}
              onChange={(event) =>
                onChange(messages.map((old, index) => (index === at ? event.target.value : old)))
              }
              className="h-7 min-w-0 flex-1 rounded-sm bg-transparent px-1"
            />
            <IconButton
              label="Remove"
              size="sm"
              onClick={() => onChange(messages.filter((_, index) => index !== at))}
            >
              <X size={13} />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className="flex items-center gap-1">
        <input
          aria-label={add}
          placeholder={placeholder}
          value={fresh}
          onChange={(event) => setFresh(event.target.value)}
          onBlur={keep}
          onKeyDown={(event) => {
            if (event.key === "Enter") keep();
          }}
          className="h-7 min-w-0 flex-1 rounded-sm bg-transparent px-1"
        />
        <IconButton label={add} size="sm" onClick={keep} disabled={!fresh.trim()}>
          <Plus size={14} />
        </IconButton>
      </div>
    </div>
  );
}

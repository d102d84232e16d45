import { useQuery } from "@tanstack/react-query";
import { Search, X } from "lucide-react";
import { useEffect, useState } from "react";
import type { ConversationFilter, DateRange } from "@/api/model";
import { Button, buttonLook } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { Field, Input } from "@/parts/Field";
import { MultiChoice } from "@/parts/MultiChoice";
import { Popover } from "@/parts/Popover";
import {
  handOffWords,
  placeWords,
  problemWords,
  rangeWords,
  stateWords,
} from "./conversation-words";
import { isOpen, tidied } from "./filter-moves";
import { filterChoicesQuery } from "./inbox-queries";

const noTask = "none";
/** Milliseconds that somebody pauses when a word is written. */
const pause = 250;

function choicesOf<T extends string>(
  words: Record<T, string | { label: string }>,
): { value: T; label: string }[] {
  return (Object.entries(words) as [T, string | { label: string }][]).map(([value, word]) => ({
    value,
    label: typeof word === "string" ? word : word.label,
  }));
}

/** Which conversations: the same bar over the inbox and over reports. */
export function FilterBar({
  filter,
  onChange,
  search = true,
  tight = false,
}: {
  filter: ConversationFilter;
  onChange: (filter: ConversationFilter) => void;
  search?: boolean;
  /** Beside something that matters more. */
  tight?: boolean;
}) {
  const { data } = useQuery(filterChoicesQuery);
  const set = (part: ConversationFilter) => onChange(tidied({ ...filter, ...part }));
  const tasks = [
    ...(data?.tasks ?? []).map(({ task, title }) => ({ value: task, label: title || "Untitled" })),
    { value: noTask, label: "No task" },
  ];
  const used = [...(filter.tasks ?? []), ...(filter.no_task ? [noTask] : [])];
  return (
    <div
      role="group"
      aria-label="Filter"
      className={cx(
        "flex min-w-0 flex-1 items-center gap-1.5 narrow:basis-full narrow:flex-wrap",
        tight && "flex-wrap",
      )}
    >
      {search ? <Words value={filter.words ?? ""} onChange={(words) => set({ words })} /> : null}
      {/* Where there is little room it is one line to scroll, and leaves the rest to the list. */}
      <div
        className={cx(
          "-m-1 flex min-w-0 flex-1 items-center gap-1.5 p-1",
          tight
            ? "basis-full overflow-x-auto"
            : "flex-wrap narrow:basis-full narrow:flex-nowrap narrow:overflow-x-auto",
        )}
      >
        <RangeChoice range={filter.began} onChange={(began) => set({ began })} />
        <MultiChoice
          label="Task used"
          values={used}
          choices={tasks}
          onChange={(values) =>
            set({
              tasks: values.filter((value) => value !== noTask),
              no_task: values.includes(noTask),
            })
          }
        />
        <MultiChoice
          label="State"
          values={filter.states ?? []}
          choices={choicesOf(stateWords)}
          onChange={(states) => set({ states })}
        />
        <MultiChoice
          label="Tag"
          values={filter.tags ?? []}
          choices={(data?.tags ?? []).map((tag) => ({ value: tag, label: tag }))}
          onChange={(tags) => set({ tags })}
        />
        <MultiChoice
          label="Problem"
          values={filter.problems ?? []}
          choices={choicesOf(problemWords)}
          onChange={(problems) => set({ problems })}
        />
        <MultiChoice
          label="Reason"
          values={filter.hand_offs ?? []}
          choices={choicesOf(handOffWords)}
          onChange={(reasons) => set({ hand_offs: reasons })}
        />
        <MultiChoice
          label="Channel"
          values={filter.places ?? []}
          choices={choicesOf(placeWords)}
          onChange={(places) => set({ places })}
        />
        {filter.customer ? (
          <Button
            size="md"
            className="border-accent-line! bg-accent-surface! text-accent-text!"
            onClick={() => {
              const { customer: _, ...rest } = filter;
              onChange(tidied(rest));
            }}
            aria-label="One customer. Show everybody"
          >
            One customer
            <X size={13} aria-hidden />
          </Button>
        ) : null}
        {isOpen(filter) ? null : (
          <Button look="quiet" onClick={() => onChange({})}>
            Clear
          </Button>
        )}
      </div>
    </div>
  );
}

function Words({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), pause);
    return () => clearTimeout(timer);
    // Only what is written counts; the bar is drawn anew with every change.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [text]);
  return (
    <div className="relative narrow:w-full">
      <Search
        size={14}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint"
      />
      <input
        type="search"
        aria-label="Find conversations"
        placeholder="Message or customer"
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="h-7.5 w-52 rounded-md border border-line-strong bg-surface pr-2 pl-8 hover:border-control-line narrow:w-full"
      />
    </div>
  );
}

const ranges: DateRange[] = [
  { type: "always" },
  { type: "last_days", days: 1 },
  { type: "last_days", days: 7 },
  { type: "last_days", days: 30 },
  { type: "last_days", days: 90 },
];

function RangeChoice({
  range,
  onChange,
}: {
  range: DateRange | undefined;
  onChange: (range: DateRange) => void;
}) {
  const [open, setOpen] = useState(false);
  const between = range?.type === "between" ? range : null;
  const [from, setFrom] = useState(between?.from ?? "");
  const [until, setUntil] = useState(between?.until ?? "");
  const wrong = from !== "" && until !== "" && from > until;
  const chosen = range !== undefined && range.type !== "always";
  const choose = (next: DateRange) => {
    onChange(next);
    setOpen(false);
  };
  return (
    <Popover
      label="When it began"
      width={260}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button
          type="button"
          className={cx(
            buttonLook("secondary"),
            chosen ? "border-accent-line! bg-accent-surface! text-accent-text!" : "text-muted!",
          )}
        >
          {chosen ? rangeWords(range) : "Date"}
        </button>
      }
    >
      <div className="flex flex-col items-stretch gap-0.5">
        {ranges.map((one) => (
          <Button
            key={rangeWords(one)}
            look="quiet"
            className="justify-start!"
            pressed={rangeWords(one) === rangeWords(range)}
            onClick={() => choose(one)}
          >
            {rangeWords(one)}
          </Button>
        ))}
      </div>
      <form
        className="mt-2 flex flex-col gap-2 border-t border-line pt-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (from && until && !wrong) choose({ type: "between", from, until });
        }}
      >
        <Field label="From">
          {(ids) => (
            <Input {...ids} type="date" value={from} onChange={(e) => setFrom(e.target.value)} />
          )}
        </Field>
        <Field label="Until" problem={wrong ? "This day is before the first one." : null}>
          {(ids) => (
            <Input {...ids} type="date" value={until} onChange={(e) => setUntil(e.target.value)} />
          )}
        </Field>
        <Button type="submit" disabled={!from || !until || wrong}>
          Show these days
        </Button>
      </form>
    </Popover>
  );
}

import { Check, ChevronRight, Plus } from "lucide-react";
import { useState } from "react";
import type { AttributeType } from "@/api/model";
import { cx } from "@/parts/class-names";
import { typeWords } from "@/task/words";

/** Items of a list that are shown at first. */
const shownAtFirst = 20;
/** Groups in one another that stand open at first. */
const openAtFirst = 3;

export interface TreeChoice {
  types: Readonly<Record<string, AttributeType>>;
  picked: (pointer: string) => boolean;
  onPick: (pointer: string) => void;
}

/** An answer to read and to pick from: each value is a button that makes it a field. */
export function JsonTree({ json, choice }: { json: unknown; choice: TreeChoice }) {
  return (
    <ul aria-label="Values of the answer" className="font-mono text-12 leading-6">
      <Node name="" pointer="" json={json} depth={0} choice={choice} />
    </ul>
  );
}

const stepIn = (pointer: string, step: string) =>
  `${pointer}/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`;

function Node({
  name,
  pointer,
  json,
  depth,
  choice,
  item,
}: {
  name: string;
  pointer: string;
  json: unknown;
  depth: number;
  choice: TreeChoice;
  /** It is one of a list: the list can be taken, or what its items hold; no item by itself. */
  item?: boolean;
}) {
  const inner = childrenOf(json);
  const [open, setOpen] = useState(depth < openAtFirst);
  const [all, setAll] = useState(false);
  const shown = all ? inner : inner?.slice(0, shownAtFirst);
  const words = name || (depth === 0 ? "The answer" : pointer);
  const nothing = inner !== null && inner.length === 0;
  return (
    <li>
      <div className="group flex items-center gap-1.5 rounded-sm hover:bg-hover">
        {inner && !nothing ? (
          <button
            type="button"
            aria-expanded={open}
            aria-label={`${open ? "Close" : "Open"} ${words}`}
            onClick={() => setOpen(!open)}
            className="grid size-5 shrink-0 place-items-center rounded-sm text-faint hover:text-ink"
          >
            <ChevronRight
              size={13}
              aria-hidden
              className={cx("transition-transform", open && "rotate-90")}
            />
          </button>
        ) : (
          <span className="w-5 shrink-0" />
        )}
        <span className="min-w-0 flex-1 truncate">
          {name ? <span className="text-muted">{name}: </span> : null}
          <Value json={json} />
        </span>
        {item ? null : <PickButton pointer={pointer} words={words} choice={choice} />}
      </div>
      {open && shown && shown.length > 0 ? (
        <ul className="ml-2.5 border-l border-line pl-2">
          {shown.map(([key, value]) => (
            <Node
              key={key}
              name={Array.isArray(json) ? `${Number(key) + 1}` : key}
              pointer={stepIn(pointer, key)}
              json={value}
              depth={depth + 1}
              choice={choice}
              item={Array.isArray(json)}
            />
          ))}
          {inner && shown.length < inner.length ? (
            <li>
              <button
                type="button"
                onClick={() => setAll(true)}
                className="rounded-sm px-1 text-accent-text hover:underline"
              >
                {inner.length - shown.length} more
              </button>
            </li>
          ) : null}
        </ul>
      ) : null}
    </li>
  );
}

function PickButton({
  pointer,
  words,
  choice,
}: {
  pointer: string;
  words: string;
  choice: TreeChoice;
}) {
  const kind = choice.types[pointer];
  if (!kind) return null;
  const picked = choice.picked(pointer);
  return (
    <button
      type="button"
      aria-pressed={picked}
      aria-label={`${words}: ${picked ? "is a field" : "take as a field"}, ${typeWords[kind.type]}`}
      onClick={() => choice.onPick(pointer)}
      className={cx(
        "inline-flex h-5 shrink-0 items-center gap-1 rounded-sm border px-1.5 font-sans text-11 transition-colors",
        picked
          ? "border-pill-field-line bg-pill-field-surface text-pill-field"
          : "border-transparent text-faint group-hover:border-line-strong group-hover:bg-surface group-hover:text-ink focus-visible:text-ink",
      )}
    >
      {picked ? <Check size={11} aria-hidden /> : <Plus size={11} aria-hidden />}
      {typeWords[kind.type]}
    </button>
  );
}

function childrenOf(json: unknown): [string, unknown][] | null {
  return typeof json === "object" && json !== null ? Object.entries(json) : null;
}

function Value({ json }: { json: unknown }) {
  if (Array.isArray(json)) {
    return (
      <span className="text-faint">{json.length === 1 ? "1 item" : `${json.length} items`}</span>
    );
  }
  if (typeof json === "object" && json !== null) {
    const count = Object.keys(json).length;
    return <span className="text-faint">{count === 1 ? "1 value" : `${count} values`}</span>;
  }
  if (json === "•••") return <span className="text-faint">••• (never shown)</span>;
  return (
    <span className={typeof json === "string" ? "text-green" : "text-blue"}>
      {JSON.stringify(json)}
    </span>
  );
}

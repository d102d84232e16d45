import { CircleAlert, Plus, Tag, UserRound, Zap } from "lucide-react";
import { Link } from "@tanstack/react-router";
import type { Block } from "@/api/model";
import { cx } from "@/parts/class-names";
import { Fold } from "@/parts/Fold";
import { SortArea, sortHead, sortItem } from "@/parts/Sortable";
import { AddBlock } from "./AddBlock";
import { blockTitle, kindOf } from "./block-kinds";
import { insides, placeBlock, topList, type ListPlace } from "./block-tree";
import { bySeverity } from "./problem-words";
import { useTaskDesk } from "./task-desk";
import { useUsed } from "./use-used";
import { count, typeWords } from "./words";

/** The task at a glance: what happens in which order, and what it uses. */
export function Outline() {
  const { task, catalogue, selected, select, change } = useTaskDesk();
  const move = (id: string, list: string, at: number) =>
    change((task) => placeBlock(task, id, placeOf(list), at), {
      label: "Moved a block",
      apart: true,
    });
  const used = useUsed();
  return (
    <nav
      aria-label="Blocks and what they use"
      className="flex min-w-0 flex-1 flex-col gap-3 overflow-y-auto px-2 py-3"
    >
      <Fold title="Blocks" startOpen aside={<Count of={task.blocks.length} />}>
        <SortArea onMove={move}>
          <OutlineList blocks={task.blocks} place={topList} depth={0} />
        </SortArea>
        <AddBlock place={topList} at={task.blocks.length} quiet />
      </Fold>
      <Fold title="Attributes" startOpen aside={<Count of={task.attributes.length} />}>
        <ul>
          {task.attributes.map((attribute) => (
            <li key={attribute.id}>
              <button
                type="button"
                onClick={() => select(`attribute:${attribute.id}`)}
                aria-current={selected.block === `attribute:${attribute.id}` || undefined}
                className={rowLook(selected.block === `attribute:${attribute.id}`)}
              >
                <Tag size={13} className="shrink-0 text-pill-attribute" aria-hidden />
                <span className="max-w-full shrink-0 truncate">{attribute.name || "Untitled"}</span>
                <span className="min-w-0 flex-1 truncate text-right text-11 text-faint">
                  {typeWords[attribute.kind.type]}
                </span>
              </button>
            </li>
          ))}
        </ul>
        <AddAttribute />
      </Fold>
      <Fold title="Actions used" startOpen aside={<Count of={used.actions.length} />}>
        <ul>
          {used.actions.map((action) => (
            <li key={action.id}>
              <Link
                to="/actions/$actionId"
                params={{ actionId: action.id }}
                className={rowLook(false)}
              >
                <Zap size={13} className="shrink-0 text-pill-action" aria-hidden />
                <span className="min-w-0 flex-1 truncate">{action.name}</span>
                {action.request ? null : <span className="text-11 text-faint">Not connected</span>}
              </Link>
            </li>
          ))}
        </ul>
        {used.actions.length === 0 ? (
          <p className="px-2 py-1 text-12 text-faint">
            {catalogue.actions.length > 0 ? "Type @ in the instructions to use one." : "None yet."}
          </p>
        ) : null}
      </Fold>
      {used.teams.length > 0 ? (
        <Fold title="Teams" startOpen aside={<Count of={used.teams.length} />}>
          <ul>
            {used.teams.map((team) => (
              <li key={team.id}>
                <Link to="/settings/$page" params={{ page: "teams" }} className={rowLook(false)}>
                  <UserRound size={13} className="shrink-0 text-amber" aria-hidden />
                  <span className="min-w-0 flex-1 truncate">{team.name}</span>
                </Link>
              </li>
            ))}
          </ul>
        </Fold>
      ) : null}
    </nav>
  );
}

function Count({ of }: { of: number }) {
  return <span className="tabular pr-2 text-12 text-faint">{of}</span>;
}

function AddAttribute() {
  const { makeAttribute, task, select, editing } = useTaskDesk();
  return (
    <button
      type="button"
      onClick={() => {
        makeAttribute(`Attribute ${task.attributes.length + 1}`);
        const made = editing.current().doc.attributes.at(-1);
        if (made) select(`attribute:${made.id}`);
      }}
      className={cx(rowLook(false), "text-muted")}
    >
      <Plus size={13} aria-hidden /> Add attribute
    </button>
  );
}

export function rowLook(active: boolean): string {
  return cx(
    "inset-focus flex h-7 w-full items-center gap-1.5 rounded-md px-2 text-left text-13 transition-colors",
    active ? "bg-active" : "hover:bg-hover",
  );
}

function OutlineBlock({
  block,
  place,
  at,
  depth,
}: {
  block: Block;
  place: ListPlace;
  at: number;
  depth: number;
}) {
  const { selected, select, problemsOf } = useTaskDesk();
  const { Icon, label } = kindOf(block.type);
  const active = selected.block === block.id;
  const { blocking } = bySeverity(problemsOf(block.id));
  return (
    <li>
      <button
        type="button"
        {...sortItem(block.id, listKey(place), at)}
        aria-current={active || undefined}
        onClick={() => select(block.id)}
        className={cx(rowLook(active), block.off && "opacity-60")}
        style={{ paddingLeft: 8 + depth * 12 }}
      >
        <span className="tabular w-4 shrink-0 text-right text-11 text-faint" aria-hidden>
          {depth === 0 ? at + 1 : ""}
        </span>
        <Icon size={14} className="shrink-0 text-muted" aria-label={label} />
        <span className={cx("min-w-0 flex-1 truncate", block.off && "line-through")}>
          {blockTitle(block)}
        </span>
        {blocking > 0 ? (
          <CircleAlert
            size={13}
            className="shrink-0 text-amber"
            aria-label={count(blocking, "problem")}
          />
        ) : null}
      </button>
      {insides(block).map(({ slot, blocks }) => (
        <div key={slot}>
          <div
            {...sortHead(listKey({ owner: block.id, slot }))}
            className="truncate py-0.5 text-11 text-faint"
            style={{ paddingLeft: 28 + depth * 12 }}
          >
            › {wayLabel(block, slot)}
          </div>
          <OutlineList blocks={blocks} place={{ owner: block.id, slot }} depth={depth + 1} />
        </div>
      ))}
    </li>
  );
}

function OutlineList({
  blocks,
  place,
  depth,
}: {
  blocks: readonly Block[];
  place: ListPlace;
  depth: number;
}) {
  return (
    <ol className="flex flex-col">
      {blocks.map((block, at) => (
        <OutlineBlock key={block.id} block={block} place={place} at={at} depth={depth} />
      ))}
    </ol>
  );
}

/** A list of blocks as one word, and back. */
const listKey = (place: ListPlace): string => `${place.owner ?? ""}/${place.slot}`;

function placeOf(key: string): ListPlace {
  const [owner = "", slot = ""] = key.split("/");
  return { owner: owner || null, slot };
}

/** What a way inside a container is called. */
export function wayLabel(block: Block, slot: string): string {
  if (block.type === "buttons")
    return block.options.find((option) => option.id === slot)?.label || "Option";
  if (block.type === "wait_for_webhook") return "If nothing comes";
  if (block.type !== "branch" || slot === "otherwise") return "Otherwise";
  const at = block.arms.findIndex((arm) => arm.id === slot);
  return block.arms[at]?.name || `Way ${at + 1}`;
}

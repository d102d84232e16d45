import {
  ArrowDown,
  ArrowUp,
  CircleAlert,
  Copy,
  Ellipsis,
  Lightbulb,
  Power,
  Trash2,
} from "lucide-react";
import type { Block, Problem } from "@/api/model";
import { Badge } from "@/parts/Badge";
import { IconButton } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { Menu } from "@/parts/Menu";
import { notify } from "@/parts/toast";
import { BlockBody } from "./blocks/BlockBody";
import { blockTitle, kindOf } from "./block-kinds";
import { copyBlock, insertBlock, moveBlock, removeBlock, type ListPlace } from "./block-tree";
import { bySeverity, problemWords } from "./problem-words";
import { ProblemMends } from "./ProblemMends";
import { useTaskDesk } from "./task-desk";

/** One block: its heading, what can be done with it, and what it says. */
export function BlockCard({
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
  const { selected, select, changeBlock, problemsOf } = useTaskDesk();
  const kind = kindOf(block.type);
  const active = selected.block === block.id;
  const problems = problemsOf(block.id);
  const { blocking, hints } = bySeverity(problems);
  return (
    // Focus anywhere inside selects the block; the controls inside are the interactive ones.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      id={`place-${block.id}`}
      data-block={block.id}
      aria-label={`${at + 1}. ${blockTitle(block)}`}
      onFocus={(event) => {
        event.stopPropagation();
        if (!active) select(block.id);
      }}
      className={cx(
        "scroll-mt-4 rounded-lg border bg-surface transition-[border-color,box-shadow] duration-120",
        active
          ? "border-line-strong shadow-[0_1px_3px_rgb(0_0_0/0.05),0_0_0_3px_color-mix(in_oklch,var(--accent)_10%,transparent)]"
          : "border-line",
      )}
    >
      <div className="flex h-10 items-center gap-2 pr-1.5 pl-3">
        <span className="tabular text-12 text-faint" aria-hidden>
          {depth === 0 ? at + 1 : "·"}
        </span>
        <kind.Icon size={15} className="shrink-0 text-muted" aria-hidden />
        <input
          aria-label="Block name"
          placeholder={kind.label}
          value={block.name ?? ""}
          onChange={(event) => changeBlock(block.id, { name: event.target.value })}
          className={cx(
            "h-7 min-w-0 flex-1 rounded-sm bg-transparent px-1 font-medium placeholder:text-ink",
            block.off && "text-faint line-through",
          )}
        />
        {block.off ? <Badge>Switched off</Badge> : null}
        {blocking > 0 ? (
          <Badge tone="amber" icon={<CircleAlert size={12} aria-hidden />}>
            {blocking}
            <span className="sr-only">{blocking === 1 ? " problem" : " problems"}</span>
          </Badge>
        ) : null}
        {blocking === 0 && hints > 0 ? (
          <Badge icon={<Lightbulb size={12} aria-hidden />}>
            {hints}
            <span className="sr-only"> could be better</span>
          </Badge>
        ) : null}
        {block.name ? <span className="text-12 text-faint">{kind.label}</span> : null}
        <BlockMenu block={block} place={place} at={at} />
      </div>
      <div className={cx("block-body px-4 pb-3.5", block.off && "opacity-60")}>
        <BlockBody block={block} depth={depth} />
        {problems.map((problem, index) =>
          problem.place.span ? null : (
            <BlockProblem key={`${problem.code}-${index}`} problem={problem} />
          ),
        )}
      </div>
    </li>
  );
}

function BlockProblem({ problem }: { problem: Problem }) {
  return (
    <div className="mt-3 flex items-start gap-2 rounded-md bg-amber-surface px-2.5 py-1.5 text-12">
      <CircleAlert size={14} className="mt-0.5 shrink-0 text-amber" aria-hidden />
      <p className="min-w-0 flex-1">{problemWords(problem)}</p>
      <ProblemMends problem={problem} most={2} className="-my-0.5" />
    </div>
  );
}

/** A step of its own in the history, with a name people read. */
const apart = (label: string) => ({ label, apart: true });

function BlockMenu({ block, place, at }: { block: Block; place: ListPlace; at: number }) {
  const { change, changeBlock, select, editing } = useTaskDesk();
  const remove = () => {
    change((task) => removeBlock(task, block.id), apart("Deleted a block"));
    notify({
      title: `Deleted “${blockTitle(block)}”`,
      undo: () => void editing.undo().catch(() => undefined),
    });
  };
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={`More for ${blockTitle(block)}`} size="sm">
          <Ellipsis size={15} />
        </IconButton>
      }
      entries={[
        {
          label: "Move up",
          icon: <ArrowUp size={14} />,
          shortcut: "Alt+Up",
          onSelect: () => change((task) => moveBlock(task, block.id, -1), apart("Moved a block")),
        },
        {
          label: "Move down",
          icon: <ArrowDown size={14} />,
          shortcut: "Alt+Down",
          onSelect: () => change((task) => moveBlock(task, block.id, 1), apart("Moved a block")),
        },
        {
          label: "Duplicate",
          icon: <Copy size={14} />,
          onSelect: () => {
            const copy = copyBlock(block);
            change((task) => insertBlock(task, place, at + 1, copy), apart("Duplicated a block"));
            select(copy.id);
          },
        },
        {
          label: block.off ? "Switch on" : "Switch off",
          icon: <Power size={14} />,
          onSelect: () =>
            changeBlock(
              block.id,
              { off: !block.off },
              apart(block.off ? "Switched a block on" : "Switched a block off"),
            ),
        },
        {
          label: "Delete",
          icon: <Trash2 size={14} />,
          danger: true,
          apart: true,
          onSelect: remove,
        },
      ]}
    />
  );
}

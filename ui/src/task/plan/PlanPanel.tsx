import { ListTree, Maximize2, Minimize2, Waypoints, Workflow, X } from "lucide-react";
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { Button, IconButton } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { EmptyState } from "@/parts/EmptyState";
import { Divider, useRememberedSize } from "@/parts/Pane";
import { Segmented } from "@/parts/Segmented";
import { Skeleton } from "@/parts/Skeleton";
import { useTaskDesk } from "../task-desk";
import { PlanDiagram } from "./PlanDiagram";
import { PlanList } from "./PlanList";
import {
  listenerRows,
  nodesOf,
  placeOf,
  planRows,
  rowAt,
  ruleRows,
  type PlanRow,
} from "./plan-rows";
import type { TextPlace } from "./text-place";
import { usePlan } from "./use-plan";

type How = "list" | "diagram";
type Scope = "task" | "block";

/** What the task does, as a list and as a diagram, below the text it was read from. */
export function PlanPanel({ onClose }: { onClose: () => void }) {
  const [height, setHeight] = useRememberedSize("plan", 340);
  const [tall, setTall] = useState(false);
  const most = Math.round(window.innerHeight * 0.62);
  return (
    <>
      {tall ? null : (
        <Divider
          label="Height of the outline"
          direction="row"
          size={Math.min(height, most)}
          onSize={setHeight}
          min={160}
          max={most}
          invert
        />
      )}
      <section
        aria-label="Outline of what happens"
        className={cx(
          "flex min-h-0 flex-col bg-surface",
          tall ? "flex-[1000]" : "max-h-[62vh] shrink-0",
        )}
        style={tall ? {} : { height }}
      >
        <Outlined tall={tall} onTall={setTall} onClose={onClose} />
      </section>
    </>
  );
}

function Outlined({
  tall,
  onTall,
  onClose,
}: {
  tall: boolean;
  onTall: (tall: boolean) => void;
  onClose: () => void;
}) {
  const { task, view, selected, select, places } = useTaskDesk();
  const { plan, failure } = usePlan(task, view.version);
  const [how, setHow] = useRemembered<How>("plan.how", "list");
  const [scope, setScope] = useRemembered<Scope>("plan.scope", "task");

  const { nodes, rows, rules, listeners, heard } = useMemo(() => {
    if (!plan) return { nodes: [], rows: [], rules: [], listeners: [], heard: [] };
    const own = scope === "block" ? nodesOf(plan, selected.block) : undefined;
    const nodes = own ?? plan.nodes;
    const shown = own ? plan.rules.filter((rule) => rule.block === selected.block) : plan.rules;
    const listeners = own
      ? plan.listeners.filter(({ block }) => block === selected.block)
      : plan.listeners;
    const heard = listenerRows(listeners);
    return { nodes, rows: planRows(nodes, !own), rules: ruleRows(shown), listeners, heard };
  }, [plan, scope, selected.block]);

  // What is chosen elsewhere, in the problems or the log, is shown here as well.
  useEffect(() => {
    if (selected.block && selected.span)
      places.look({ block: selected.block, span: selected.span });
  }, [places, selected]);
  const place = useSyncExternalStore(places.subscribe, places.current);
  // Several rows may stand on one sentence: the one that was chosen counts until another place is looked at.
  const [chosen, setChosen] = useState<{ id: string; place: TextPlace | null } | null>(null);
  const found = useMemo(
    () => rowAt([...rows, ...heard, ...rules], place)?.id ?? null,
    [rows, heard, rules, place],
  );
  const current = chosen && chosen.place === place ? chosen.id : found;

  const onSelect = useCallback(
    (row: PlanRow) => {
      if (row.block && row.span) {
        places.look({ block: row.block, span: row.span });
        select(row.block, row.span);
      } else if (row.block) select(row.block);
      setChosen({ id: row.id, place: places.current() });
    },
    [places, select],
  );
  const onWrite = useCallback(
    (row: PlanRow) => {
      onSelect(row);
      const place = placeOf([...rows, ...heard], row);
      if (place) places.write(place);
    },
    [onSelect, places, rows, heard],
  );

  const steps = [...rows, ...heard].some(
    (row) => !(row.type === "node" && row.node.kind === "instructions"),
  );
  return (
    <>
      <header className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-3 py-1">
        <Segmented
          label="How the outline is shown"
          value={how}
          choices={[
            {
              value: "list",
              label: "List",
              icon: <ListTree size={13} className="narrow:hidden" aria-hidden />,
            },
            {
              value: "diagram",
              label: "Diagram",
              icon: <Workflow size={13} className="narrow:hidden" aria-hidden />,
            },
          ]}
          onChange={setHow}
        />
        <Segmented
          label="What the outline shows"
          value={scope}
          choices={[
            { value: "task", label: "Whole task" },
            { value: "block", label: "This block" },
          ]}
          onChange={setScope}
        />
        <span className="flex-1" />
        <IconButton
          label={tall ? "Show the text again" : "Use the whole page"}
          size="sm"
          onClick={() => onTall(!tall)}
        >
          {tall ? <Minimize2 size={13} /> : <Maximize2 size={13} />}
        </IconButton>
        <IconButton label="Close the outline" size="sm" onClick={onClose}>
          <X size={14} />
        </IconButton>
      </header>
      {!plan && failure ? (
        <p className="p-4 text-red">{failure.message}</p>
      ) : !plan ? (
        <Skeleton lines={5} />
      ) : !steps ? (
        <EmptyState
          className="py-8!"
          icon={<Waypoints size={18} aria-hidden />}
          title="No steps yet"
          {...(scope === "block" && task.blocks.length > 1
            ? { action: <Button onClick={() => setScope("task")}>Show the whole task</Button> }
            : {})}
        >
          Write what should happen. Each sentence that is understood shows up here as a step.
        </EmptyState>
      ) : how === "diagram" ? (
        <PlanDiagram
          // Another block is another picture: it begins in full.
          key={scope === "block" ? selected.block : "task"}
          nodes={nodes}
          rows={rows}
          listeners={listeners}
          heard={heard}
          selected={current}
          onSelect={onSelect}
          onWrite={onWrite}
        />
      ) : (
        <div className="min-h-0 flex-1 overflow-y-auto px-2 py-2">
          <PlanList
            label="Steps"
            rows={rows}
            selected={current}
            onSelect={onSelect}
            onWrite={onWrite}
          />
          {heard.length > 0 ? (
            <>
              <h3 className="px-2 pt-3 pb-1 text-12 font-medium text-muted">
                Listened for at any time
              </h3>
              <PlanList
                label="Listened for at any time"
                rows={heard}
                selected={current}
                onSelect={onSelect}
                onWrite={onWrite}
              />
            </>
          ) : null}
          {rules.length > 0 ? (
            <>
              <h3 className="px-2 pt-3 pb-1 text-12 font-medium text-muted">
                Rules that always hold
              </h3>
              <PlanList
                label="Rules"
                rows={rules}
                selected={current}
                onSelect={onSelect}
                onWrite={onWrite}
              />
            </>
          ) : null}
        </div>
      )}
    </>
  );
}

/** A choice that lasts over restarts; a window that forbids storage simply forgets. */
function useRemembered<T extends string>(name: string, start: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => (localStorage.getItem(name) as T | null) ?? start);
  return [
    value,
    (next) => {
      setValue(next);
      localStorage.setItem(name, next);
    },
  ];
}

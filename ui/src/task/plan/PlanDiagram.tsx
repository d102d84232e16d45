import { Minus, Plus, Scan, ShieldCheck } from "lucide-react";
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { PlanNode } from "@/api/model";
import { IconButton } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { noteTints, rowLook } from "./plan-kinds";
import {
  boxWidth,
  diamond,
  drawBeside,
  drawPlan,
  lineHeight,
  noteHeight,
  type Box,
  type Drawing,
  type Frame,
  type Line,
} from "./plan-layout";
import type { PlanRow } from "./plan-rows";
import { around, fitting, inSight, opening, zoomed, type View } from "./plan-view";
import { measureWords } from "./measure-words";

/** The outline drawn: steps from top to bottom, ways side by side. The list says all of it, too. */
export function PlanDiagram({
  nodes,
  rows: flow,
  listeners,
  heard,
  selected,
  onSelect,
  onWrite,
}: {
  nodes: readonly PlanNode[];
  rows: readonly PlanRow[];
  /** What is listened for at any time, and its rows: drawn beside the flow, with no line into it. */
  listeners: readonly PlanNode[];
  heard: readonly PlanRow[];
  selected: string | null;
  onSelect: (row: PlanRow) => void;
  onWrite: (row: PlanRow) => void;
}) {
  const rows = useMemo(() => [...flow, ...heard], [flow, heard]);
  const help = useId();
  const frame = useRef<HTMLDivElement>(null);
  const drawing = useMemo(
    () => drawBeside(drawPlan(nodes, flow, measureWords), listeners, heard, measureWords),
    [nodes, flow, listeners, heard],
  );
  const { view, setView, move, size, fit } = useView(frame, drawing);
  const zoom = useCallback(
    (by: number) => move((old) => zoomed(old, by, { x: size.width / 2, y: size.height / 2 })),
    [move, size],
  );
  useWheel(frame, move);

  const shown = useMemo(
    () => placeOf(drawing, selected),
    // A drawing that changes under the reader does not move the view.
    // oxlint-disable-next-line react/exhaustive-deps
    [selected],
  );
  useEffect(() => {
    if (shown) setView((old) => inSight(old, shown, size));
  }, [shown, setView, size]);

  const at = rows.findIndex((row) => row.id === selected);
  const words = rows[at]?.words;
  const drag = useDrag(move);
  return (
    <div className="relative flex min-h-0 flex-1">
      {/* A picture to walk through takes its own keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={frame}
        role="application"
        aria-roledescription="diagram"
        aria-label="Outline as a diagram"
        aria-describedby={help}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="inset-focus relative min-h-0 flex-1 cursor-grab touch-none overflow-hidden bg-canvas select-none active:cursor-grabbing"
        onKeyDown={(event) => {
          if (event.altKey || event.ctrlKey || event.metaKey) return;
          const pan = {
            ArrowLeft: [60, 0],
            ArrowRight: [-60, 0],
            ArrowUp: [0, 60],
            ArrowDown: [0, -60],
          }[event.key];
          const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
          if (event.shiftKey && pan) {
            const [x = 0, y = 0] = pan;
            move((old) => ({ ...old, x: old.x + x, y: old.y + y }));
          } else if (step) {
            const row = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
            if (row) onSelect(row);
          } else if (event.key === "+" || event.key === "=") zoom(1.25);
          else if (event.key === "-") zoom(0.8);
          else if (event.key === "0") fit();
          else if (event.key === "Enter" && rows[at]) onWrite(rows[at]);
          else return;
          event.preventDefault();
        }}
        {...drag.handlers}
      >
        <p id={help} className="sr-only">
          Arrow keys walk through the steps, Enter goes to the text, plus and minus zoom, 0 shows
          all, Shift with an arrow key moves the picture. The list says the same in words.
        </p>
        <p role="status" className="sr-only">
          {words ?? ""}
        </p>
        <svg aria-hidden className="size-full">
          <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
            {drawing.frames.map((one) => (
              <FrameShape
                key={one.row.id}
                frame={one}
                selected={one.row.id === selected}
                onSelect={() => drag.moved() || onSelect(one.row)}
              />
            ))}
            {drawing.lines.map((line, index) => (
              // Lines are known by their place in the drawing only.
              // oxlint-disable-next-line react/no-array-index-key
              <LineShape key={index} line={line} />
            ))}
            <circle cx={drawing.start.x} cy={drawing.start.y} r={6} className="fill-muted" />
            {drawing.end ? (
              <g transform={`translate(${drawing.end.x} ${drawing.end.y})`}>
                <circle r={7} className="fill-canvas stroke-muted" strokeWidth={1.5} />
                <circle r={3.5} className="fill-muted" />
              </g>
            ) : null}
            {drawing.diamonds.map(({ x, y }) => (
              <rect
                key={`${x} ${y}`}
                x={x - diamond * 0.72}
                y={y - diamond * 0.72}
                width={diamond * 1.44}
                height={diamond * 1.44}
                rx={3}
                transform={`rotate(45 ${x} ${y})`}
                className="fill-pill-field-surface stroke-pill-field"
              />
            ))}
            {drawing.boxes.map((box) => (
              <BoxShape
                key={box.row.id}
                box={box}
                selected={box.row.id === selected}
                onSelect={() => drag.moved() || onSelect(box.row)}
                onWrite={() => onWrite(box.row)}
              />
            ))}
          </g>
        </svg>
      </div>
      <div className="absolute right-3 bottom-3 flex items-center rounded-md border border-line bg-surface p-0.5 shadow-[0_1px_3px_rgb(0_0_0/0.08)]">
        <IconButton label="Smaller" size="sm" onClick={() => zoom(0.8)}>
          <Minus size={14} />
        </IconButton>
        <span className="tabular w-10 text-center text-12 text-muted">
          {Math.round(view.scale * 100)} %
        </span>
        <IconButton label="Larger" size="sm" onClick={() => zoom(1.25)}>
          <Plus size={14} />
        </IconButton>
        <IconButton label="Show all of it" size="sm" onClick={fit}>
          <Scan size={14} />
        </IconButton>
      </div>
    </div>
  );
}

function BoxShape({
  box,
  selected,
  onSelect,
  onWrite,
}: {
  box: Box;
  selected: boolean;
  onSelect: () => void;
  onWrite: () => void;
}) {
  const { row } = box;
  const look = rowLook(row);
  const way = row.type === "way";
  const lacks = row.type === "node" && row.node.missing !== null;
  const below = 10 + box.lines.length * lineHeight;
  return (
    // The diagram takes the keys for all its boxes.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <g
      transform={`translate(${box.x} ${box.y})`}
      data-plan={row.id}
      onClick={onSelect}
      onDoubleClick={onWrite}
      className="cursor-default"
      opacity={row.type === "node" && row.node.off ? 0.55 : 1}
    >
      <rect
        width={boxWidth}
        height={box.height}
        rx={way ? 14 : 8}
        className={cx(
          way ? "fill-pill-field-surface" : lacks ? "fill-amber-surface" : "fill-surface",
          selected
            ? "stroke-accent"
            : lacks
              ? "stroke-amber"
              : way
                ? "stroke-pill-field-line"
                : "stroke-line-strong",
        )}
        strokeWidth={selected ? 2 : 1}
        strokeDasharray={lacks && !selected ? "4 3" : undefined}
      />
      <g className={look.tint}>
        <look.Icon x={11} y={12} width={15} height={15} />
      </g>
      <text
        x={34}
        y={23}
        className={cx("text-12", way ? "fill-pill-field font-medium" : "fill-ink")}
      >
        {box.lines.map((line, at) => (
          // oxlint-disable-next-line react/no-array-index-key
          <tspan key={at} x={34} dy={at === 0 ? 0 : lineHeight}>
            {line}
          </tspan>
        ))}
      </text>
      {box.notes.map((note, at) => (
        <g
          key={note.words}
          transform={`translate(34 ${below + at * noteHeight})`}
          className={noteTints[note.tone]}
        >
          {note.tone === "rule" ? <ShieldCheck x={-20} y={1} width={12} height={12} /> : null}
          <text y={11} className="fill-current text-11">
            {note.words}
          </text>
        </g>
      ))}
    </g>
  );
}

function FrameShape({
  frame,
  selected,
  onSelect,
}: {
  frame: Frame;
  selected: boolean;
  onSelect: () => void;
}) {
  const look = rowLook(frame.row);
  const number = frame.row.type === "node" ? frame.row.number : null;
  return (
    // The diagram takes the keys for all its boxes.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <g
      transform={`translate(${frame.x} ${frame.y})`}
      data-plan={frame.row.id}
      onClick={onSelect}
      opacity={frame.row.type === "node" && frame.row.node.off ? 0.55 : 1}
    >
      <rect
        width={frame.width}
        height={frame.height}
        rx={12}
        className={cx(
          frame.again ? "fill-transparent" : "fill-subtle",
          selected ? "stroke-accent" : frame.again ? "stroke-control-line" : "stroke-line",
        )}
        strokeWidth={selected ? 2 : 1}
        strokeDasharray={frame.again ? "6 4" : undefined}
      />
      <g className={look.tint}>
        {number === null ? (
          <look.Icon x={14} y={11} width={14} height={14} />
        ) : (
          <text x={21} y={22} textAnchor="middle" className="tabular fill-faint text-12">
            {number}
          </text>
        )}
      </g>
      <text
        x={36}
        y={22}
        className={cx("text-12 font-medium", frame.again ? "fill-muted" : "fill-ink")}
      >
        {frame.title}
      </text>
    </g>
  );
}

function LineShape({ line }: { line: Line }) {
  const { from, to } = line;
  return (
    <g className="text-control-line">
      <path d={pathOf(line)} fill="none" stroke="currentColor" strokeWidth={1.25} />
      {line.arrow ? (
        <path
          d={`M ${to.x - 4} ${to.y - 6} L ${to.x} ${to.y} L ${to.x + 4} ${to.y - 6} Z`}
          fill="currentColor"
        />
      ) : null}
      {line.words ? (
        <text x={to.x + 9} y={to.y - 10} className="fill-muted text-11">
          {line.words}
        </text>
      ) : null}
      {from.x === to.x ? null : <title>{line.words}</title>}
    </g>
  );
}

/** Down, across with round corners, and down again. A way begins to turn early, and comes back late. */
function pathOf({ from, to, arrow, words }: Line): string {
  if (from.x === to.x) return `M ${from.x} ${from.y} V ${to.y}`;
  const leaves = arrow || words !== undefined;
  const turn = leaves ? from.y + 16 : to.y - 12;
  const bend = Math.min(
    8,
    Math.abs(to.x - from.x) / 2,
    Math.abs(turn - from.y),
    Math.abs(to.y - turn),
  );
  const side = Math.sign(to.x - from.x);
  return [
    `M ${from.x} ${from.y}`,
    `V ${turn - bend}`,
    `Q ${from.x} ${turn} ${from.x + side * bend} ${turn}`,
    `H ${to.x - side * bend}`,
    `Q ${to.x} ${turn} ${to.x} ${turn + bend}`,
    `V ${to.y}`,
  ].join(" ");
}

function placeOf({ boxes, frames }: Drawing, id: string | null) {
  const box = boxes.find(({ row }) => row.id === id);
  if (box) return around(box);
  const frame = frames.find(({ row }) => row.id === id);
  // Of a whole block its head is enough.
  return frame ? around({ ...frame, height: Math.min(frame.height, 80) }) : null;
}

/** What part of the drawing is seen: as much as can be read, until somebody moves it. */
function useView(frame: React.RefObject<HTMLDivElement | null>, drawing: Drawing) {
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [view, setView] = useState<View>({ x: 0, y: 0, scale: 1 });
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const read = () =>
      setSize((old) => {
        const { clientWidth: width, clientHeight: height } = element;
        return old.width === width && old.height === height ? old : { width, height };
      });
    read();
    const watch = new ResizeObserver(read);
    watch.observe(element);
    return () => watch.disconnect();
  }, [frame]);
  const latest = useRef(drawing);
  latest.current = drawing;
  const touched = useRef(false);
  /** Moves the view by hand: from then on it stays where it was put. */
  const move = useCallback((change: (old: View) => View) => {
    touched.current = true;
    setView(change);
  }, []);
  const fit = useCallback(() => move(() => fitting(latest.current, size)), [move, size]);
  useLayoutEffect(() => {
    if (!touched.current && size.width > 0) setView(opening(latest.current, size));
  }, [size]);
  return { view, setView, move, size, fit };
}

/** The wheel moves the picture; with Ctrl, or two fingers spread, it zooms where the pointer is. */
function useWheel(
  frame: React.RefObject<HTMLDivElement | null>,
  move: (change: (old: View) => View) => void,
): void {
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const point = { x: event.clientX - box.left, y: event.clientY - box.top };
      if (event.ctrlKey || event.metaKey)
        move((old) => zoomed(old, Math.exp(-event.deltaY / 240), point));
      else move((old) => ({ ...old, x: old.x - event.deltaX, y: old.y - event.deltaY }));
    };
    element.addEventListener("wheel", turn, { passive: false });
    return () => element.removeEventListener("wheel", turn);
  }, [frame, move]);
}

/** Dragging moves the picture; what ends as a click was none only if the pointer stood still. */
function useDrag(move: (change: (old: View) => View) => void) {
  const held = useRef<{ x: number; y: number; far: boolean } | null>(null);
  const far = useRef(false);
  return {
    moved: () => far.current,
    handlers: {
      onPointerDown: (event: React.PointerEvent<HTMLDivElement>) => {
        if (event.button !== 0) return;
        far.current = false;
        held.current = { x: event.clientX, y: event.clientY, far: false };
      },
      onPointerMove: (event: React.PointerEvent<HTMLDivElement>) => {
        const from = held.current;
        if (!from) return;
        const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
        if (!from.far && Math.hypot(dx, dy) < 4) return;
        if (!from.far) event.currentTarget.setPointerCapture(event.pointerId);
        far.current = true;
        held.current = { x: event.clientX, y: event.clientY, far: true };
        move((old) => ({ ...old, x: old.x + dx, y: old.y + dy }));
      },
      onPointerUp: () => {
        held.current = null;
      },
      onPointerCancel: () => {
        held.current = null;
      },
    },
  };
}

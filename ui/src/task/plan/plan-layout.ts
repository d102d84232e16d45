import type { PlanNode } from "@/api/model";
import { rowNotes } from "./plan-kinds";
import { isBare, isInside, isSilent, type PlanRow } from "./plan-rows";

/** How wide some words are, in pixels of the diagram. */
export type Measure = (words: string) => number;

export const boxWidth = 236;
const padX = 12;
const padY = 10;
const iconRoom = 22;
const mostLines = 5;
const gapDown = 26;
const gapAcross = 28;
const framePad = 18;
const frameHead = 34;
export const lineHeight = 17;
export const noteHeight = 16;
export const diamond = 11;

/** A row drawn as a box. Places are those of its top left corner. */
export interface Box {
  row: PlanRow;
  x: number;
  y: number;
  width: number;
  height: number;
  lines: string[];
  notes: { words: string; tone: ReturnType<typeof rowNotes>[number]["tone"] }[];
}

/** A box around boxes: the steps of a block, or those of a repetition. */
export interface Frame {
  row: PlanRow;
  x: number;
  y: number;
  width: number;
  height: number;
  title: string;
  again: boolean;
}

export interface Line {
  from: Point;
  to: Point;
  arrow: boolean;
  /** Said beside the line where a way has no box of its own. */
  words?: string | undefined;
}

interface Point {
  x: number;
  y: number;
}

export interface Drawing {
  width: number;
  height: number;
  boxes: Box[];
  frames: Frame[];
  lines: Line[];
  diamonds: Point[];
  start: Point;
  /** Where the task ends by itself; none where every way ends before. */
  end: Point | null;
}

/** A part of the drawing around a line down its middle (x = 0), from its top (y = 0). */
interface Piece {
  left: number;
  right: number;
  height: number;
  /** Whether something may follow. */
  open: boolean;
  boxes: Box[];
  frames: Frame[];
  lines: Line[];
  diamonds: Point[];
}

const nothing = (): Piece => ({
  left: 0,
  right: 0,
  height: 0,
  open: true,
  boxes: [],
  frames: [],
  lines: [],
  diamonds: [],
});

/** Puts one piece into another, moved. */
function place(into: Piece, piece: Piece, dx: number, dy: number): void {
  const moved = <T extends Point>(point: T): T => ({ ...point, x: point.x + dx, y: point.y + dy });
  into.boxes.push(...piece.boxes.map(moved));
  into.frames.push(...piece.frames.map(moved));
  into.diamonds.push(...piece.diamonds.map(moved));
  into.lines.push(
    ...piece.lines.map((line) => ({ ...line, from: moved(line.from), to: moved(line.to) })),
  );
  into.left = Math.max(into.left, piece.left - dx);
  into.right = Math.max(into.right, piece.right + dx);
  into.height = Math.max(into.height, dy + piece.height);
}

/** Words on lines of a width; what is too much ends in an ellipsis. */
export function wrap(words: string, width: number, most: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && measure(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line) lines.push(line);
  const shown = lines.slice(0, most);
  const rest = lines.length > most;
  return shown.map((words, at) => fit(words, width, measure, rest && at === most - 1));
}

function fit(words: string, width: number, measure: Measure, more: boolean): string {
  if (!more && measure(words) <= width) return words;
  let points = [...words];
  while (points.length > 1 && measure(`${points.join("")}…`) > width) points = points.slice(0, -1);
  return `${points.join("").trimEnd()}…`;
}

/** Draws plans. Rows are looked up by the tree they were made from, so that both say the same. */
class Drawer {
  private readonly inside = new Map<string | null, PlanRow[]>();

  constructor(
    rows: readonly PlanRow[],
    private readonly measure: Measure,
  ) {
    for (const row of rows) {
      const list = this.inside.get(row.parent) ?? [];
      list.push(row);
      this.inside.set(row.parent, list);
    }
  }

  /** The nodes of a list one below the other; their rows are taken from the front of `rows`. */
  column(nodes: readonly PlanNode[], rows: PlanRow[]): Piece {
    const column = nothing();
    let first = true;
    for (const node of nodes) {
      const piece = this.node(node, rows);
      const gap = first ? 0 : gapDown;
      if (!first && column.open)
        column.lines.push({
          from: { x: 0, y: column.height },
          to: { x: 0, y: column.height + gap },
          arrow: true,
        });
      place(column, piece, 0, column.height + gap);
      // What stands behind an end is drawn, but no way leads there.
      column.open = piece.open && (column.open || first);
      first = false;
    }
    return column;
  }

  children(row: PlanRow | undefined): PlanRow[] {
    return [...(this.inside.get(row?.id ?? null) ?? [])];
  }

  private node(node: PlanNode, rows: PlanRow[]): Piece {
    const silent = isSilent(node);
    const row = silent ? undefined : rows.shift();
    const inner = silent ? rows : this.children(row);
    const steps = node.ways.find(isInside);
    if (row && steps && steps.steps.length > 0)
      return this.framed(row, this.column(steps.steps, inner), steps.when === "repeat");
    const head = row ? this.box(row) : this.decision();
    head.open = !node.ends || node.off === true;
    if (node.ways.length === 0 || steps) return head;
    return this.branching(head, node, inner);
  }

  private box(row: PlanRow): Piece {
    const room = boxWidth - 2 * padX - iconRoom;
    const lines = wrap(row.words, room, mostLines, this.measure);
    const notes = rowNotes(row).map((note) => ({
      tone: note.tone,
      words: fit(note.words, room * 1.06, this.measure, false),
    }));
    const height = 2 * padY + lines.length * lineHeight + notes.length * noteHeight;
    const x = -boxWidth / 2;
    const box: Box = { row, x, y: 0, width: boxWidth, height, lines, notes };
    return { ...nothing(), left: boxWidth / 2, right: boxWidth / 2, height, boxes: [box] };
  }

  private decision(): Piece {
    return {
      ...nothing(),
      left: diamond,
      right: diamond,
      height: 2 * diamond,
      diamonds: [{ x: 0, y: diamond }],
    };
  }

  private framed(row: PlanRow, column: Piece, again: boolean): Piece {
    const half = Math.max(column.left, column.right, boxWidth / 2) + framePad;
    const height = frameHead + column.height + framePad;
    const title = fit(row.words, 2 * half - 2 * framePad - iconRoom, this.measure, false);
    const frame: Frame = { row, x: -half, y: 0, width: 2 * half, height, title, again };
    const piece = nothing();
    place(piece, column, 0, frameHead);
    if (column.open && !again)
      piece.lines.push({
        from: { x: 0, y: frameHead + column.height },
        to: { x: 0, y: height },
        arrow: false,
      });
    piece.frames.unshift(frame);
    return { ...piece, left: half, right: half, height, open: again || column.open };
  }

  /** Ways side by side; those that go on meet again below. */
  private branching(head: Piece, node: PlanNode, rows: PlanRow[]): Piece {
    const ways = node.ways.map((way) => {
      const row = isBare(way) ? undefined : rows.shift();
      const piece = nothing();
      if (row) {
        place(piece, this.box(row), 0, 0);
        const steps = this.column(way.steps, this.children(row));
        if (way.steps.length > 0) {
          piece.lines.push({
            from: { x: 0, y: piece.height },
            to: { x: 0, y: piece.height + gapDown },
            arrow: true,
          });
          place(piece, steps, 0, piece.height + gapDown);
        }
        piece.open = steps.open;
      } else {
        // Only a line, with its words beside it.
        piece.left = 14;
        piece.right = 14 + Math.min(150, this.measure(way.words) + 10);
        piece.height = 26;
      }
      return { piece, words: row ? undefined : way.words };
    });
    const width =
      ways.reduce((sum, { piece }) => sum + piece.left + piece.right, 0) +
      gapAcross * Math.max(0, ways.length - 1);
    const whole = nothing();
    place(whole, head, 0, 0);
    const top = head.height + gapDown + 8;
    const bottom = Math.max(...ways.map(({ piece }) => top + piece.height)) + gapDown;
    let x = -width / 2;
    let open = false;
    for (const { piece, words } of ways) {
      const middle = x + piece.left;
      const begin = words === undefined ? top : top + piece.height;
      whole.lines.push({
        from: { x: 0, y: head.height },
        to: { x: middle, y: begin },
        arrow: words === undefined,
        words,
      });
      place(whole, piece, middle, top);
      if (piece.open) {
        open = true;
        whole.lines.push({
          from: { x: middle, y: top + piece.height },
          to: { x: 0, y: bottom },
          arrow: false,
        });
      }
      x += piece.left + piece.right + gapAcross;
    }
    whole.height = open ? bottom : bottom - gapDown;
    whole.open = open && !(node.ends && !node.off);
    return whole;
  }
}

/** Draws a plan from top to bottom: steps in a line, ways side by side. */
export function drawPlan(
  nodes: readonly PlanNode[],
  rows: readonly PlanRow[],
  measure: Measure,
): Drawing {
  const drawer = new Drawer(rows, measure);
  const column = drawer.column(nodes, drawer.children(undefined));
  const whole = nothing();
  place(whole, column, 0, 44);
  const left = Math.max(whole.left, 60);
  const right = Math.max(whole.right, 60);
  const shift = <T extends Point>(point: T): T => ({ ...point, x: point.x + left + 12 });
  const end = column.open ? { x: 0, y: whole.height + 42 } : null;
  const lines: Line[] = [
    { from: { x: 0, y: 22 }, to: { x: 0, y: 44 }, arrow: true },
    ...whole.lines,
    ...(end
      ? [{ from: { x: 0, y: whole.height }, to: { x: 0, y: end.y - 9 }, arrow: true } as Line]
      : []),
  ];
  return {
    width: left + right + 24,
    height: (end?.y ?? whole.height) + 24,
    boxes: whole.boxes.map(shift),
    frames: whole.frames.map(shift),
    diamonds: whole.diamonds.map(shift),
    lines: lines.map((line) => ({ ...line, from: shift(line.from), to: shift(line.to) })),
    start: shift({ x: 0, y: 14 }),
    end: end ? shift(end) : null,
  };
}

/** Draws what is listened for at any time to the right of a plan: no line leads there or back. */
export function drawBeside(
  drawing: Drawing,
  listeners: readonly PlanNode[],
  rows: readonly PlanRow[],
  measure: Measure,
): Drawing {
  if (listeners.length === 0) return drawing;
  const drawer = new Drawer(rows, measure);
  const left = drawer.children(undefined);
  const column = nothing();
  for (const listener of listeners) {
    const piece = drawer.column([listener], left);
    place(column, piece, 0, column.height === 0 ? 0 : column.height + gapDown);
  }
  const x = drawing.width + gapAcross + column.left;
  const top = drawing.start.y - 8;
  const shift = <T extends Point>(point: T): T => ({ ...point, x: point.x + x, y: point.y + top });
  const lines = column.lines.map((line) => ({
    ...line,
    from: shift(line.from),
    to: shift(line.to),
  }));
  return {
    ...drawing,
    width: x + column.right + 12,
    height: Math.max(drawing.height, top + column.height + 24),
    boxes: [...drawing.boxes, ...column.boxes.map(shift)],
    frames: [...drawing.frames, ...column.frames.map(shift)],
    diamonds: [...drawing.diamonds, ...column.diamonds.map(shift)],
    lines: [...drawing.lines, ...lines],
  };
}

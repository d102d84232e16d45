/** Where the drawing stands in its window: a point of it is at `x + point.x * scale`. */
export interface View {
  x: number;
  y: number;
  scale: number;
}

interface Size {
  width: number;
  height: number;
}

interface Rect extends Size {
  x: number;
  y: number;
}

const least = 0.15;
/** All of a very long plan is a picture of its shape only. */
const leastWhole = 0.05;
const most = 2.5;
const margin = 20;
/** Smaller than this nobody can read it, so a large drawing begins at its top instead. */
const readable = 0.8;

/** All of it, never larger than it is. */
export function fitting(drawing: Size, window: Size): View {
  const scale = Math.max(leastWhole, wholeScale(drawing, window));
  return middled(drawing, window, scale);
}

/** All of it where that can be read, its top otherwise. */
export function opening(drawing: Size, window: Size): View {
  const scale = Math.max(readable, wholeScale(drawing, window));
  return middled(drawing, window, scale);
}

function wholeScale(drawing: Size, window: Size): number {
  return Math.min(
    1,
    (window.width - 2 * margin) / drawing.width,
    (window.height - 2 * margin) / drawing.height,
  );
}

function middled(drawing: Size, window: Size, scale: number): View {
  const [wide, high] = [drawing.width * scale, drawing.height * scale];
  const x = (window.width - wide) / 2;
  const y = high > window.height ? margin / 2 : (window.height - high) / 2;
  return { x, y, scale };
}

/** Larger or smaller, while the point of the drawing under `at` stays where it is. */
export function zoomed(view: View, by: number, at: { x: number; y: number }): View {
  const scale = Math.min(most, Math.max(Math.min(least, view.scale), view.scale * by));
  const grown = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown };
}

export function around({ x, y, width, height }: Rect): Rect {
  return { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin };
}

/** Moved as little as it takes to have a part of the drawing in the window. */
export function inSight(view: View, part: Rect, window: Size): View {
  if (window.width === 0) return view;
  const left = view.x + part.x * view.scale;
  const top = view.y + part.y * view.scale;
  const dx = shift(left, left + part.width * view.scale, window.width);
  const dy = shift(top, top + part.height * view.scale, window.height);
  return dx === 0 && dy === 0 ? view : { ...view, x: view.x + dx, y: view.y + dy };
}

function shift(from: number, to: number, room: number): number {
  if (from < 0) return -from;
  if (to > room) return Math.max(room - to, -from);
  return 0;
}

import { RowPlaces } from "./row-places";

/** The rows in sight, first and last. */
export interface Sight {
  first: number;
  last: number;
}

/** What of a long list is on screen, and the elements that show it. */
export interface RowElements {
  /** Scrolls. */
  box: HTMLElement;
  /** As high as all rows together. */
  room: HTMLElement;
  /** Holds the rows that exist, one below the other. */
  stack: HTMLElement;
}

/** How near to the end, in pixels, counts as being there. */
const near = 24;

/**
 * Keeps the rows of a long list in their places. Positions are written to the page directly, in the same frame in which
 * a row turned out higher than guessed; only another set of rows goes through React.
 */
export class RowWindow {
  private onSight: ((sight: Sight) => void) | undefined;
  private onAtEnd: ((atEnd: boolean) => void) | undefined;
  private readonly places: RowPlaces;
  private elements: RowElements | null = null;
  private readonly watch: ResizeObserver;
  private height = 0;
  /** The first row that exists. */
  private from = 0;
  /** The rows that had keys last, first and last. */
  private keyed: readonly [number, number] = [0, -1];
  private shift = 0;
  /** Which row an element was when it was measured last. */
  private readonly measuredAs = new WeakMap<Element, string>();
  /** Where the box was scrolled to last. */
  private top = 0;
  /** A row that was asked for stays in the middle until the reader scrolls. */
  private aim: number | null = null;
  private atEnd: boolean;
  /** The end that was scrolled to last. */
  private end = -1;

  /** With `follow` it stays at the end while the reader is there. */
  constructor(
    private readonly rowHeight: number,
    private readonly follow: boolean,
  ) {
    this.places = new RowPlaces(rowHeight);
    this.atEnd = follow;
    this.watch = new ResizeObserver((entries) => this.measured(entries));
  }

  /**
   * What the keys of elements are less than the rows they stand for. Scrolling keeps it, so that what stays in sight is not
   * drawn again; a jump to quite other rows moves it, so that the elements that are there take them over instead of all
   * being thrown away and made anew.
   */
  shiftOf(first: number, last: number): number {
    const [from, to] = this.keyed;
    if (first > to || last < from) this.shift += first - from;
    this.keyed = [first, last];
    return this.shift;
  }

  /** About the rows that fit, before anything is laid out. */
  firstSight(count: number): Sight {
    const few = Math.ceil(innerHeight / 2 / this.rowHeight);
    const first = this.follow ? Math.max(0, count - few) : 0;
    return { first, last: Math.min(count - 1, first + few) };
  }

  /** Who is told which rows are in sight, and when the reader comes to the end or leaves it. */
  tell(onSight: (sight: Sight) => void, onAtEnd?: (atEnd: boolean) => void): void {
    this.onSight = onSight;
    this.onAtEnd = onAtEnd;
  }

  attach(elements: RowElements): () => void {
    this.elements = elements;
    this.height = elements.box.clientHeight;
    this.watch.observe(elements.box);
    return () => {
      this.watch.disconnect();
      this.elements = null;
    };
  }

  /** Follows the height of a row's element; for a `ref`. */
  readonly row = (element: HTMLElement | null): (() => void) => {
    if (element) this.watch.observe(element);
    return () => {
      if (element) this.watch.unobserve(element);
    };
  };

  /** After other rows came to exist. */
  drawn(count: number, from: number): void {
    this.places.setCount(count);
    this.from = from;
    this.measureMoved();
    this.place();
    this.look();
  }

  scrolled(): void {
    const { box } = this.elements ?? {};
    if (!box) return;
    const { scrollTop } = box;
    if (Math.abs(scrollTop - this.top) > 1) this.aim = null;
    const there = this.places.total() - scrollTop - this.height < near;
    // Rows that turn out taller than thought push the end away; only going up leaves it.
    this.setAtEnd(there || (this.atEnd && scrollTop >= this.top));
    this.top = scrollTop;
    this.look();
  }

  /** Brings a row to the middle; of a list that follows, the last one to its end. */
  scrollTo(row: number): void {
    const last = row >= this.places.count - 1;
    this.setAtEnd(this.follow && last);
    this.aim = this.atEnd ? null : row;
    this.place();
    this.look();
  }

  /** Where rows came before others, the others' elements stand for later rows now. */
  private measureMoved(): void {
    for (const element of this.elements?.stack.children ?? []) {
      const known = this.measuredAs.get(element);
      if (known === undefined || known === indexOf(element)) continue;
      this.measuredAs.delete(element);
      this.watch.unobserve(element);
      this.watch.observe(element);
    }
  }

  private measured(entries: readonly ResizeObserverEntry[]): void {
    let above = 0;
    for (const { target, borderBoxSize } of entries) {
      if (target === this.elements?.box) this.height = target.clientHeight;
      else above += this.setHeight(target, borderBoxSize[0]?.blockSize ?? 0);
    }
    this.place(above);
    this.look();
  }

  /** How much of a row's change happened above what is in sight. */
  private setHeight(element: Element, height: number): number {
    const index = indexOf(element);
    this.measuredAs.set(element, index);
    const row = Number(index);
    // One that just left the list.
    if (row >= this.places.count) return 0;
    const over = this.places.top(row) + this.places.height(row) <= this.top;
    const moved = this.places.setHeight(row, height);
    return over ? moved : 0;
  }

  /** Puts everything where it belongs; what is in sight stays where it is. */
  private place(above = 0): void {
    if (!this.elements) return;
    const { box, room, stack } = this.elements;
    const total = this.places.total();
    room.style.height = `${total}px`;
    // Space, not a shift: the rows that stay are then not painted again.
    stack.style.paddingTop = `${this.places.top(this.from)}px`;
    if (this.follow && this.atEnd) {
      // Beyond the end, as the space around the rows is not known here; the browser keeps it inside.
      const end = total + this.height;
      if (end !== this.end) box.scrollTop = end;
      this.end = end;
      this.top = end;
      return;
    }
    const top = this.aim === null ? this.top + above : this.middle(this.aim);
    if (top !== this.top) box.scrollTop = top;
    this.top = top;
  }

  /** Where to scroll to so that a row stands in the middle. */
  private middle(row: number): number {
    const spare = this.height - this.places.height(row);
    return Math.max(0, this.places.top(row) - spare / 2);
  }

  private look(): void {
    const end = Math.max(0, this.places.total() - this.height);
    const top = Math.min(this.top, end);
    this.onSight?.({
      first: this.places.rowAt(top),
      last: this.places.rowAt(top + this.height),
    });
  }

  private setAtEnd(atEnd: boolean): void {
    if (atEnd === this.atEnd) return;
    this.atEnd = atEnd;
    this.end = -1;
    this.onAtEnd?.(atEnd);
  }
}

const indexOf = (element: Element): string => element.getAttribute("data-index") ?? "";

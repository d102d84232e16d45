export interface Notice {
  title: string;
  description?: string | undefined;
  tone?: "plain" | "problem";
  /** Offers Undo for ten seconds; the promise of "nothing destructive without undo". */
  undo?: () => void;
  action?: { label: string; onSelect: () => void };
}

type Listener = (notice: Notice) => void;

/** Said before anything was there to show it. */
const waiting: Notice[] = [];
let listener: Listener | null = null;

/** Says something briefly at the bottom of the window. */
export function notify(notice: Notice): void {
  if (listener) listener(notice);
  else waiting.push(notice);
}

/** Whoever shows notices hears of each, also of those that were said before. */
export function hearNotices(hear: Listener): () => void {
  listener = hear;
  for (const notice of waiting.splice(0)) hear(notice);
  return () => {
    if (listener === hear) listener = null;
  };
}

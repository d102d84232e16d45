import {
  useEffect,
  useState,
  useSyncExternalStore,
  type ComponentType,
  type ReactNode,
} from "react";

const all: (() => Promise<void>)[] = [];

let idle = false;
const waiting = new Set<() => void>();

/** The first screen is there: fetches all that is not here yet, so that nobody waits for it later. */
export function fetchLater(): void {
  idle = true;
  for (const tell of waiting) tell();
  for (const fetch of all) fetch().catch(() => undefined);
}

/** Whether the first screen is there; what it can do without comes only then. */
export function useIdle(): boolean {
  return useSyncExternalStore(
    (tell) => {
      waiting.add(tell);
      return () => waiting.delete(tell);
    },
    () => idle,
  );
}

export interface Later<Props> {
  /** Drawn at once where the code is here; until then something else stands in its place. */
  Component: (props: Props) => ReactNode;
  /** Fetches the code ahead. */
  fetch: () => Promise<void>;
}

/**
 * A part whose code comes when it is needed or the machine is idle. Unlike a suspended one it never hides what is drawn
 * already, and once it is here it is drawn in the same go as what is around it.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  meanwhile: ReactNode = null,
): Later<Props> {
  let found: ComponentType<Props> | null = null;
  let coming: Promise<void> | null = null;
  const fetch = (): Promise<void> => {
    coming ??= load().then(
      (part) => void (found = part),
      (failure: unknown) => {
        coming = null;
        throw failure;
      },
    );
    return coming;
  };
  all.push(fetch);
  function Component(props: Props): ReactNode {
    const [, setHere] = useState(found !== null);
    useEffect(() => {
      if (found) {
        setHere(true);
        return;
      }
      const over = new AbortController();
      void untilHere(fetch, over.signal).then(() => over.signal.aborted || setHere(true));
      return () => over.abort();
    }, []);
    const Part = found;
    return Part ? <Part {...props} /> : meanwhile;
  }
  return { Component, fetch };
}

const AGAIN_AFTER_MS = 2000;

/**
 * Fetches until it is here. The program may be gone for a while, or back and no longer know this page: a part that does
 * not come must not take away what is drawn and written, so it is tried again; the frame says what is wrong.
 */
async function untilHere(fetch: () => Promise<void>, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    try {
      return await fetch();
    } catch {
      await new Promise((tell) => setTimeout(tell, AGAIN_AFTER_MS));
    }
  }
}

/** Whether something was ever true: what was opened once stays, so that it can close in its own time. */
export function useOnceTrue(now: boolean): boolean {
  const [ever, setEver] = useState(now);
  if (now && !ever) setEver(true);
  return ever || now;
}

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
    const [failure, setFailure] = useState<{ thrown: unknown } | null>(null);
    const [, setHere] = useState(found !== null);
    useEffect(() => {
      if (found) {
        setHere(true);
        return;
      }
      const over = new AbortController();
      untilHere(fetch, over.signal).then(
        () => over.signal.aborted || setHere(true),
        (thrown: unknown) => over.signal.aborted || setFailure({ thrown }),
      );
      return () => over.abort();
    }, []);
    if (failure) throw failure.thrown;
    const Part = found;
    return Part ? <Part {...props} /> : meanwhile;
  }
  return { Component, fetch };
}

const AGAIN_AFTER_MS = 2000;

/**
 * Fetches until it is here. While the program does not answer it is tried again, and what is drawn stays; where it answers
 * and the code is not there, as after an update, that is a fault.
 */
async function untilHere(fetch: () => Promise<void>, over: AbortSignal): Promise<void> {
  for (;;) {
    try {
      return await fetch();
    } catch (failure) {
      if (over.aborted) return;
      await new Promise((tell) => setTimeout(tell, AGAIN_AFTER_MS));
      if (over.aborted) return;
      if (await programAnswers()) {
        try {
          return await fetch();
        } catch {
          throw failure;
        }
      }
    }
  }
}

async function programAnswers(): Promise<boolean> {
  try {
    await window.fetch(window.location.href, { method: "HEAD", cache: "no-store" });
    return true;
  } catch {
    return false;
  }
}

/** Whether something was ever true: what was opened once stays, so that it can close in its own time. */
export function useOnceTrue(now: boolean): boolean {
  const [ever, setEver] = useState(now);
  if (now && !ever) setEver(true);
  return ever || now;
}

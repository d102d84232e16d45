import { useCallback, useEffect, useRef, useState } from "react";
import { asHostError, type HostError } from "@/api/host";

interface Known<Result> {
  key: string | null;
  result: Result | null;
  failure: HostError | null;
}

/**
 * The newest answer to a question that changes while somebody writes: asked one at a time, a moment
 * after the last keystroke. Between two answers the last one stays. No question is `null`.
 */
export function useLatest<Result>(
  key: string | null,
  ask: () => Promise<Result>,
): Known<Result> & { waiting: boolean; retry: () => void } {
  const [known, setKnown] = useState<Known<Result>>({ key: null, result: null, failure: null });
  const [turn, setTurn] = useState(0);
  const busy = useRef(false);
  const asking = useRef(ask);
  useEffect(() => {
    asking.current = ask;
  });
  const waiting = key !== null && known.key !== key;
  useEffect(() => {
    if (!waiting || busy.current) return;
    const timer = setTimeout(() => {
      busy.current = true;
      asking
        .current()
        .then((result) => setKnown({ key, result, failure: null }))
        .catch((thrown: unknown) =>
          setKnown((old) => ({ ...old, key, failure: asHostError(thrown) })),
        )
        .finally(() => {
          busy.current = false;
          // What was written meanwhile has its turn now.
          setTurn((turn) => turn + 1);
        });
    }, 200);
    return () => clearTimeout(timer);
  }, [key, waiting, turn]);
  const retry = useCallback(() => setKnown((old) => ({ ...old, key: null })), []);
  return { ...known, waiting, retry };
}

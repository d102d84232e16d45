import { useEffect, useRef, useState } from "react";
import { call } from "@/api/client";
import { asHostError, type HostError } from "@/api/host";
import type { Plan, Task } from "@/api/model";

interface Known {
  task: Task | null;
  version: number;
  plan: Plan | null;
  failure: HostError | null;
}

/**
 * The plan of a task as it stands on screen: asked for one at a time, a moment after the last
 * keystroke. Between two plans the last one stays, so nothing flickers.
 */
export function usePlan(task: Task, version: number): Pick<Known, "plan" | "failure"> {
  const [known, setKnown] = useState<Known>({ task: null, version: 0, plan: null, failure: null });
  const [turn, setTurn] = useState(0);
  const busy = useRef(false);
  const wanted = known.task !== task || known.version !== version;
  useEffect(() => {
    if (!wanted || busy.current) return;
    const ask = () => {
      busy.current = true;
      call("read_plan", { task })
        .then((plan) => setKnown({ task, version, plan, failure: null }))
        .catch((thrown: unknown) =>
          setKnown((old) => ({ ...old, task, version, failure: asHostError(thrown) })),
        )
        .finally(() => {
          busy.current = false;
          // What was written meanwhile has its turn now.
          setTurn((turn) => turn + 1);
        });
    };
    const timer = setTimeout(ask, 120);
    return () => clearTimeout(timer);
  }, [task, version, wanted, turn]);
  return known;
}

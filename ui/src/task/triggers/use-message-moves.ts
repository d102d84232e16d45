import { useMemo } from "react";
import { tellProblem } from "@/frame/problem-toast";
import { notify } from "@/parts/toast";
import { useTaskDesk } from "../task-desk";

/** Makes a message one that starts the task on screen, or one that should not: a step of its own, to be undone. */
export function useMessageMoves(): {
  addExample: (message: string) => void;
  addCounter: (message: string) => void;
} {
  const { change, editing } = useTaskDesk();
  return useMemo(() => {
    const add = (list: "examples" | "counter_examples", message: string, label: string) => {
      change(
        (task) =>
          task[list].includes(message) ? task : { ...task, [list]: [...task[list], message] },
        { label, apart: true },
      );
      notify({
        title: label,
        description: `“${message}”`,
        undo: () => void editing.undo().catch((thrown: unknown) => tellProblem(thrown)),
      });
    };
    return {
      addExample: (message) => add("examples", message, "Added as an example"),
      addCounter: (message) => add("counter_examples", message, "Added to “Should not start it”"),
    };
  }, [change, editing]);
}

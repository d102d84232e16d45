import type { useNavigate } from "@tanstack/react-router";
import { call } from "@/api/client";
import { tellProblem } from "@/frame/problem-toast";
import { notify } from "@/parts/toast";
import { rereadTasks } from "./task-queries";

type Go = ReturnType<typeof useNavigate>;

/** Makes an empty task and opens it. */
export async function makeTask(go: Go): Promise<void> {
  try {
    const { id } = await call("create_task", { title: "" });
    await rereadTasks();
    await go({ to: "/tasks/$taskId", params: { taskId: id } });
  } catch (thrown) {
    tellProblem(thrown, "The task could not be made");
  }
}

/** Makes a copy with new ids and opens it. */
export async function duplicateTask(task: string, go: Go): Promise<void> {
  try {
    const { id } = await call("duplicate_task", { task });
    await rereadTasks();
    notify({ title: "Duplicated" });
    await go({ to: "/tasks/$taskId", params: { taskId: id } });
  } catch (thrown) {
    tellProblem(thrown, "The task could not be duplicated");
  }
}

/** Deletes at once and offers to bring it back: no question beforehand. */
export async function deleteTask(task: string, title: string): Promise<void> {
  try {
    await call("delete_task", { task });
    await rereadTasks();
    notify({
      title: `Deleted “${title || "Untitled task"}”`,
      undo: () => {
        call("restore_task", { task })
          .then(rereadTasks)
          .catch((thrown: unknown) => tellProblem(thrown, "The task could not be brought back"));
      },
    });
  } catch (thrown) {
    tellProblem(thrown, "The task could not be deleted");
  }
}

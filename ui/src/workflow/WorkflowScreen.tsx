import { useQuery } from "@tanstack/react-query";
import { ScreenError } from "@/frame/ScreenError";
import { EmptyState } from "@/parts/EmptyState";
import { Skeleton } from "@/parts/Skeleton";
import { TaskEditor } from "@/task/TaskScreen";
import { workflowsQuery } from "./workflow-queries";

/** The editor of the workflow: the blocks of a task, for the whole conversation. */
export function WorkflowScreen() {
  const { data, error, refetch } = useQuery(workflowsQuery);
  if (error) return <ScreenError error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton lines={9} />;
  const [first] = data;
  if (!first) {
    return (
      <EmptyState title="There is no workflow">
        Start Taskwright again: every workspace gets one.
      </EmptyState>
    );
  }
  return <TaskEditor taskId={first.id} />;
}

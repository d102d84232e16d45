import { useQuery } from "@tanstack/react-query";
import { call } from "@/api/client";
import { tellProblem } from "@/frame/problem-toast";
import { clockWords, dayWords } from "@/frame/time-words";
import { Badge } from "@/parts/Badge";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { EmptyState } from "@/parts/EmptyState";
import { Skeleton } from "@/parts/Skeleton";
import { notify } from "@/parts/toast";
import { useTaskDesk } from "./task-desk";

/** Every published version; any of them can become the draft again. */
export function RevisionsDialog({ onClose }: { onClose: () => void }) {
  const { task, editing } = useTaskDesk();
  const { data, error } = useQuery({
    queryKey: ["revisions", task.id],
    queryFn: () => call("list_revisions", { task: task.id }),
    staleTime: 0,
  });
  const restore = async (revision: string) => {
    try {
      await editing.flush();
      await call("restore_revision", { task: task.id, revision });
      await editing.reload();
      onClose();
      notify({
        title: "This version is your draft now",
        undo: () => void editing.undo().catch((thrown: unknown) => tellProblem(thrown)),
      });
    } catch (thrown) {
      tellProblem(thrown, "The version could not be brought back");
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Earlier versions"
      description="Bringing one back changes your draft, not what customers get."
    >
      {error ? <p className="text-red">{error.message}</p> : null}
      {!data && !error ? <Skeleton lines={3} className="p-0!" /> : null}
      {data?.length === 0 ? (
        <EmptyState title="Not published yet" className="py-6!">
          Each time you publish, a version is kept here.
        </EmptyState>
      ) : null}
      <ul>
        {data?.map((revision) => (
          <li
            key={revision.id}
            className="flex items-center gap-3 border-b border-line py-2 last:border-0"
          >
            <span className="tabular flex-1">
              {dayWords(revision.published_at)}, {clockWords(revision.published_at)}
            </span>
            {revision.live ? <Badge tone="green">On</Badge> : null}
            <Button size="sm" onClick={() => void restore(revision.id)}>
              Use as draft
            </Button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

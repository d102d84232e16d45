import { Workflow } from "lucide-react";

/** What a workflow is for, where a task says when to use it. */
export function WorkflowCard() {
  return (
    <section
      aria-label="About the workflow"
      className="flex items-start gap-3 rounded-lg border border-line bg-surface px-4 py-3"
    >
      <Workflow size={16} className="mt-0.5 shrink-0 text-muted" aria-hidden />
      <div className="flex flex-col gap-1">
        <p>Every conversation on a channel begins here, and goes on from block to block.</p>
        <p className="text-12 text-muted">
          “Let the assistant answer” starts the tasks that are on, looks things up and answers from
          your articles. Running conversations end on the version they began with.
        </p>
      </div>
    </section>
  );
}

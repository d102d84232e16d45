import { Link } from "@tanstack/react-router";
import { CircleAlert } from "lucide-react";
import { asHostError } from "@/api/host";
import { Button, buttonLook } from "@/parts/Button";
import { EmptyState } from "@/parts/EmptyState";

const titles: Record<string, string> = {
  not_found: "This no longer exists",
  unreachable: "Taskwright is not answering",
  unauthorized: "This page is no longer signed in",
};

/** A screen that could not be shown says what happened and offers the next step. */
export function ScreenError({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const failure = asHostError(error);
  return (
    <EmptyState
      icon={<CircleAlert size={18} />}
      title={titles[failure.code] ?? "This could not be opened"}
      action={
        <>
          {onRetry ? <Button onClick={onRetry}>Try again</Button> : null}
          {failure.code === "not_found" ? (
            <Link to="/tasks" className={buttonLook("secondary")}>
              All tasks
            </Link>
          ) : null}
        </>
      }
    >
      {failure.message}
      {failure.hint ? ` ${failure.hint}` : ""}
    </EmptyState>
  );
}

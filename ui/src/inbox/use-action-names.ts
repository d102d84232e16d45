import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { actionsQuery } from "@/actions/action-queries";
import { tasksQuery } from "@/task/task-queries";

/** The names of actions and tasks by id, for the words of a log. */
export function useActionNames(): (id: string) => string {
  const { data: actions } = useQuery(actionsQuery);
  const { data: tasks } = useQuery(tasksQuery);
  const names = useMemo(
    () =>
      new Map<string, string>([
        ...(actions ?? []).map(({ id, name }) => [id, name] as const),
        ...(tasks ?? []).map(({ id, title }) => [id, title] as const),
      ]),
    [actions, tasks],
  );
  return useCallback((id) => names.get(id) ?? "an action", [names]);
}

import { useMemo } from "react";
import type { Action, Team } from "@/api/model";
import { useTaskDesk } from "./task-desk";

/** Actions and teams named anywhere: in blocks, in pills, and by the reading of sentences. */
export function useUsed(): { actions: Action[]; teams: Team[] } {
  const { task, catalogue, view } = useTaskDesk();
  return useMemo(() => {
    const text = JSON.stringify(task.blocks);
    const read = JSON.stringify(Object.values(view.readings).map((reading) => reading?.plan ?? []));
    return {
      actions: catalogue.actions.filter(
        (action) =>
          text.includes(action.id) || read.includes(action.id) || text.includes(`@${action.key}`),
      ),
      teams: catalogue.teams.filter((team) => text.includes(team.id) || read.includes(team.id)),
    };
  }, [task.blocks, catalogue, view.readings]);
}

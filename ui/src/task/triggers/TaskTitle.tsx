import { Link } from "@tanstack/react-router";
import { useTaskDesk } from "../task-desk";
import type { Titles } from "./outcome-words";

/** A task by its title; another than the one on screen is opened by it. */
export function TaskTitle({ id, titles }: { id: string; titles: Titles }) {
  const { task } = useTaskDesk();
  if (id === task.id) return titles(id);
  return (
    <Link
      to="/tasks/$taskId"
      params={{ taskId: id }}
      search={{ triggers: true }}
      className="rounded-sm hover:text-accent-text hover:underline"
    >
      {titles(id)}
    </Link>
  );
}

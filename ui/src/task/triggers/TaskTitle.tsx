import { Link } from "@tanstack/react-router";
import { actionBehind } from "../answering-actions";
import { useTaskDesk } from "../task-desk";
import type { Titles } from "./outcome-words";

const look = "rounded-sm hover:text-accent-text hover:underline";

/** A task by its title; another than the one on screen is opened by it, and so is an action that answers on its own. */
export function TaskTitle({ id, titles }: { id: string; titles: Titles }) {
  const { task } = useTaskDesk();
  if (id === task.id) return titles(id);
  const action = actionBehind(id);
  if (action) {
    return (
      <Link to="/actions/$actionId" params={{ actionId: action }} className={look}>
        {titles(id)}
      </Link>
    );
  }
  return (
    <Link to="/tasks/$taskId" params={{ taskId: id }} search={{ triggers: true }} className={look}>
      {titles(id)}
    </Link>
  );
}

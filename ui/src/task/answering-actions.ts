/** The action behind a task that is one: an action that answers on its own competes under its own name. */
export function actionBehind(id: string): string | null {
  return id.startsWith("task_answer_") ? `action_${id.slice("task_answer_".length)}` : null;
}

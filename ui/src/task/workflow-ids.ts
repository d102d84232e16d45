/** Workflows are edited like tasks; their ids tell them apart. */
export function isWorkflow(id: string): boolean {
  return id.startsWith("workflow_");
}

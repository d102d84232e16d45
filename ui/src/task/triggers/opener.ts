/** What opens the panel; closing gives the focus back to it. */
export const opener = "which-task-starts";

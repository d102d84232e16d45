import type * as M from "./model";
// Temporary, until the generated map appears.
export interface TaskRow {
  id: M.TaskId;
  title: string;
  status: M.TaskStatus;
  problems: number;
  updated_at: number;
  description: string;
}
export interface TaskView {
  task: M.Task;
  version: number;
  status: M.TaskStatus;
  problems: M.Problem[];
  readings: { [key in M.BlockId]?: M.Reading };
  can_undo: boolean;
  can_redo: boolean;
  catalogue: M.Catalogue;
}
export interface ActionRow {
  id: M.ActionId;
  name: string;
  key: string;
  description: string;
  connected: boolean;
  used_by: M.TaskName[];
}
export interface ActionView {
  action: M.Action;
  version: number;
  problems: M.Problem[];
  can_undo: boolean;
  can_redo: boolean;
}
export interface RevisionRow {
  id: string;
  published_at: number;
  live: boolean;
}
export interface LogPage {
  events: M.LogEvent[];
  total: number;
}
export interface ValueRow {
  key: string;
  label: string;
  value: M.Value;
  source: M.Source;
}
export interface PreviewView {
  conversation: string;
  last_seq: number;
}
export interface Commands {
  read_workspace: {
    args: Record<string, never>;
    result: { id: string; name: string; path: string };
  };
  list_tasks: { args: Record<string, never>; result: TaskRow[] };
  create_task: { args: { title: string }; result: { id: M.TaskId } };
  duplicate_task: { args: { task: M.TaskId }; result: { id: M.TaskId } };
  delete_task: { args: { task: M.TaskId }; result: null };
  restore_task: { args: { task: M.TaskId }; result: null };
  read_task: { args: { task: M.TaskId }; result: TaskView };
  save_edit: {
    args: { task: string; edit: M.Edit; base_version: number };
    result: { version: number };
  };
  undo: { args: { task: string }; result: null };
  redo: { args: { task: string }; result: null };
  read_instructions: {
    args: { task: M.TaskId; block: M.BlockId; text: string };
    result: M.Reading;
  };
  publish_task: { args: { task: M.TaskId }; result: null };
  pause_task: { args: { task: M.TaskId }; result: null };
  resume_task: { args: { task: M.TaskId }; result: null };
  list_revisions: { args: { task: M.TaskId }; result: RevisionRow[] };
  restore_revision: { args: { task: M.TaskId; revision: string }; result: null };
  list_actions: { args: Record<string, never>; result: ActionRow[] };
  read_action: { args: { action: M.ActionId }; result: ActionView };
  create_action: { args: { name: string }; result: { id: M.ActionId } };
  delete_action: { args: { action: M.ActionId }; result: null };
  restore_action: { args: { action: M.ActionId }; result: null };
  list_teams: { args: Record<string, never>; result: M.Team[] };
  create_team: { args: { name: string }; result: { id: M.TeamId } };
  save_team: { args: { team: M.Team }; result: null };
  delete_team: { args: { team: M.TeamId }; result: null };
  read_settings: { args: Record<string, never>; result: M.Settings };
  save_settings: { args: { settings: M.Settings }; result: null };
  start_preview: {
    args: {
      task: M.TaskId;
      from_the_start: boolean;
      calls: M.CallMode;
      customer?: M.Customer | null;
    };
    result: PreviewView;
  };
  say: { args: { conversation: string; text: string }; result: null };
  select_option: { args: { conversation: string; option: string }; result: null };
  start_task_anyway: { args: { conversation: string; task: M.TaskId }; result: null };
  send_webhook: { args: { conversation: string; block: M.BlockId; body: unknown }; result: null };
  rewind: { args: { conversation: string; seq: number }; result: PreviewView };
  read_log: { args: { conversation: string; from: number; limit: number }; result: LogPage };
  read_values: { args: { conversation: string }; result: ValueRow[] };
  stop_preview: { args: { conversation: string }; result: null };
  set_stub: {
    args: { conversation: string; action: M.ActionId; stub: string | null };
    result: null;
  };
  export_bundle: { args: { tasks: M.TaskId[] }; result: { file: string; name: string } };
  inspect_bundle: { args: { file: string }; result: ImportPreview };
  import_bundle: {
    args: { file: string; choices: { id: string; take: ImportChoice }[] };
    result: { import: string; tasks: M.TaskId[] };
  };
  backup_workspace: { args: Record<string, never>; result: { file: string; name: string } };
  undo_import: { args: { import: string }; result: null };
}
export type ImportChoice = "theirs" | "mine" | "both";
export interface ImportItem {
  id: string;
  kind: string;
  name: string;
  state: "new" | "same" | "changed" | "conflict";
  differences: string[];
}
export interface ImportPreview {
  name: string;
  items: ImportItem[];
}

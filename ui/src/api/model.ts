// Temporary, until the generated types appear.
export type TaskId = string;
export type BlockId = string;
export type OptionId = string;
export type ActionId = string;
export type AttributeId = string;
export type TeamId = string;
export type Template = string;
export interface Span {
  start: number;
  end: number;
}
export type PeriodUnit =
  | "minutes"
  | "hours"
  | "days"
  | "working_days"
  | "weeks"
  | "months"
  | "years";
export interface Period {
  count: number;
  unit: PeriodUnit;
}
export type AttributeType =
  | {
      type:
        | "text"
        | "integer"
        | "decimal"
        | "amount"
        | "boolean"
        | "date"
        | "time"
        | "date_time"
        | "email"
        | "phone"
        | "person_name"
        | "address"
        | "place"
        | "image"
        | "file";
    }
  | { type: "identifier"; pattern?: string | null }
  | { type: "choice"; options: string[] }
  | { type: "object"; fields: Field[] }
  | { type: "list"; fields: Field[] };
export interface Field {
  key: string;
  name?: string;
  kind: AttributeType;
  path?: string;
  redacted?: boolean;
  optional?: boolean;
}
export type Scope = "temporary" | "conversation" | "customer";
export interface HowToAsk {
  question?: string;
  re_ask?: string;
  example?: string;
}
export interface Attribute {
  id: AttributeId;
  key: string;
  name: string;
  description: string;
  kind: AttributeType;
  scope: Scope;
  sensitive: boolean;
  how_to_ask: HowToAsk;
  customer_may_fill: boolean;
}
export interface Amount {
  amount: string;
  currency: string;
}
export type Value =
  | { type: "text"; value: string }
  | { type: "integer"; value: number }
  | { type: "decimal"; value: string }
  | { type: "amount"; value: Amount }
  | { type: "boolean"; value: boolean }
  | { type: "date"; value: string }
  | { type: "time"; value: string }
  | { type: "date_time"; value: string }
  | { type: "choice"; value: string }
  | { type: "list"; value: Value[] }
  | { type: "object"; value: { [key in string]?: Value } }
  | { type: "file"; value: string }
  | { type: "sealed"; value: { id: string; mask: string } };
export type Operand =
  | { type: "reference"; reference: string }
  | { type: "input"; key: string }
  | { type: "constant"; value: Value }
  | { type: "today" }
  | { type: "now" }
  | { type: "count"; reference: string }
  | { type: "shifted"; base: Operand; by: Period; back: boolean };
export type Comparison =
  | { type: "is"; to: Operand }
  | { type: "is_not"; to: Operand }
  | { type: "one_of"; of: Operand[] }
  | { type: "contains"; what: Operand }
  | { type: "starts_with"; what: Operand }
  | { type: "more_than"; than: Operand }
  | { type: "less_than"; than: Operand }
  | { type: "at_least"; than: Operand }
  | { type: "at_most"; than: Operand }
  | { type: "between"; low: Operand; high: Operand }
  | { type: "before"; than: Operand }
  | { type: "after"; than: Operand }
  | { type: "older_than"; period: Period }
  | { type: "within_last"; period: Period }
  | { type: "within_next"; period: Period }
  | { type: "further_than"; period: Period }
  | { type: "missing" }
  | { type: "present" };
export type ActionState = "succeeded" | "failed" | "not_found" | "not_called";
export type Condition =
  | { type: "all"; parts: Condition[] }
  | { type: "any"; parts: Condition[] }
  | { type: "not"; part: Condition }
  | { type: "test"; subject: Operand; comparison: Comparison }
  | { type: "action"; action: ActionId; state: ActionState }
  | { type: "webhook"; key: string; received: boolean }
  | { type: "confirmed" }
  | { type: "within_opening_hours" };
export type Outcome = "done" | "not_possible" | "cancelled" | "handed_off";
export interface ButtonOption {
  id: OptionId;
  label: string;
  blocks: Block[];
}
export interface BranchArm {
  id: OptionId;
  name?: string;
  condition: Condition | null;
  blocks: Block[];
}
export type BlockKind =
  | { type: "instructions"; text: string }
  | { type: "run_action"; action: ActionId | null; inputs?: { [key in string]?: Template } }
  | {
      type: "wait_for_webhook";
      key: string;
      example: unknown;
      fields: Field[];
      limit: Period;
      what_then: Block[];
    }
  | { type: "message"; text: Template }
  | { type: "buttons"; text: Template; options: ButtonOption[] }
  | { type: "collect_attribute"; attributes: string[] }
  | { type: "set_attribute"; attribute: string; value: Template }
  | { type: "branch"; arms: BranchArm[]; otherwise: Block[] }
  | { type: "note"; text: Template }
  | { type: "tags"; add: string[]; remove: string[] }
  | { type: "hand_off"; team: TeamId | null; words: Template; note: Template }
  | { type: "ask_for_rating"; question: Template }
  | { type: "let_assistant_answer"; idle: Period; follow_up: Template }
  | {
      type: "run_task";
      task: TaskId | null;
      inputs?: { [key in string]?: Template };
      outputs?: { [key in string]?: string };
    }
  | { type: "end"; outcome: Outcome };
export type Block = { id: BlockId; name?: string; off?: boolean } & BlockKind;
export interface Task {
  id: TaskId;
  title: string;
  description: string;
  examples: string[];
  counter_examples: string[];
  audience?: Condition | null;
  only_used_by_other_tasks?: boolean;
  blocks: Block[];
  attributes: Attribute[];
}
export type ActionInput = {
  key: string;
  name?: string;
  kind: AttributeType;
  description?: string;
  optional?: boolean;
  from: InputFrom;
  accepts: Accepts;
};
export type InputFrom =
  | { type: "same_name" }
  | { type: "reference"; reference: string }
  | { type: "fixed"; value: Template };
export type Accepts = "anyone" | "not_customer" | "systems_only";
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export interface Pair {
  name: string;
  value: Template;
}
export interface HttpRequest {
  method: Method;
  path: Template;
  query?: Pair[];
  headers?: Pair[];
  body?: unknown;
  timeout_ms: number;
  max_bytes: number;
}
export type StubValue = string | { [key in string]?: string }[];
export type FailureCause =
  | { type: "timeout" }
  | { type: "unreachable" }
  | { type: "not_found" }
  | { type: "status"; status: number }
  | { type: "not_json" }
  | { type: "wrong_shape"; difference: string }
  | { type: "too_large" }
  | { type: "not_connected" }
  | { type: "no_stub" }
  | { type: "bad_request"; reason: string }
  | { type: "refused"; reason: string };
export type StubAnswer =
  | { type: "fields"; fields: { [key in string]?: StubValue } }
  | { type: "http"; status: number; body: unknown }
  | { type: "failure"; cause: FailureCause };
export interface Stub {
  name: string;
  when?: { [key in string]?: string };
  answer: StubAnswer;
}
export interface OnFailure {
  say?: string;
  team?: TeamId | null;
  retries_when_not_found: number;
}
export interface Action {
  id: ActionId;
  key: string;
  name: string;
  description: string;
  result_name: string;
  inputs: ActionInput[];
  outputs: Field[];
  changes_data: boolean;
  needs_confirmation: boolean;
  receiver_honours_key: boolean;
  answers_on_its_own: boolean;
  condition?: Condition | null;
  request?: HttpRequest | null;
  stubs: Stub[];
  on_failure: OnFailure;
}
export type Weekday =
  | "monday"
  | "tuesday"
  | "wednesday"
  | "thursday"
  | "friday"
  | "saturday"
  | "sunday";
export interface DayHours {
  day: Weekday;
  from: string;
  to: string;
}
export interface OpeningHours {
  hours: DayHours[];
}
export interface Team {
  id: TeamId;
  name: string;
  description: string;
  opening_hours?: OpeningHours | null;
  words_open?: string;
  words_closed?: string;
}
export type DateOrder = "day_first" | "month_first" | "year_first";
export interface Settings {
  time_zone: string;
  date_order: DateOrder;
  first_day_of_week: Weekday;
  currency: string;
  language: string;
  opening_hours: OpeningHours;
  holidays: string[];
  default_team: TeamId | null;
  assistant_name: string;
}
export interface TaskName {
  id: TaskId;
  title: string;
}
export interface WebhookName {
  block: BlockId;
  key: string;
  name: string;
  fields: Field[];
}
export interface Catalogue {
  actions: Action[];
  attributes: Attribute[];
  teams: Team[];
  tasks: TaskName[];
  webhooks: WebhookName[];
  settings: Settings;
}
export type Severity = "blocks" | "hint";
export interface Place {
  block: BlockId | null;
  action: ActionId | null;
  field: string | null;
  span: Span | null;
}
export type Fix =
  | { type: "replace"; span: Span; text: string }
  | { type: "add_attribute"; name: string; key: string; kind: AttributeType }
  | { type: "add_action"; name: string }
  | { type: "add_team"; name: string }
  | { type: "open"; place: Place };
export interface Remedy {
  label: string;
  fix: Fix;
}
export interface Problem {
  code: string;
  severity: Severity;
  place: Place;
  message: string;
  remedies: Remedy[];
}
export type Certainty = "guess" | "likely" | "certain";
export type LinkTarget =
  | { type: "action"; action: ActionId }
  | { type: "reference"; reference: string }
  | { type: "team"; team: TeamId }
  | { type: "task"; task: TaskId }
  | { type: "webhook"; key: string };
export interface Link {
  span: Span;
  target: LinkTarget;
}
export type Meaning =
  | { kind: "goal" }
  | { kind: "context" }
  | { kind: "need"; attributes: string[] }
  | { kind: "ask"; attributes: string[] }
  | { kind: "run"; action: ActionId }
  | { kind: "run_task"; task: TaskId }
  | { kind: "set"; attribute: string }
  | { kind: "classify"; attribute: string }
  | { kind: "check"; condition: Condition | null }
  | { kind: "confirm" }
  | { kind: "inform"; words: Template }
  | { kind: "rule" }
  | { kind: "repeat"; at_most: number | null }
  | { kind: "jump" }
  | { kind: "hand_off"; team: TeamId | null }
  | { kind: "tag" }
  | { kind: "note" }
  | { kind: "wait"; key: string }
  | { kind: "finish"; outcome: Outcome }
  | { kind: "unclear"; reason: string };
export interface Sentence {
  span: Span;
  text: string;
  meaning: Meaning;
  certainty: Certainty;
  links: Link[];
  words: string;
}
export interface Reading {
  sentences: Sentence[];
  plan: unknown[];
  rules: { span: Span; text: string; actions: ActionId[] }[];
  problems: Problem[];
}
export type TaskStatus = "draft" | "on" | "on_with_changes" | "paused";
export type Change =
  | { type: "set"; path: string; before: unknown; after: unknown }
  | { type: "insert"; path: string; value: unknown }
  | { type: "remove"; path: string; value: unknown }
  | { type: "splice"; path: string; at: number; removed: string; inserted: string };
export interface DocumentChange {
  document: string;
  change: Change;
}
export interface Edit {
  label: string;
  changes: DocumentChange[];
}
export type CallMode = "sample" | "test" | "live";
export interface At {
  block: BlockId;
  span: Span | null;
  op: number;
}
export interface Customer {
  id: string;
  name: string | null;
  email: string | null;
  signed_in: boolean;
}
export interface Candidate {
  task: TaskId;
  title: string;
  score: number;
  words: string[];
}
export interface Ranking {
  candidates: Candidate[];
  decision:
    | { type: "start"; task: TaskId; revision: string }
    | { type: "clarify"; between: [TaskId, string][] }
    | { type: "none" };
  reason: string;
  ranker: string;
  threshold: number;
}
export interface ConditionPart {
  words: string;
  value: string | null;
  holds: boolean | null;
}
export interface QuickReply {
  id: OptionId;
  text: string;
}
export interface Difference {
  path: string;
  expected: string;
  found: string;
}
export type Question =
  | { type: "attribute"; attribute: string; again: number; for_action: ActionId | null }
  | { type: "confirm"; action: ActionId | null }
  | { type: "which_task"; between: [TaskId, string][] }
  | { type: "buttons" }
  | { type: "rating" }
  | { type: "person" };
export type HandOffReason =
  | { type: "task" }
  | { type: "customer_asked" }
  | { type: "blocked"; rule: string }
  | { type: "action_failed"; action: string }
  | { type: "not_understood" }
  | { type: "could_not_follow"; sentence: string }
  | { type: "wait_expired" }
  | { type: "fault" };
export type Resolution =
  | "soft_resolution"
  | "hard_resolution"
  | "routed_to_team"
  | "abandoned_negative_feedback";
export type Source =
  | { type: "customer" }
  | { type: "known" }
  | { type: "action"; action: ActionId }
  | { type: "webhook"; block: BlockId }
  | { type: "computed" }
  | { type: "author" }
  | { type: "model" }
  | { type: "picture" };
type Values = { [key in string]?: Value };
export type EventKind =
  | {
      kind: "conversation_started";
      start: {
        place: string;
        customer: Customer;
        calls: CallMode;
        offer: { type: "this_task"; task: TaskId; revision: string } | { type: "from_the_start" };
        settings: Settings;
        branched_from: { conversation: string; seq: number } | null;
      };
    }
  | { kind: "customer_said"; text: string; sealed: { id: string } | null }
  | { kind: "option_selected"; option: OptionId; text: string }
  | { kind: "attribute_collected"; attribute: string; text: string; sealed: { id: string } | null }
  | { kind: "file_attached"; file: string; name: string }
  | { kind: "task_considered"; effect: string; ranking: Ranking }
  | {
      kind: "task_started";
      task: TaskId;
      title: string;
      revision: string;
      how: "message" | "choice" | "author" | "workflow";
    }
  | { kind: "block_entered"; place: At; task: TaskId }
  | { kind: "sentence_followed"; place: At; meaning: string; words: string; pass: number }
  | {
      kind: "condition_evaluated";
      place: At;
      words: string;
      result: boolean;
      parts: ConditionPart[];
      would_flip: string | null;
    }
  | { kind: "asked"; place: At; what: Question }
  | {
      kind: "attribute_set";
      attribute: string;
      label: string;
      from: Value | null;
      to: Value | null;
      source: Source;
    }
  | { kind: "attribute_rejected"; attribute: string; label: string; text: string; why: string }
  | {
      kind: "action_blocked";
      place: At;
      action: ActionId;
      name: string;
      rule: string;
      because: ConditionPart[];
    }
  | {
      kind: "action_started";
      place: At;
      action: ActionId;
      name: string;
      effect: string;
      inputs: Values;
      calls: CallMode;
      changes_data: boolean;
      result_name: string;
    }
  | {
      kind: "action_succeeded";
      action: ActionId;
      name: string;
      effect: string;
      status: number | null;
      ms: number;
      fields: Values;
    }
  | {
      kind: "action_failed";
      action: ActionId;
      name: string;
      effect: string;
      failure: FailureCause;
      attempts: number;
      ms: number;
    }
  | { kind: "action_unresolved"; action: ActionId; name: string; effect: string }
  | {
      kind: "webhook_awaited";
      place: At;
      key: string;
      name: string;
      deadline: number;
      generation: number;
    }
  | { kind: "webhook_received"; block: BlockId; key: string; fields: Values; body: unknown }
  | {
      kind: "webhook_rejected";
      block: BlockId;
      key: string;
      difference: Difference[];
      body: unknown;
    }
  | { kind: "wait_expired"; block: BlockId; key: string; generation: number }
  | { kind: "said"; text: string; place: At | null; by: "assistant" | "block" }
  | { kind: "options_offered"; options: QuickReply[]; must_choose: boolean }
  | { kind: "note_added"; text: string }
  | { kind: "tags_updated"; added: string[]; removed: string[] }
  | {
      kind: "handed_off";
      team: TeamId | null;
      team_name: string;
      reason: HandOffReason;
      note: string;
    }
  | { kind: "rating_given"; rating: number }
  | { kind: "answered"; articles: string[]; text: string }
  | { kind: "digressed"; about: string }
  | { kind: "resumed"; task: TaskId }
  | { kind: "confirmed"; action: ActionId | null; yes: boolean }
  | { kind: "idle_limit_set"; place: At; deadline: number; generation: number }
  | { kind: "corrected"; attribute: string; label: string }
  | { kind: "cancelled"; task: TaskId }
  | { kind: "resolution_changed"; state: Resolution }
  | { kind: "customer_idle"; generation: number }
  | { kind: "not_understood"; times: number }
  | { kind: "could_not_follow"; place: At; reason: string }
  | { kind: "faulted"; place: At | null; reason: string }
  | { kind: "moved"; place: At; pass: number }
  | { kind: "task_finished"; task: TaskId; title: string; outcome: Outcome }
  | { kind: "workflow_finished" }
  | { kind: "stopped" };
export type LogEvent = {
  seq: number;
  at: number;
  cause: number;
  input?: string | null;
  v: number;
} & EventKind;

// Temporary, until the generated types appear.
export type TaskId = string; export type BlockId = string; export type OptionId = string; export type ActionId = string;
export type AttributeId = string; export type TeamId = string; export type Template = string;
export interface Span { start: number; end: number }
export type PeriodUnit = "minutes" | "hours" | "days" | "working_days" | "weeks" | "months" | "years";
export interface Period { count: number; unit: PeriodUnit }
export type AttributeType =
  | { type: "text" | "integer" | "decimal" | "amount" | "boolean" | "date" | "time" | "date_time" | "email" | "phone" | "person_name" | "address" | "place" | "image" | "file" }
  | { type: "identifier"; pattern?: string | null }
  | { type: "choice"; options: string[] }
  | { type: "object"; fields: Field[] }
  | { type: "list"; fields: Field[] };
export interface Field { key: string; name?: string; kind: AttributeType; path?: string; redacted?: boolean; optional?: boolean }
export type Scope = "temporary" | "conversation" | "customer";
export interface HowToAsk { question?: string; re_ask?: string; example?: string }
export interface Attribute { id: AttributeId; key: string; name: string; description: string; kind: AttributeType; scope: Scope; sensitive: boolean; how_to_ask: HowToAsk; customer_may_fill: boolean }
export interface Amount { amount: string; currency: string }
export type Value =
  | { type: "text"; value: string } | { type: "integer"; value: number } | { type: "decimal"; value: string } | { type: "amount"; value: Amount }
  | { type: "boolean"; value: boolean } | { type: "date"; value: string } | { type: "time"; value: string } | { type: "date_time"; value: string }
  | { type: "choice"; value: string } | { type: "list"; value: Value[] } | { type: "object"; value: { [key in string]?: Value } } | { type: "file"; value: string }
  | { type: "sealed"; value: { id: string; mask: string } };
export type Operand =
  | { type: "reference"; reference: string } | { type: "input"; key: string } | { type: "constant"; value: Value } | { type: "today" } | { type: "now" }
  | { type: "count"; reference: string } | { type: "shifted"; base: Operand; by: Period; back: boolean };
export type Comparison =
  | { type: "is"; to: Operand } | { type: "is_not"; to: Operand } | { type: "one_of"; of: Operand[] } | { type: "contains"; what: Operand } | { type: "starts_with"; what: Operand }
  | { type: "more_than"; than: Operand } | { type: "less_than"; than: Operand } | { type: "at_least"; than: Operand } | { type: "at_most"; than: Operand }
  | { type: "between"; low: Operand; high: Operand } | { type: "before"; than: Operand } | { type: "after"; than: Operand }
  | { type: "older_than"; period: Period } | { type: "within_last"; period: Period } | { type: "within_next"; period: Period } | { type: "further_than"; period: Period }
  | { type: "missing" } | { type: "present" };
export type ActionState = "succeeded" | "failed" | "not_found" | "not_called";
export type Condition =
  | { type: "all"; parts: Condition[] } | { type: "any"; parts: Condition[] } | { type: "not"; part: Condition }
  | { type: "test"; subject: Operand; comparison: Comparison } | { type: "action"; action: ActionId; state: ActionState }
  | { type: "webhook"; key: string; received: boolean } | { type: "confirmed" } | { type: "within_opening_hours" };
export type Outcome = "done" | "not_possible" | "cancelled" | "handed_off";
export interface ButtonOption { id: OptionId; label: string; blocks: Block[] }
export interface BranchArm { id: OptionId; name?: string; condition: Condition | null; blocks: Block[] }
export type BlockKind =
  | { type: "instructions"; text: string }
  | { type: "run_action"; action: ActionId | null; inputs?: { [key in string]?: Template } }
  | { type: "wait_for_webhook"; key: string; example: unknown; fields: Field[]; limit: Period; what_then: Block[] }
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
  | { type: "run_task"; task: TaskId | null; inputs?: { [key in string]?: Template }; outputs?: { [key in string]?: string } }
  | { type: "end"; outcome: Outcome };
export type Block = { id: BlockId; name?: string; off?: boolean } & BlockKind;
export interface Task {
  id: TaskId; title: string; description: string; examples: string[]; counter_examples: string[]; audience?: Condition | null;
  only_used_by_other_tasks?: boolean; blocks: Block[]; attributes: Attribute[];
}

import {
  ArrowRightLeft,
  Ban,
  BookOpen,
  CheckCircle2,
  CircleAlert,
  CircleHelp,
  CircleStop,
  Clock,
  CornerDownRight,
  Ear,
  FastForward,
  FileText,
  Flag,
  FormInput,
  Hand,
  ListChecks,
  MessageCircleQuestion,
  MessageSquare,
  MousePointerClick,
  PencilLine,
  Play,
  Scale,
  ShieldAlert,
  Star,
  StickyNote,
  Tag,
  Tags,
  ThumbsDown,
  ThumbsUp,
  UserRound,
  Webhook,
  Workflow,
  Zap,
  type LucideIcon,
} from "lucide-react";
import type { At, LogEvent, Question, Value } from "@/api/model";
import { outcomeWords, templateWords } from "@/task/words";
import {
  failureWords,
  reasonWords,
  resolutionWords,
  shortCallWords,
  sourceWords,
  valueWords,
} from "./value-words";

export type EventTone = "customer" | "assistant" | "good" | "bad" | "warn" | "plain" | "quiet";

/** An event as the log shows it. */
export interface EventLook {
  Icon: LucideIcon;
  tone: EventTone;
  sentence: string;
}

type Names = (id: string) => string;
type Of<Kind extends LogEvent["kind"]> = Extract<LogEvent, { kind: Kind }>;
type Lookers = { [Kind in LogEvent["kind"]]: (event: Of<Kind>, names: Names) => EventLook | null };

/** Without the marks of emphasis around names. */
const plain = (words: string): string => words.replaceAll("*", "");
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
/** In quotation marks, unless they are there. */
const bareQuoted = (text: string): string => (text.startsWith("“") ? text : quoted(text));
const quoted = (text: string): string => `“${text.length > 160 ? `${text.slice(0, 157)}…` : text}”`;

const lookers: Lookers = {
  conversation_started: ({ start }) => ({
    Icon: Play,
    tone: "quiet",
    sentence: start.branched_from
      ? "Another try began here"
      : `The conversation began (${shortCallWords[start.calls]}${start.calls === "sample" ? "s" : ""})`,
  }),
  customer_said: ({ text }) => ({
    Icon: UserRound,
    tone: "customer",
    sentence: `Customer: ${quoted(text)}`,
  }),
  option_selected: ({ text }) => ({
    Icon: MousePointerClick,
    tone: "customer",
    sentence: `Customer chose ${quoted(text)}`,
  }),
  attribute_collected: ({ attribute, text }) => ({
    Icon: UserRound,
    tone: "customer",
    sentence: `Customer filled in ${attribute.replaceAll("_", " ")}: ${text}`,
  }),
  file_attached: ({ name }) => ({
    Icon: FileText,
    tone: "customer",
    sentence: `Customer attached ${name}`,
  }),
  workflow_started: ({ name }) => ({
    Icon: Workflow,
    tone: "good",
    sentence: `The workflow ${quoted(name)} began`,
  }),
  articles_considered: ({ findings }) => ({
    Icon: BookOpen,
    tone: findings.enough ? "plain" : "warn",
    sentence:
      findings.reason || (findings.enough ? "An article answers it" : "No article answers it"),
  }),
  task_found: ({ title, revision }) =>
    revision
      ? null
      : { Icon: CircleHelp, tone: "warn", sentence: `${quoted(title || "The task")} is not on` },
  attributes_requested: ({ fields }) => ({
    Icon: FormInput,
    tone: "plain",
    sentence: `Asked to fill in ${fields.map((field) => field.label.toLowerCase()).join(", ")}`,
  }),
  feedback_given: ({ helped, words }) => ({
    Icon: helped ? ThumbsUp : ThumbsDown,
    tone: helped ? "good" : "warn",
    sentence: `The customer says it ${helped ? "helped" : "did not help"}: ${quoted(words)}`,
  }),
  task_considered: ({ ranking }) => ({
    Icon: ListChecks,
    tone: ranking.decision.type === "start" ? "plain" : "warn",
    sentence: ranking.reason || considered(ranking.decision.type),
  }),
  task_started: ({ title, how }) => ({
    Icon: Flag,
    tone: "good",
    sentence: `“${title}” started${{ message: "", choice: ": the customer chose it", author: " because you started it", workflow: "" }[how]}`,
  }),
  block_entered: () => null,
  sentence_followed: ({ words, pass }) =>
    words.trim() === ""
      ? null
      : {
          Icon: CornerDownRight,
          tone: "plain",
          sentence: `${capital(templateWords(plain(words)))}${pass > 1 ? ` (try ${pass})` : ""}`,
        },
  condition_evaluated: ({ words, result }) => ({
    Icon: Scale,
    tone: "plain",
    sentence: result ? `Yes: ${bare(words)}` : `No, so otherwise: ${bare(words)}`,
  }),
  asked: ({ what }, names) => ({
    Icon: MessageCircleQuestion,
    tone: "plain",
    sentence: askedWords(what, names),
  }),
  attribute_set: ({ label, from, to, source, of_customer }, names) => ({
    Icon: PencilLine,
    tone: "plain",
    sentence: setWords(
      label,
      from,
      to,
      of_customer === "known" ? "known from an earlier conversation" : sourceWords(source, names),
    ),
  }),
  attribute_rejected: ({ label, text, why, given_up }) =>
    given_up
      ? {
          Icon: CornerDownRight,
          tone: "plain",
          sentence: `${quoted(text)}: the task goes on without ${label}. ${why}`,
        }
      : {
          Icon: CircleAlert,
          tone: "warn",
          sentence: `${quoted(text)} does not fit ${label}: ${why}`,
        },
  action_blocked: ({ name, rule }) => ({
    Icon: ShieldAlert,
    tone: "bad",
    sentence: `Blocked by your rule: ${name}. ${rule}`,
  }),
  action_started: ({ name, calls, ahead }) => ({
    Icon: Zap,
    tone: "plain",
    sentence: `Runs ${name}${ahead ? " at the same time" : ""} (${shortCallWords[calls]})`,
  }),
  prefetch_used: ({ name }) => ({
    Icon: Zap,
    tone: "quiet",
    sentence: `${name} was called already`,
  }),
  action_succeeded: ({ name, fields }) => ({
    Icon: CheckCircle2,
    tone: "good",
    sentence: `${name} worked${fieldsWords(fields)}`,
  }),
  action_failed: ({ name, failure, attempts }) => ({
    Icon: CircleAlert,
    tone: failure.type === "not_found" ? "warn" : "bad",
    sentence: `${name} ${failure.type === "not_found" ? "found nothing" : `failed: ${failureWords(failure)}`}${attempts > 1 ? ` (tried ${attempts} times)` : ""}`,
  }),
  action_unresolved: ({ name, failure }) => ({
    Icon: CircleAlert,
    tone: "bad",
    sentence: `Nobody knows whether ${name} went through${failure ? `: ${failureWords(failure)}` : ""}. It is not repeated.`,
  }),
  webhook_awaited: ({ name, at, deadline }) => ({
    Icon: Clock,
    tone: "plain",
    sentence: `${waitingWords(name)}, ${limitWords(deadline - at)} at most`,
  }),
  webhook_received: ({ fields }) => ({
    Icon: Webhook,
    tone: "good",
    sentence: `The other system called back${fieldsWords(fields)}`,
  }),
  webhook_rejected: ({ difference }) => ({
    Icon: Webhook,
    tone: "warn",
    sentence: `A call back did not fit: ${difference.map(({ path, expected, found }) => `${path} should be ${expected}, not ${found}`).join("; ")}`,
  }),
  wait_expired: () => ({ Icon: Clock, tone: "warn", sentence: "Nobody called back in time" }),
  said: ({ text }) => ({
    Icon: MessageSquare,
    tone: "assistant",
    sentence: `Assistant: ${quoted(text)}`,
  }),
  options_offered: ({ options }) => ({
    Icon: MousePointerClick,
    tone: "quiet",
    sentence: `Offered ${options.map((option) => option.text).join(" · ")}`,
  }),
  note_added: ({ text }) => ({
    Icon: StickyNote,
    tone: "plain",
    sentence: `Left a note: ${quoted(text)}`,
  }),
  tags_updated: ({ added, removed }) => ({
    Icon: Tags,
    tone: "plain",
    sentence: [
      added.length > 0 ? `Tagged ${added.join(", ")}` : "",
      removed.length > 0 ? `took away ${removed.join(", ")}` : "",
    ]
      .filter(Boolean)
      .join("; "),
  }),
  handed_off: ({ team_name, reason }) => ({
    Icon: Hand,
    tone: "warn",
    sentence: `Passed to ${team_name || "a person"}: ${reasonWords(reason)}`,
  }),
  rating_given: ({ rating }) => ({
    Icon: Star,
    tone: "customer",
    sentence: `Customer rated it ${rating} of 5`,
  }),
  answered: () => ({ Icon: BookOpen, tone: "assistant", sentence: "Answered from an article" }),
  digressed: ({ about }) => ({
    Icon: ArrowRightLeft,
    tone: "quiet",
    sentence: `The customer asked something else: ${about}. The task waits.`,
  }),
  heard: ({ sentence, mention, words }) => ({
    Icon: Ear,
    tone: "plain",
    sentence: `Heard ${bareQuoted(mention)} in ${quoted(words)}: ${sentence}`,
  }),
  heard_besides: ({ text }) => ({
    Icon: Ear,
    tone: "plain",
    sentence: `Heard besides, for when the task is over: ${quoted(text)}`,
  }),
  taken_up: ({ text }) => ({
    Icon: ListChecks,
    tone: "plain",
    sentence: `Comes back to what was written besides: ${quoted(text)}`,
  }),
  resumed: () => ({
    Icon: CornerDownRight,
    tone: "quiet",
    sentence: "The task goes on where it was",
  }),
  corrected: ({ label }) => ({
    Icon: PencilLine,
    tone: "plain",
    sentence: `The customer corrected ${label}`,
  }),
  cancelled: () => ({ Icon: Ban, tone: "warn", sentence: "The customer stopped the task" }),
  resolution_changed: ({ state }) => ({
    Icon: CheckCircle2,
    tone: "quiet",
    sentence: resolutionWords[state],
  }),
  customer_idle: () => ({ Icon: Clock, tone: "quiet", sentence: "Nobody answered for a while" }),
  not_understood: ({ times }) => ({
    Icon: CircleHelp,
    tone: "warn",
    sentence: times > 1 ? `Not understood, ${times} times in a row` : "Not understood",
  }),
  could_not_follow: ({ reason }) => ({
    Icon: CircleHelp,
    tone: "bad",
    sentence: `Could not go on: ${reason}`,
  }),
  faulted: ({ reason }) => ({
    Icon: CircleAlert,
    tone: "bad",
    sentence: `Something failed: ${reason}`,
  }),
  moved: () => null,
  confirmed: ({ action, yes }, names) => ({
    Icon: yes ? CheckCircle2 : Ban,
    tone: yes ? "good" : "warn",
    sentence: `The customer said ${yes ? "yes" : "no"}${action ? ` to ${names(action)}` : ""}`,
  }),
  idle_limit_set: () => null,
  task_finished: ({ title, outcome }) => ({
    Icon: Tag,
    tone: outcome === "done" ? "good" : "warn",
    sentence: `“${title}” ended: ${outcomeWords[outcome].toLowerCase()}`,
  }),
  workflow_finished: () => ({
    Icon: CircleStop,
    tone: "quiet",
    sentence: "The workflow ended",
  }),
  calls_set: ({ action, calls }, names) => ({
    Icon: Play,
    tone: "quiet",
    sentence:
      calls === "sample"
        ? `${names(action)} answers with samples from here on`
        : `${names(action)} calls the ${shortCallWords[calls]} from here on`,
  }),
  time_moved: ({ at, by }) => ({
    Icon: FastForward,
    tone: "quiet",
    sentence: `You moved time forward by ${limitWords(by)}, to ${momentWords(at)}`,
  }),
  stopped: () => ({ Icon: CircleStop, tone: "quiet", sentence: "The preview was stopped" }),
};

const moments = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "long",
  hour: "2-digit",
  minute: "2-digit",
});

/** "Monday 23 November at 09:00" */
export function momentWords(at: number): string {
  return moments.format(at);
}

/** A limit in the largest unit that says it whole. */
function limitWords(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  const [count, unit] =
    minutes % 1440 === 0
      ? [minutes / 1440, "day"]
      : minutes % 60 === 0
        ? [minutes / 60, "hour"]
        : [minutes, "minute"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** What a wait waits for; blocks are often called "Wait for …" themselves. */
export function waitingWords(name: string): string {
  return `Waits for ${name.replace(/^wait(s|ing)? for /i, "") || "another system"} to call back`;
}

/** How an event reads in the log; null for those that are kept but not shown. */
export function eventLook(event: LogEvent, names: Names): EventLook | null {
  const look = lookers[event.kind] as
    | ((event: LogEvent, names: Names) => EventLook | null)
    | undefined;
  return look ? look(event, names) : null;
}

/** Where in the task an event happened. */
export function eventPlace(event: LogEvent): At | null {
  return "place" in event ? event.place : null;
}

function considered(decision: "start" | "clarify" | "none"): string {
  if (decision === "start") return "This message starts a task";
  return decision === "clarify"
    ? "Several tasks come close, so the customer is asked"
    : "No task fits this message";
}

function bare(words: string): string {
  return words.replace(/^(if|when|unless|only if)\s+/i, "");
}

function askedWords(what: Question, names: Names): string {
  switch (what.type) {
    case "attribute": {
      const value = what.attribute.replaceAll(/[_.]/g, " ");
      const why = what.for_action ? `, which ${names(what.for_action)} needs` : "";
      return `Asked ${what.again > 0 ? "again " : ""}for ${value}${why}`;
    }
    case "confirm":
      return what.action ? `Asked for a yes before ${names(what.action)}` : "Asked for a yes";
    case "which_task":
      return "Asked which task they mean";
    case "buttons":
      return "Asked to choose";
    case "rating":
      return "Asked for a rating";
    case "person":
      return "Asked whether they want a person";
    case "another_try":
      return "Asked whether they want another try or a person";
    case "open":
      return "Listens to whatever the customer says";
  }
}

function setWords(label: string, from: Value | null, to: Value | null, source: string): string {
  const name = capital(label);
  if (!to) return `${name} is forgotten`;
  if (from) return `${name} is now ${valueWords(to)}, it was ${valueWords(from)} (${source})`;
  return `${name} is ${valueWords(to)} (${source})`;
}

function fieldsWords(fields: { [key in string]?: Value }): string {
  const named = Object.entries(fields);
  if (named.length === 0) return "";
  const shown = named
    .slice(0, 2)
    .filter(([, value]) => value && value.type !== "object" && value.type !== "list")
    .map(([key, value]) => `${key.replaceAll("_", " ")} ${valueWords(value)}`);
  return shown.length > 0 ? `: ${shown.join(", ")}` : "";
}

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plug } from "lucide-react";
import type { ReactElement } from "react";
import type { Action, Addresses, CallMode } from "@/api/model";
import { connectionsQuery } from "@/actions/action-queries";
import { Fold } from "@/parts/Fold";
import { Popover } from "@/parts/Popover";
import { Select, type Choice } from "@/parts/Select";
import { modeOf, type Answer, type Answers } from "./call-choices";
import { callWords } from "./value-words";

export interface ActionAnswersProps {
  actions: readonly Action[];
  /** The actions this task runs; the others come folded below. */
  used: ReadonlySet<string>;
  /** Where all actions go that have no choice of their own. */
  calls: CallMode;
  answers: Answers;
  onChange: (answers: Answers) => void;
  trigger: ReactElement;
}

/** What answers each action in the preview: a named sample, the test system or the real one. */
export function ActionAnswers(props: ActionAnswersProps) {
  const { actions, used, trigger } = props;
  const own = actions.filter((action) => used.has(action.id));
  const others = actions.filter((action) => !used.has(action.id));
  return (
    <Popover label="What each action answers" align="end" width={344} trigger={trigger}>
      <h3 className="font-semibold">What each action answers</h3>
      <p className="mb-3 text-12 text-muted">
        Holds from the next step on, also in a chat that runs. Try the failures too.
      </p>
      <div className="-mx-3 max-h-96 overflow-y-auto px-3 pb-1">
        {actions.length === 0 ? (
          <p className="text-12 text-faint">There are no actions yet.</p>
        ) : null}
        <List {...props} actions={own} />
        {own.length > 0 && others.length > 0 ? (
          <Fold title="Other actions" className="mt-3">
            <List {...props} actions={others} />
          </Fold>
        ) : (
          <List {...props} actions={others} />
        )}
      </div>
      <Link
        to="/settings/$page"
        params={{ page: "connections" }}
        className="mt-3 flex w-fit items-center gap-1.5 rounded-sm text-12 text-accent-text hover:underline"
      >
        <Plug size={13} aria-hidden /> Where actions really call
      </Link>
    </Popover>
  );
}

function List({ actions, calls, answers, onChange }: ActionAnswersProps) {
  const { data = [] } = useQuery(connectionsQuery);
  const addresses = new Map(data.map((row) => [row.action, row.addresses]));
  return (
    <ul className="flex flex-col gap-2.5">
      {actions.map((action) => (
        <li key={action.id} className="flex flex-col gap-1">
          <span className="truncate text-12 font-medium text-muted">
            {action.name || "Untitled action"}
          </span>
          <Select
            label={`What ${action.name || "this action"} answers`}
            value={spell(answers[action.id], calls)}
            choices={choicesFor(action, calls, addresses.get(action.id) ?? {})}
            onChange={(spelled) => onChange(withChoice(answers, action.id, spelled))}
          />
        </li>
      ))}
    </ul>
  );
}

const likeAll = "all";
const firstFit = "sample";
const named = "sample:";

function spell(answer: Answer | undefined, all: CallMode): string {
  if (!answer) return likeAll;
  if (answer.from === "sample" && answer.stub !== null) return named + answer.stub;
  return modeOf(answer, all) === all ? likeAll : answer.from;
}

function withChoice(answers: Answers, action: string, spelled: string): Answers {
  const { [action]: _, ...others } = answers;
  if (spelled === likeAll) return others;
  return { ...others, [action]: answerOf(spelled) };
}

function answerOf(spelled: string): Answer {
  if (spelled === "test" || spelled === "live") return { from: spelled };
  return {
    from: "sample",
    stub: spelled.startsWith(named) ? spelled.slice(named.length) : null,
  };
}

function choicesFor(action: Action, all: CallMode, addresses: Addresses): Choice<string>[] {
  const samples = "Sample answers";
  const systems = "Your systems";
  const remote = (mode: "test" | "live"): Choice<string> => ({
    value: mode === all ? likeAll : mode,
    label: callWords[mode],
    group: systems,
    // What is chosen for all stays: it says by itself that nothing is connected.
    disabled: mode !== all && !addresses[mode],
    hint: addresses[mode] ?? "Not connected yet",
  });
  return [
    {
      value: all === "sample" ? likeAll : firstFit,
      label: "The first that fits",
      group: samples,
    },
    ...action.stubs.map((stub) => ({
      value: named + stub.name,
      label: stub.name,
      group: samples,
      ...(stub.answer.type === "failure" ? { hint: "A failure" } : {}),
    })),
    remote("test"),
    remote("live"),
  ];
}

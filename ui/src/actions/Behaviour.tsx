import { useQuery } from "@tanstack/react-query";
import type { Action } from "@/api/model";
import { Field, Input } from "@/parts/Field";
import { Fold } from "@/parts/Fold";
import { Switch } from "@/parts/Switch";
import { TeamSelect } from "@/task/TeamSelect";
import type { ChangeAction } from "./ActionEditor";
import { teamsQuery } from "./action-queries";
import { StandAlone } from "./StandAlone";

/** What it may do, whom it asks first, and what happens when it fails. */
export function Behaviour({
  action,
  usualReply,
  change,
}: {
  action: Action;
  usualReply: string;
  change: ChangeAction;
}) {
  const { data: teams = [] } = useQuery(teamsQuery);
  const failure = action.on_failure;
  return (
    <div className="grid grid-cols-2 gap-x-6 gap-y-3.5 max-[1150px]:grid-cols-1">
      <Switch
        label="It changes something"
        hint="Like a refund or a new address. It is never repeated silently."
        checked={action.changes_data}
        onChange={(changes_data) => change({ changes_data }, true)}
      />
      <Switch
        label="Ask the customer for a yes first"
        checked={action.needs_confirmation}
        onChange={(needs_confirmation) => change({ needs_confirmation }, true)}
      />
      <div className="col-span-full">
        <StandAlone action={action} usualReply={usualReply} change={change} />
      </div>
      <Fold title="When it fails" startOpen className="col-span-full">
        <div className="grid grid-cols-2 gap-4 pt-1">
          <Field label="Said to the customer" optional>
            {(ids) => (
              <Input
                {...ids}
                placeholder="I’m sorry, something went wrong on our side."
                value={failure.say ?? ""}
                onChange={(event) =>
                  change({ on_failure: { ...failure, say: event.target.value } })
                }
              />
            )}
          </Field>
          <Field label="Who takes over">
            {() => (
              <TeamSelect
                teams={teams}
                value={failure.team}
                label="Who takes over when it fails"
                onChange={(team) => change({ on_failure: { ...failure, team } }, true)}
              />
            )}
          </Field>
          <Field
            label="When nothing is found, the customer may try again"
            hint="Then a person takes over."
          >
            {(ids) => (
              <Input
                {...ids}
                type="number"
                min={0}
                max={9}
                value={failure.retries_when_not_found}
                onChange={(event) =>
                  change({
                    on_failure: {
                      ...failure,
                      retries_when_not_found: Math.max(
                        0,
                        Math.min(9, Math.round(Number(event.target.value) || 0)),
                      ),
                    },
                  })
                }
                className="tabular w-24!"
              />
            )}
          </Field>
        </div>
      </Fold>
    </div>
  );
}

import type { ReactElement } from "react";
import type { Action } from "@/api/model";
import { Popover } from "@/parts/Popover";
import { Select } from "@/parts/Select";

const fitting = "";

/** Which sample answer each action gives in the preview. */
export function SampleAnswers({
  actions,
  chosen,
  onChange,
  disabled,
  trigger,
}: {
  actions: readonly Action[];
  chosen: Record<string, string>;
  onChange: (chosen: Record<string, string>) => void;
  disabled: boolean;
  trigger: ReactElement;
}) {
  return (
    <Popover label="Sample answers" align="end" width={340} trigger={trigger}>
      <h3 className="font-semibold">Sample answers</h3>
      <p className="mb-3 text-12 text-muted">
        {disabled
          ? "Only used while the preview runs on sample answers."
          : "What each action gives from now on. Try the failures too."}
      </p>
      {actions.length === 0 ? (
        <p className="text-12 text-faint">There are no actions yet.</p>
      ) : null}
      <ul className="flex max-h-80 flex-col gap-2.5 overflow-y-auto">
        {actions.map((action) => (
          <li key={action.id} className="flex flex-col gap-1">
            <span className="text-12 font-medium text-muted">{action.name}</span>
            <Select
              label={`Sample answer of ${action.name}`}
              value={chosen[action.id] ?? fitting}
              disabled={disabled}
              choices={[
                { value: fitting, label: "The first that fits" },
                ...action.stubs.map((stub) => ({
                  value: stub.name,
                  label: stub.name,
                  ...(stub.answer.type === "failure" ? { hint: "A failure" } : {}),
                })),
              ]}
              onChange={(stub) => onChange({ ...chosen, [action.id]: stub })}
            />
          </li>
        ))}
      </ul>
    </Popover>
  );
}

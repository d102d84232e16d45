import { Link } from "@tanstack/react-router";
import { Zap } from "lucide-react";
import { Badge } from "@/parts/Badge";
import { Select } from "@/parts/Select";
import { fieldLabel } from "../references";
import { useTaskDesk } from "../task-desk";
import { TemplateInput } from "../TemplateInput";
import { typeWords } from "../words";
import type { BlockOf } from "./block-of";

export function RunActionBody({ block }: { block: BlockOf<"run_action"> }) {
  const { changeBlock, catalogue } = useTaskDesk();
  const action = catalogue.actions.find((one) => one.id === block.action);
  const inputs = block.inputs ?? {};
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Select
          label="Action"
          placeholder="Choose an action…"
          value={block.action}
          choices={catalogue.actions.map((one) => ({
            value: one.id,
            label: one.name,
            icon: <Zap size={14} className="text-pill-action" aria-hidden />,
            ...(one.description ? { hint: one.description } : {}),
          }))}
          onChange={(id) => changeBlock(block.id, { action: id, inputs: {} }, { apart: true })}
          className="min-w-56"
        />
        {action ? (
          <>
            {action.changes_data ? (
              <Badge tone="amber">Changes something</Badge>
            ) : (
              <Badge>Looks something up</Badge>
            )}
            {action.request ? null : <Badge tone="amber">Not connected yet</Badge>}
            <Link
              to="/actions/$actionId"
              params={{ actionId: action.id }}
              className="text-12 text-accent-text hover:underline"
            >
              Open the action
            </Link>
          </>
        ) : null}
      </div>
      {action && action.inputs.length > 0 ? (
        <table className="w-full text-left">
          <thead className="text-12 text-faint">
            <tr>
              <th className="w-48 py-1 font-normal">It needs</th>
              <th className="font-normal">Comes from</th>
            </tr>
          </thead>
          <tbody>
            {action.inputs.map((input) => (
              <tr key={input.key} className="border-t border-line">
                <td className="py-1.5 pr-3">
                  {fieldLabel(input)}
                  <span className="block text-12 text-faint">
                    {typeWords[input.kind.type]}
                    {input.optional ? ", optional" : ""}
                  </span>
                </td>
                <td className="py-1.5">
                  <TemplateInput
                    single
                    label={fieldLabel(input)}
                    placeholder={defaultWords(input.from, input.key)}
                    value={inputs[input.key] ?? ""}
                    onChange={(value) => {
                      const next = { ...inputs, [input.key]: value };
                      if (!value) delete next[input.key];
                      changeBlock(block.id, { inputs: next });
                    }}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </div>
  );
}

function defaultWords(
  from: { type: string; reference?: string; value?: string },
  key: string,
): string {
  if (from.type === "reference")
    return `As the action says: ${(from.reference ?? "").replaceAll(/[_.]/g, " ")}`;
  if (from.type === "fixed") return `As the action says: ${from.value ?? ""}`;
  return `The attribute ${key.replaceAll("_", " ")}; asked for when missing`;
}

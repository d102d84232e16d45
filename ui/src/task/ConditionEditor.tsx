import { Ban, Plus, X } from "lucide-react";
import type { Condition } from "@/api/model";
import { Button, IconButton } from "@/parts/Button";
import { Menu } from "@/parts/Menu";
import { Select } from "@/parts/Select";
import { isFormPart } from "./condition-form";
import { opposite } from "./condition-words";
import { TestRow } from "./ConditionTest";
import { useTaskDesk } from "./task-desk";
import { useConditionWords } from "./use-condition-words";

const emptyTest: Condition = {
  type: "test",
  subject: { type: "reference", reference: "" },
  comparison: { type: "is", to: { type: "constant", value: { type: "text", value: "" } } },
};

/** Builds a condition of parts joined by "and" or "or". Groups may hold groups. */
export function ConditionEditor({
  condition,
  onChange,
  depth = 0,
}: {
  condition: Condition | null;
  onChange: (condition: Condition | null) => void;
  depth?: number;
}) {
  if (!condition) {
    return (
      <div>
        <AddPart label="Add a condition" onAdd={onChange} />
      </div>
    );
  }
  const group = condition.type === "all" || condition.type === "any";
  const parts = group ? condition.parts : [condition];
  const join = condition.type === "any" ? "any" : "all";
  const set = (next: Condition[], how: "all" | "any" = join) => {
    const [only] = next;
    if (!only) onChange(null);
    else if (next.length === 1 && depth === 0) onChange(only);
    else onChange({ type: how, parts: next });
  };
  return (
    <div className={depth > 0 ? "rounded-md border border-line bg-subtle p-2" : ""}>
      <ul className="flex flex-col gap-1.5">
        {parts.map((part, at) => (
          // Parts have no id; their place is all they are known by.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={at} className="flex items-start gap-2">
            {parts.length > 1 ? (
              <span className="w-14 shrink-0">
                {at === 0 ? (
                  <span className="block px-1.5 text-12 leading-7.5 text-faint">When</span>
                ) : at === 1 ? (
                  <Select
                    quiet
                    label="How the parts are joined"
                    value={join}
                    choices={[
                      { value: "all", label: "and" },
                      { value: "any", label: "or" },
                    ]}
                    onChange={(how) => set(parts, how)}
                  />
                ) : (
                  <span className="block px-1.5 text-12 leading-7.5 text-faint">
                    {join === "all" ? "and" : "or"}
                  </span>
                )}
              </span>
            ) : null}
            <div className="min-w-0 flex-1">
              <Part
                part={part}
                depth={depth}
                onChange={(next) =>
                  set(
                    next
                      ? parts.map((old, index) => (index === at ? next : old))
                      : parts.filter((_, index) => index !== at),
                  )
                }
              />
            </div>
            <IconButton
              label="Turn this part into its opposite"
              size="sm"
              className="-mr-2 mt-0.5"
              onClick={() => set(parts.map((old, index) => (index === at ? opposite(old) : old)))}
            >
              <Ban size={13} />
            </IconButton>
            <IconButton
              label="Remove this part"
              size="sm"
              className="mt-0.5"
              onClick={() => set(parts.filter((_, index) => index !== at))}
            >
              <X size={13} />
            </IconButton>
          </li>
        ))}
      </ul>
      <div className="mt-1">
        <AddPart label="Add a part" quiet onAdd={(part) => set([...parts, part])} />
      </div>
    </div>
  );
}

function AddPart({
  label,
  quiet,
  onAdd,
}: {
  label: string;
  quiet?: boolean;
  onAdd: (part: Condition) => void;
}) {
  const { catalogue } = useTaskDesk();
  const [action] = catalogue.actions;
  const [webhook] = catalogue.webhooks;
  return (
    <Menu
      trigger={
        <Button
          look={quiet ? "quiet" : "secondary"}
          size="sm"
          icon={<Plus size={13} aria-hidden />}
        >
          {label}
        </Button>
      }
      entries={[
        {
          label: "A value is …",
          hint: "Compare an attribute or a field",
          onSelect: () => onAdd(emptyTest),
        },
        { label: "The customer said yes", onSelect: () => onAdd({ type: "confirmed" }) },
        {
          label: "Someone is there",
          hint: "Within opening hours",
          onSelect: () => onAdd({ type: "within_opening_hours" }),
        },
        ...(action
          ? [
              {
                label: "What became of an action",
                onSelect: () => onAdd({ type: "action", action: action.id, state: "succeeded" }),
              },
            ]
          : []),
        ...(webhook
          ? [
              {
                label: "Another system called back",
                onSelect: () => onAdd({ type: "webhook", key: webhook.key, received: true }),
              },
            ]
          : []),
        {
          label: "A group of parts",
          apart: true,
          onSelect: () => onAdd({ type: "any", parts: [emptyTest] }),
        },
      ]}
    />
  );
}

function Part({
  part,
  depth,
  onChange,
}: {
  part: Condition;
  depth: number;
  onChange: (part: Condition | null) => void;
}) {
  const { catalogue } = useTaskDesk();
  if (!isFormPart(part)) return <PartInWords part={part} />;
  switch (part.type) {
    case "test":
      return <TestRow test={part} onChange={onChange} />;
    case "all":
    case "any":
      return <ConditionEditor condition={part} onChange={onChange} depth={depth + 1} />;
    case "not":
      return (
        <div className="flex items-start gap-2">
          <span className="text-12 leading-7.5 font-medium text-red">not</span>
          <div className="min-w-0 flex-1">
            <Part
              part={part.part}
              depth={depth}
              onChange={(next) => onChange(next ? { type: "not", part: next } : null)}
            />
          </div>
        </div>
      );
    case "confirmed":
      return <p className="leading-7.5">The customer said yes</p>;
    case "within_opening_hours":
      return <p className="leading-7.5">Someone is there (opening hours)</p>;
    case "action":
      return (
        <div className="flex flex-wrap gap-1.5">
          <Select
            label="Action"
            value={part.action}
            choices={catalogue.actions.map((action) => ({ value: action.id, label: action.name }))}
            onChange={(action) => onChange({ ...part, action })}
          />
          <Select
            label="What became of it"
            value={part.state}
            choices={[
              { value: "succeeded", label: "worked" },
              { value: "failed", label: "failed" },
              { value: "not_found", label: "found nothing" },
              { value: "not_called", label: "has not run" },
            ]}
            onChange={(state) => onChange({ ...part, state })}
          />
        </div>
      );
    case "webhook":
      return (
        <div className="flex flex-wrap gap-1.5">
          <Select
            label="Wait"
            value={part.key}
            choices={catalogue.webhooks.map((webhook) => ({
              value: webhook.key,
              label: webhook.name || webhook.key,
            }))}
            onChange={(key) => onChange({ ...part, key })}
          />
          <Select
            label="What came of it"
            value={part.received ? "yes" : "no"}
            choices={[
              { value: "yes", label: "called back" },
              { value: "no", label: "did not call back in time" },
            ]}
            onChange={(received) => onChange({ ...part, received: received === "yes" })}
          />
        </div>
      );
  }
}

/** A part that the form has no boxes for. It stays as it is while others are changed. */
function PartInWords({ part }: { part: Condition }) {
  const { task } = useTaskDesk();
  const words = useConditionWords(task.id, part);
  return (
    <div>
      <p className="rounded-md bg-hover px-2 py-1">{words ?? "…"}</p>
      <p className="mt-0.5 text-12 text-faint">
        Only words can change this part. Here it stays as it is.
      </p>
    </div>
  );
}

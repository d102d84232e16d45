import type { ReactElement } from "react";
import { useState } from "react";
import type { Attribute } from "@/api/model";
import { Button } from "@/parts/Button";
import { Field, Input } from "@/parts/Field";
import { Popover } from "@/parts/Popover";
import { Switch } from "@/parts/Switch";
import type { PreviewSetup } from "./preview-session";

/** Who writes in the preview. */
export function CustomerSetup({
  customer,
  kept,
  onChange,
  trigger,
}: {
  customer: PreviewSetup["customer"];
  /** Attributes whose values are kept with customers. */
  kept: readonly Attribute[];
  onChange: (customer: PreviewSetup["customer"]) => void;
  trigger: ReactElement;
}) {
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState(customer);
  return (
    <Popover
      label="The customer"
      align="end"
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        if (next) setDraft(customer);
      }}
      trigger={trigger}
    >
      <div className="flex flex-col gap-3">
        <h3 className="font-semibold">The customer</h3>
        <Field label="Name">
          {(ids) => (
            <Input
              {...ids}
              value={draft.name}
              onChange={(event) => setDraft({ ...draft, name: event.target.value })}
            />
          )}
        </Field>
        <Field label="E-mail address">
          {(ids) => (
            <Input
              {...ids}
              value={draft.email}
              onChange={(event) => setDraft({ ...draft, email: event.target.value })}
            />
          )}
        </Field>
        <Switch
          label="Signed in"
          checked={draft.signedIn}
          onChange={(signedIn) => setDraft({ ...draft, signedIn })}
        />
        {kept.length > 0 ? (
          <fieldset className="flex flex-col gap-3 border-t border-line pt-3">
            <legend className="sr-only">Known from earlier conversations</legend>
            <p aria-hidden className="text-12 text-faint">
              Known from earlier conversations. Leave it empty for a customer who is asked. A
              preview keeps nothing.
            </p>
            {kept.map(({ key, name }) => (
              <Field key={key} label={name} optional>
                {(ids) => (
                  <Input
                    {...ids}
                    value={draft.known[key] ?? ""}
                    onChange={(event) =>
                      setDraft({ ...draft, known: { ...draft.known, [key]: event.target.value } })
                    }
                  />
                )}
              </Field>
            ))}
          </fieldset>
        ) : null}
        <Button
          look="primary"
          onClick={() => {
            onChange(draft);
            setOpen(false);
          }}
        >
          Use in a new chat
        </Button>
      </div>
    </Popover>
  );
}

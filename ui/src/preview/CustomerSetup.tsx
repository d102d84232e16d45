import type { ReactElement } from "react";
import { useState } from "react";
import { Button } from "@/parts/Button";
import { Field, Input } from "@/parts/Field";
import { Popover } from "@/parts/Popover";
import { Switch } from "@/parts/Switch";
import type { PreviewSetup } from "./preview-session";

/** Who writes in the preview. */
export function CustomerSetup({
  customer,
  onChange,
  trigger,
}: {
  customer: PreviewSetup["customer"];
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

import { useState, type ReactNode } from "react";
import { asHostError } from "@/api/host";
import { Button } from "./Button";
import { cx } from "./class-names";
import { Field, Input } from "./Field";

/**
 * One line with the button that saves it; why it was refused stands below it. A secret is typed unseen, and gone from the
 * page once it is kept.
 */
export function LineForm({
  label,
  optional,
  button,
  before = "",
  secret,
  ready = true,
  hint,
  placeholder,
  className,
  onSave,
}: {
  label: string;
  optional?: boolean;
  button: string;
  /** What is kept now; of a secret nothing is known. */
  before?: string;
  secret?: boolean;
  /** Something else has to be done first where it is not. */
  ready?: boolean;
  hint?: ReactNode;
  placeholder?: string;
  className?: string;
  onSave: (text: string) => Promise<void>;
}) {
  const [text, setText] = useState(before);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const same = text.trim() === (secret ? "" : before);
  const save = async () => {
    setRefused(null);
    setBusy(true);
    try {
      await onSave(text.trim());
      if (secret) setText("");
    } catch (thrown) {
      setRefused(asHostError(thrown).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      autoComplete="off"
      className={cx("flex items-start gap-3 narrow:flex-col", className)}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !same && !busy) void save();
      }}
    >
      <Field
        label={label}
        className="min-w-0 flex-1 narrow:w-full"
        problem={refused}
        {...(hint ? { hint } : {})}
        {...(optional ? { optional } : {})}
      >
        {(ids) => (
          <Input
            {...ids}
            {...(secret ? { type: "password", autoComplete: "new-password" } : {})}
            {...(placeholder ? { placeholder } : {})}
            spellCheck={false}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" disabled={same || busy || !ready} className="mt-5.5 narrow:mt-0">
        {button}
      </Button>
    </form>
  );
}

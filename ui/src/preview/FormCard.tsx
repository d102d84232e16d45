import { Check, Paperclip } from "lucide-react";
import { useEffect, useLayoutEffect, useRef, useState, type FormEvent } from "react";
import { Button } from "@/parts/Button";
import { Field } from "@/parts/Field";
import type { FormField, OpenForm } from "./asked-form";
import { FormControl, isFile } from "./FormControl";
import { usePreviewPart, type PreviewSession } from "./preview-session";

/** What is written into forms and not sent yet, by attribute; it outlives a card that is scrolled out of sight. */
export type Drafts = Map<string, string>;

const missing = "Fill this in.";

/** The form of a Collect block, as a customer would see it in a product. */
export function FormCard({
  form,
  drafts,
  session,
  onAttach,
  onGone,
}: {
  form: OpenForm;
  drafts: Drafts;
  session: PreviewSession;
  onAttach: () => Promise<void>;
  /** It goes away with the focus in it. */
  onGone: () => void;
}) {
  const sending = usePreviewPart(session, "sending");
  const card = useRef<HTMLFormElement>(null);
  const [texts, setTexts] = useState<Record<string, string>>(() => Object.fromEntries(drafts));
  const [empty, setEmpty] = useState<ReadonlySet<string>>(new Set());
  const [sent, setSent] = useState(false);
  const left = form.fields.filter(({ given }) => given === null);
  const textOf = ({ key }: FormField) => texts[key]?.trim() ?? "";

  const write = (key: string, text: string) => {
    drafts.set(key, text);
    setTexts((old) => ({ ...old, [key]: text }));
    setEmpty((old) => new Set([...old].filter((other) => other !== key)));
  };
  const focusFirst = () => {
    const first = card.current?.querySelector<HTMLElement>("[aria-invalid]");
    (first?.querySelector("input") ?? first)?.focus();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (sending) return;
    const lacking = left.filter((field) => textOf(field) === "").map(({ key }) => key);
    setEmpty(new Set(lacking));
    setSent(lacking.length === 0);
    if (lacking.length > 0) {
      requestAnimationFrame(focusFirst);
      return;
    }
    const typed = left.filter(({ kind }) => !isFile(kind));
    await session.fillIn(typed.map((field) => ({ key: field.key, text: textOf(field) })));
  };
  const refused = left.some(({ problem }) => problem !== null);
  useEffect(() => {
    // What did not fit is where one goes on.
    if (sent && !sending && refused) focusFirst();
  }, [sent, sending, refused]);
  useLayoutEffect(() => {
    const box = card.current;
    // The keyboard does not stay on what is gone.
    return () => {
      if (box?.contains(document.activeElement)) onGone();
    };
  }, [onGone]);

  return (
    <form
      ref={card}
      noValidate
      aria-label={`Form: ${left.map(({ label }) => label).join(", ")}`}
      onSubmit={(event) => void submit(event)}
      className="mt-1 flex w-[92%] max-w-96 flex-col gap-3 rounded-2xl rounded-bl-sm border border-line bg-surface px-3.5 py-3"
    >
      {form.fields.map((field) =>
        field.given === null ? (
          <Asked
            key={field.key}
            field={field}
            text={texts[field.key] ?? ""}
            problem={empty.has(field.key) ? missing : field.problem}
            onText={(text) => write(field.key, text)}
            onAttach={onAttach}
          />
        ) : (
          <p key={field.key} className="flex items-baseline gap-1.5 text-13">
            <Check size={13} className="shrink-0 self-center text-green" aria-hidden />
            <span className="shrink-0 text-muted">{field.label}</span>
            <span className="min-w-0 wrap-anywhere">{field.given}</span>
          </p>
        ),
      )}
      {left.every(({ kind }) => isFile(kind)) ? null : (
        // Disabled, it would lose the focus while it sends.
        <Button look="primary" type="submit" className="self-end" aria-disabled={sending}>
          Submit
        </Button>
      )}
    </form>
  );
}

function Asked({
  field: { key, label, kind },
  text,
  problem,
  onText,
  onAttach,
}: {
  field: FormField;
  text: string;
  problem: string | null;
  onText: (text: string) => void;
  onAttach: () => Promise<void>;
}) {
  const file = isFile(kind);
  const choose = kind.type === "image" ? "Choose a picture…" : "Choose a file…";
  return (
    <Field label={label} problem={problem} required group={file || kind.type === "boolean"}>
      {({ id, ...ids }) =>
        file ? (
          <Button
            aria-label={`${label}: ${choose}`}
            aria-describedby={ids["aria-describedby"]}
            className="self-start"
            icon={<Paperclip size={13} aria-hidden />}
            onClick={() => void onAttach()}
          >
            {choose}
          </Button>
        ) : (
          <FormControl ids={{ id, ...ids }} name={key} kind={kind} text={text} onText={onText} />
        )
      }
    </Field>
  );
}

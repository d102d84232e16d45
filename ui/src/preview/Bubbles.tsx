import { Hand } from "lucide-react";
import { cx } from "@/parts/class-names";
import { Attachment } from "./Attachment";
import type { GivenField } from "./chat-items";

/** What the customer wrote or sent. */
export function CustomerBubble({ text, file }: { text: string; file?: string }) {
  if (file) return <Attachment file={file} name={text} />;
  return (
    <p className="max-w-[82%] rounded-2xl rounded-br-sm bg-accent px-3 py-1.5 wrap-anywhere whitespace-pre-wrap text-on-accent">
      {text}
    </p>
  );
}

/** What the customer gave in a form. */
export function GivenCard({ fields }: { fields: readonly GivenField[] }) {
  return (
    <dl
      aria-label="Given in the form"
      className="flex max-w-[82%] flex-col gap-1.5 rounded-2xl rounded-br-sm border border-accent-line bg-accent-surface px-3 py-2"
    >
      {fields.map(({ key, label, text }) => (
        <div key={key} className="min-w-0">
          <dt className="text-12 text-muted">{label}</dt>
          <dd className="wrap-anywhere whitespace-pre-wrap">{text}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What the assistant said. */
export function AssistantBubble({ text, apart }: { text: string; apart: boolean }) {
  return (
    <p
      className={cx(
        "w-fit max-w-[82%] rounded-2xl rounded-bl-sm border border-line bg-surface px-3 py-1.5 wrap-anywhere whitespace-pre-wrap",
        apart && "mt-1.5",
      )}
    >
      {text}
    </p>
  );
}

/** A person takes over. */
export function HandOffCard({ team }: { team: string }) {
  return (
    <div className="my-2 flex items-center gap-2.5 rounded-lg border border-line bg-surface px-3 py-2.5">
      <span className="grid size-8 place-items-center rounded-full bg-amber-surface text-amber">
        <Hand size={16} aria-hidden />
      </span>
      <div>
        <p className="font-medium">{team ? `${team} takes over` : "A person takes over"}</p>
        <p className="text-12 text-muted">The assistant stays silent from here.</p>
      </div>
    </div>
  );
}

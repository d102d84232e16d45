import { CircleAlert } from "lucide-react";

/** Why something that a person gave could not be taken. */
export function Refused({
  title,
  message,
  hint,
}: {
  title?: string;
  message: string;
  hint?: string | undefined;
}) {
  return (
    <div
      role="alert"
      className="mb-4 flex gap-2.5 rounded-md border border-red-line bg-red-surface px-3 py-2.5"
    >
      <CircleAlert size={16} className="mt-px shrink-0 text-red" aria-hidden />
      <div className="min-w-0">
        {title ? <p className="font-medium text-red">{title}</p> : null}
        <p className="text-12 wrap-anywhere">{message}</p>
        {hint ? <p className="text-12 text-muted">{hint}</p> : null}
      </div>
    </div>
  );
}

import { useId, type ReactNode } from "react";

/** One part of the page, with a line that says what it is for. */
export function Card({
  title,
  hint,
  aside,
  children,
}: {
  title: string;
  hint?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="flex flex-col gap-3 rounded-lg border border-line bg-surface px-4 py-3.5"
    >
      <div className="flex items-start gap-x-4 gap-y-2 narrow:flex-wrap">
        <div className="min-w-0 flex-1 narrow:basis-56">
          <h2 id={id} className="text-15 font-semibold">
            {title}
          </h2>
          {hint ? <p className="text-12 text-muted">{hint}</p> : null}
        </div>
        {aside ? <div className="flex shrink-0 flex-wrap gap-1.5">{aside}</div> : null}
      </div>
      {children}
    </section>
  );
}

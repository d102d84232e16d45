import type { ReactNode } from "react";

/** A group of settings on one card. */
export function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="mb-2 text-15 font-semibold">{title}</h2>
      <div className="divide-y divide-line rounded-lg border border-line bg-surface">
        {children}
      </div>
    </section>
  );
}

/** One setting: its words at the left, its control at the right. */
export function Row({
  label,
  hint,
  children,
}: {
  label: string;
  hint?: string;
  children: ReactNode;
}) {
  return (
    <div className="flex items-center gap-x-6 gap-y-2 px-4 py-3 narrow:flex-wrap">
      <div className="min-w-0 flex-1 narrow:basis-56">
        <div>{label}</div>
        {hint ? <p className="text-12 text-faint">{hint}</p> : null}
      </div>
      <div className="max-w-full shrink-0 wrap-anywhere">{children}</div>
    </div>
  );
}

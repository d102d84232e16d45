import type { ReactNode } from "react";
import { cx } from "./class-names";

/** Nothing here yet: one sentence that teaches and one button. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  className,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  return (
    <div
      className={cx(
        "mx-auto flex max-w-sm flex-col items-center px-6 py-14 text-center",
        className,
      )}
    >
      {icon ? (
        <div className="mb-3 grid size-10 place-items-center rounded-lg border border-line bg-surface text-faint">
          {icon}
        </div>
      ) : null}
      <h2 className="text-15 font-semibold">{title}</h2>
      {children ? <p className="mt-1 text-13 text-muted">{children}</p> : null}
      {action ? <div className="mt-4 flex gap-2">{action}</div> : null}
    </div>
  );
}

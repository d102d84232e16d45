import type { ReactNode } from "react";

/** The strip on top of a screen: what this is, and what can be done with it. */
export function ScreenHeader({
  title,
  aside,
  children,
}: {
  title: ReactNode;
  aside?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className="flex min-h-12 shrink-0 items-center gap-3 border-b border-line px-4 narrow:flex-wrap narrow:py-2">
      <div className="flex min-w-0 flex-1 items-center gap-2.5">
        {typeof title === "string" ? (
          <h1 className="truncate text-15 font-semibold">{title}</h1>
        ) : (
          title
        )}
        {aside}
      </div>
      <div className="flex shrink-0 items-center gap-1.5 narrow:max-w-full narrow:flex-wrap narrow:empty:hidden">
        {children}
      </div>
    </header>
  );
}

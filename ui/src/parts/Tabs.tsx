import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

/** A row of tabs over one panel. */
export function Tabs<T extends string>({
  value,
  onChange,
  tabs,
  children,
  label,
  aside,
}: {
  value: T;
  onChange: (value: T) => void;
  tabs: readonly { value: T; label: string; badge?: ReactNode }[];
  children: ReactNode;
  label: string;
  aside?: ReactNode;
}) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => onChange(next as T)}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="flex h-9 shrink-0 items-stretch justify-between border-b border-line px-3">
        <Base.List aria-label={label} className="relative flex gap-3">
          {tabs.map((tab) => (
            <Base.Tab
              key={tab.value}
              value={tab.value}
              className="inset-focus inline-flex items-center gap-1.5 px-0.5 text-12 text-muted transition-colors hover:text-ink data-active:font-medium data-active:text-ink"
            >
              {tab.label}
              {tab.badge}
            </Base.Tab>
          ))}
          <Base.Indicator className="absolute bottom-0 left-(--active-tab-left) h-0.5 w-(--active-tab-width) bg-accent transition-all duration-150" />
        </Base.List>
        {aside ? <div className="flex items-center gap-1">{aside}</div> : null}
      </div>
      <Base.Panel value={value} className="flex min-h-0 flex-1 flex-col focus-visible:outline-none">
        {children}
      </Base.Panel>
    </Base.Root>
  );
}

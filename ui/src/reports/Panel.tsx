import { Download } from "lucide-react";
import type { ReactNode } from "react";
import type { ReadReport, ReportTable } from "@/api/model";
import { IconButton } from "@/parts/Button";
import type { Definition } from "./definitions";
import { HowCounted } from "./HowCounted";
import { saveTable } from "./report-queries";

/** A part of the report on a card: its title, how it is counted, and its numbers as a file. */
export function Panel({
  title,
  definition,
  report,
  table,
  aside,
  children,
}: {
  title: string;
  definition: Definition;
  report: ReadReport;
  table: ReportTable;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-label={title} className="min-w-0 rounded-lg border border-line bg-surface">
      <header className="flex min-h-10 flex-wrap items-center gap-1.5 border-b border-line px-4 py-1.5">
        <h2 className="text-13 font-semibold">{title}</h2>
        <HowCounted what={definition} of={title} />
        <span className="flex-1" />
        {aside}
        <IconButton
          label={`Save as CSV: ${title}`}
          size="sm"
          onClick={() => void saveTable(report, table)}
        >
          <Download size={14} />
        </IconButton>
      </header>
      <div className="p-4">{children}</div>
    </section>
  );
}

/** A table that may be wider or longer than its place. */
export function Scroll({
  label,
  long,
  children,
}: {
  label: string;
  long?: boolean;
  children: ReactNode;
}) {
  return (
    <div
      role="group"
      aria-label={label}
      // A scrolling region must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className={long ? "max-h-80 overflow-auto" : "overflow-x-auto"}
    >
      {children}
    </div>
  );
}

/** Cells of a table of figures. */
export function Th({ children, end }: { children: ReactNode; end?: boolean }) {
  return (
    <th
      scope="col"
      className={`px-2 py-1.5 text-12 font-medium whitespace-nowrap text-faint first:pl-0 last:pr-0 ${end ? "text-right" : "text-left"}`}
    >
      {children}
    </th>
  );
}

export function Td({ children, end }: { children: ReactNode; end?: boolean }) {
  return (
    <td
      className={`tabular border-t border-line px-2 py-1.5 align-middle first:pl-0 last:pr-0 ${end ? "text-right" : ""}`}
    >
      {children}
    </td>
  );
}

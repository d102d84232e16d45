import { Link } from "@tanstack/react-router";
import type { ConversationFilter, ReadReport, Report } from "@/api/model";
import { handOffWords } from "@/inbox/conversation-words";
import { tidied } from "@/inbox/filter-moves";
import { Panel, Td, Th } from "./Panel";
import { percent } from "./report-words";

/** Why people took over. */
export function HandOffPanel({
  report,
  args,
  filter,
}: {
  report: Report;
  args: ReadReport;
  filter: ConversationFilter;
}) {
  const most = Math.max(1, ...report.hand_offs.map(({ conversations }) => conversations));
  return (
    <Panel title="Why people took over" definition="handed_off" report={args} table="hand_offs">
      {report.hand_offs.length === 0 ? (
        <p className="text-muted">Nobody had to take over.</p>
      ) : (
        <table className="w-full border-collapse">
          <caption className="sr-only">Why people took over, how often</caption>
          <thead>
            <tr>
              <Th>Reason</Th>
              <Th end>Conversations</Th>
              <Th end>Of all taken over</Th>
              <Th>{""}</Th>
            </tr>
          </thead>
          <tbody>
            {report.hand_offs.map(({ kind, detail, conversations }) => (
              <tr key={`${kind} ${detail}`}>
                <Td>
                  <Link
                    to="/inbox"
                    search={{ filter: tidied({ ...filter, hand_offs: [kind] }) }}
                    className="text-accent-text hover:underline"
                  >
                    {handOffWords[kind]}
                  </Link>
                  {detail ? <span className="text-muted wrap-anywhere">: {detail}</span> : null}
                </Td>
                <Td end>{conversations}</Td>
                <Td end>{percent(conversations, report.total.handed_off)}</Td>
                <Td>
                  <span aria-hidden className="block w-20 sm:w-48">
                    <span
                      className="block h-2.5 min-w-px rounded-full"
                      style={{
                        width: `${(conversations / most) * 100}%`,
                        background: "var(--chart-amber)",
                      }}
                    />
                  </span>
                </Td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

import { Link } from "@tanstack/react-router";
import type { ReadReport, Report } from "@/api/model";
import { Panel, Scroll, Td, Th } from "./Panel";
import { durationWords, percent } from "./report-words";

/** Each action: what came back, and why calls failed. */
export function ActionPanel({ report, args }: { report: Report; args: ReadReport }) {
  return (
    <Panel title="Actions" definition="actions" report={args} table="actions">
      {report.actions.length === 0 ? (
        <p className="text-muted">No action was called in these conversations.</p>
      ) : (
        <Scroll label="What came back from each action">
          <table className="w-full border-collapse">
            <caption className="sr-only">What came back from each action</caption>
            <thead>
              <tr>
                <Th>Action</Th>
                <Th end>Calls</Th>
                <Th end>Worked</Th>
                <Th end>Found nothing</Th>
                <Th end>Failed</Th>
                <Th end>Nobody knows</Th>
                <Th end>Held back</Th>
                <Th end>Median time</Th>
                <Th>Why</Th>
              </tr>
            </thead>
            <tbody>
              {report.actions.map(({ action, name, calls, took, failures }) => (
                <tr key={action}>
                  <Td>
                    <Link
                      to="/actions/$actionId"
                      params={{ actionId: action }}
                      className="text-accent-text hover:underline"
                    >
                      {name}
                    </Link>
                  </Td>
                  <Td end>{calls.made}</Td>
                  <Td end>{calls.succeeded}</Td>
                  <Td end>{calls.found_nothing}</Td>
                  <Td end>
                    {calls.failed === 0
                      ? 0
                      : `${calls.failed} (${percent(calls.failed, calls.made)})`}
                  </Td>
                  <Td end>{calls.unresolved}</Td>
                  <Td end>{calls.held_back}</Td>
                  <Td end>{durationWords(took.median_ms)}</Td>
                  <Td>
                    <span className="text-12 text-muted">
                      {failures
                        .map(({ cause, calls: often }) => `${often} × ${causeWords(cause)}`)
                        .join(", ")}
                    </span>
                  </Td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Panel>
  );
}

/** The names of causes, in the words of the event log. */
const causes: Record<string, string> = {
  timeout: "nothing answered in time",
  unreachable: "could not be reached",
  cut: "the connection broke",
  not_json: "the answer could not be read",
  wrong_shape: "the answer has another shape",
  too_large: "the answer was too large",
  not_connected: "not connected yet",
  no_stub: "no sample answer fits",
  bad_request: "could not be asked",
  refused: "may not be called from here",
  circuit_open: "not tried after failing again and again",
  no_token: "no token was given out",
};

function causeWords(cause: string): string {
  const status = /^status (\d+)$/.exec(cause)?.[1];
  if (status) return `answered with ${status}`;
  return causes[cause] ?? (cause ? cause.replaceAll("_", " ") : "stopped before an answer came");
}

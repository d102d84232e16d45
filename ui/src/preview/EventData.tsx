import type { LogEvent, Value } from "@/api/model";
import { failureWords, valueWords } from "./value-words";

/** The data of an event, folded below its sentence: names and values as a small table. */
export function EventData({ event }: { event: LogEvent }) {
  const rows = rowsOf(event);
  if (rows.length === 0) return null;
  return (
    <table className="w-full table-fixed text-left text-12">
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name} className="align-top">
            <th scope="row" className="w-2/5 py-0.5 pr-2 font-normal text-faint wrap-anywhere">
              {name}
            </th>
            <td className="tabular py-0.5 wrap-anywhere whitespace-pre-wrap">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type Row = [string, string];

function valueRows(values: { [key in string]?: Value }, before = ""): Row[] {
  return Object.entries(values).map(([key, value]): Row => [
    before + key.replaceAll("_", " "),
    valueWords(value),
  ]);
}

function rowsOf(event: LogEvent): Row[] {
  switch (event.kind) {
    case "conversation_started":
      return valueRows(
        Object.fromEntries(
          Object.entries(event.start.known ?? {}).map(([key, known]) => [key, known?.value]),
        ),
        "known: ",
      );
    case "action_started":
      return valueRows(event.inputs);
    case "action_succeeded":
      return [...valueRows(event.fields), ["took", `${event.ms} ms`], ...status(event.status)];
    case "action_failed":
      return [
        ["why", failureWords(event.failure)],
        ["took", `${event.ms} ms`],
      ];
    case "action_unresolved":
      return event.failure
        ? [
            ["why", failureWords(event.failure)],
            ["took", `${event.ms} ms`],
          ]
        : [];
    case "webhook_received":
      return valueRows(event.fields);
    case "webhook_rejected":
      return event.difference.map(({ path, expected, found }): Row => [
        path,
        `expected ${expected}, found ${found}`,
      ]);
    case "task_considered":
      return event.ranking.candidates.map(({ title, score, words }): Row => [
        title,
        `${Math.round(score / 10)} %${words.length > 0 ? ` (${words.join(", ")})` : ""}`,
      ]);
    case "handed_off":
      return event.note ? [["note", event.note]] : [];
    case "note_added":
    case "customer_said":
    case "said":
      return event.text.length > 120 ? [["in full", event.text]] : [];
    case "answered":
      return event.articles.map((article): Row => ["article", article]);
    default:
      return [];
  }
}

function status(code: number | null): Row[] {
  return code === null ? [] : [["status", String(code)]];
}

import { Link } from "@tanstack/react-router";
import type { BreakDown, ConversationFilter, Group, ReadReport, Report } from "@/api/model";
import { tidied } from "@/inbox/filter-moves";
import { ShareBar } from "@/parts/charts/ShareBar";
import { Segmented } from "@/parts/Segmented";
import { Panel, Scroll, Td, Th } from "./Panel";
import {
  byWords,
  durationWords,
  groupWords,
  meanRating,
  percent,
  resolved,
  stateSeries,
} from "./report-words";

/** Every figure by the task used, by tag or by what came of it. */
export function BreakDownPanel({
  report,
  args,
  by,
  onBy,
  filter,
}: {
  report: Report;
  args: ReadReport;
  by: BreakDown;
  onBy: (by: BreakDown) => void;
  filter: ConversationFilter;
}) {
  return (
    <Panel
      title={`By ${byWords[by].toLowerCase()}`}
      definition={by === "task" ? "task_used" : "states"}
      report={args}
      table="break_down"
      aside={
        <Segmented<BreakDown>
          label="Broken down by"
          value={by}
          onChange={onBy}
          choices={(["task", "tag", "state"] as const).map((value) => ({
            value,
            label: byWords[value],
          }))}
        />
      }
    >
      <Scroll label={`Figures by ${byWords[by].toLowerCase()}`}>
        <table className="w-full border-collapse">
          <caption className="sr-only">Figures by {byWords[by].toLowerCase()}</caption>
          <thead>
            <tr>
              <Th>{byWords[by]}</Th>
              <Th end>Conversations</Th>
              <Th end>Involved</Th>
              <Th end>Resolution rate</Th>
              <Th end>Confirmed</Th>
              <Th>What came of it</Th>
              <Th end>Taken over</Th>
              <Th end>Median time</Th>
              <Th end>Rating</Th>
              <Th end>Runs done</Th>
              <Th end>Calls failed</Th>
            </tr>
          </thead>
          <tbody>
            {report.groups.map((group) => (
              <Row key={group.key ?? ""} group={group} by={by} filter={filter} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </Panel>
  );
}

function Row({ group, by, filter }: { group: Group; by: BreakDown; filter: ConversationFilter }) {
  const { figures } = group;
  const { states, involved, conversations, runs, calls } = figures;
  const rating = meanRating(figures);
  const narrowed = narrowedTo(group, by, filter);
  const name = groupWords(group, by);
  return (
    <tr>
      <Td>
        {narrowed ? (
          <Link
            to="/inbox"
            search={{ filter: narrowed }}
            className="text-accent-text hover:underline"
          >
            {name}
          </Link>
        ) : (
          name
        )}
      </Td>
      <Td end>{conversations}</Td>
      <Td end>{percent(involved, conversations)}</Td>
      <Td end>{percent(resolved(figures), involved)}</Td>
      <Td end>{percent(states.confirmed, involved)}</Td>
      <Td>
        <ShareBar
          label={name}
          series={stateSeries}
          values={stateSeries.map(({ key }) => states[key])}
        />
      </Td>
      <Td end>{percent(figures.handed_off, conversations)}</Td>
      <Td end>{durationWords(figures.time_to_resolution.median_ms)}</Td>
      <Td end>{rating === null ? "–" : rating.toFixed(1)}</Td>
      <Td end>{runs.started === 0 ? "–" : `${runs.done} of ${runs.started}`}</Td>
      <Td end>{calls.made === 0 ? "–" : `${calls.failed + calls.unresolved} of ${calls.made}`}</Td>
    </tr>
  );
}

/** The conversations of a row, for the inbox. */
function narrowedTo(
  { key }: Group,
  by: BreakDown,
  filter: ConversationFilter,
): ConversationFilter | null {
  switch (by) {
    case "task":
      return tidied(
        key === null
          ? { ...filter, tasks: [], no_task: true }
          : { ...filter, tasks: [key], no_task: false },
      );
    case "tag":
      return key === null ? null : tidied({ ...filter, tags: [key] });
    case "state":
      return tidied({
        ...filter,
        states: key === null ? [] : [key as NonNullable<ConversationFilter["states"]>[number]],
      });
  }
}

import type { ReactNode } from "react";
import type { Figures } from "@/api/model";
import { ShareBar } from "@/parts/charts/ShareBar";
import type { Definition } from "./definitions";
import { HowCounted } from "./HowCounted";
import {
  countRatings,
  durationWords,
  meanRating,
  percent,
  resolved,
  stateSeries,
} from "./report-words";

/** The figures of all chosen conversations together. */
export function Cards({ figures }: { figures: Figures }) {
  const { conversations, involved, states, handed_off: passed, time_to_resolution: time } = figures;
  const rating = meanRating(figures);
  const rated = countRatings(figures);
  return (
    <div className="grid grid-cols-3 gap-3 narrow:grid-cols-1">
      <Card title="Conversations" definition="conversations" value={String(conversations)}>
        {percent(involved, conversations)} with the assistant involved ({involved})
        <HowCounted what="involved" of="Assistant involved" />
      </Card>
      <Card
        title="Resolution rate"
        definition="resolution"
        value={percent(resolved(figures), involved)}
      >
        {percent(states.confirmed, involved)} confirmed by the customer,{" "}
        {percent(states.assumed, involved)} assumed
      </Card>
      <Card
        title="Taken over by people"
        definition="handed_off"
        value={percent(passed, conversations)}
      >
        {passed} of {conversations} conversations
      </Card>
      <Card title="Time to resolution" definition="time" value={durationWords(time.median_ms)}>
        {time.count > 0
          ? `Median of ${time.count}; nine out of ten within ${durationWords(time.p90_ms)}`
          : "Nothing was solved in these days"}
      </Card>
      <Card
        title="Rating"
        definition="rating"
        value={rating === null ? "–" : `${rating.toFixed(1)} of 5`}
      >
        {rated > 0 ? `Mean of ${rated}, given by ${percent(rated, conversations)}` : "Nobody rated"}
      </Card>
      <Card title="What came of it" definition="states" value={null}>
        <ShareBar
          label="What came of it"
          series={stateSeries}
          values={stateSeries.map(({ key }) => states[key])}
        />
        <ul className="mt-2 flex flex-wrap gap-x-3 gap-y-0.5">
          {stateSeries.map(({ key, label, color }) => (
            <li key={key} className="tabular inline-flex items-center gap-1.5">
              <span className="size-2.5 rounded-[3px]" style={{ background: color }} aria-hidden />
              {label} {states[key]}
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}

function Card({
  title,
  definition,
  value,
  children,
}: {
  title: string;
  definition: Definition;
  value: string | null;
  children: ReactNode;
}) {
  return (
    <section
      aria-label={title}
      className="flex min-w-0 flex-col gap-0.5 rounded-lg border border-line bg-surface px-4 py-3"
    >
      <h2 className="flex items-center gap-1 text-12 font-medium text-muted">
        {title}
        <HowCounted what={definition} of={title} />
      </h2>
      {value === null ? null : <p className="tabular text-24 font-semibold">{value}</p>}
      <div className="tabular flex-wrap items-center text-12 text-muted [&>button]:align-middle">
        {children}
      </div>
    </section>
  );
}

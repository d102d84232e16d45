import { ArrowDown, ArrowUp, Dot } from "lucide-react";
import type { TriggerStudy } from "@/api/model";
import { Fold } from "@/parts/Fold";
import { effects, type Effect } from "./effect";
import { outcomeWords, type Titles } from "./outcome-words";

/** What the edit changes for all examples, before customers meet it. */
export function EditEffect({
  study,
  here,
  titles,
  edited,
  waiting,
}: {
  study: TriggerStudy;
  here: string;
  titles: Titles;
  edited: boolean;
  /** What is known is from before the last keystroke. */
  waiting: boolean;
}) {
  if (!edited) return null;
  const found = effects(study.examples, here, titles);
  return (
    <section aria-label="What your edit changes" className="border-b border-line px-4 py-2">
      <h3 className="text-12 font-medium text-muted">What your edit changes</h3>
      <div role="status">
        {found.length === 0 ? (
          <p className="text-12 text-muted">
            {waiting
              ? "Trying every example of every task…"
              : "Nothing for any example of any task."}
          </p>
        ) : (
          <ul>
            {found.map((effect) => (
              <li key={effect.words}>
                <Fold
                  title={
                    <>
                      <Mark kind={effect.kind} />
                      <span className="font-normal">{effect.words}</span>
                    </>
                  }
                >
                  <ul className="pb-1 pl-9 text-12 text-muted">
                    {effect.messages.map(({ text, outcome }) => (
                      <li key={text}>
                        “{text}”{" "}
                        <span className="text-faint">{outcomeWords(outcome, titles, here)}</span>
                      </li>
                    ))}
                  </ul>
                </Fold>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

function Mark({ kind }: { kind: Effect["kind"] }) {
  if (kind === "better")
    return <ArrowUp size={14} className="shrink-0 text-green" aria-label="Better" />;
  if (kind === "worse")
    return <ArrowDown size={14} className="shrink-0 text-amber" aria-label="Worse" />;
  return <Dot size={14} className="shrink-0 text-faint" aria-hidden />;
}

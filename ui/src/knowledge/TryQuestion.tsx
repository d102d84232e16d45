import { Link } from "@tanstack/react-router";
import { CircleHelp, MessageSquareQuote, Quote } from "lucide-react";
import { useEffect, useState } from "react";
import { call } from "@/api/client";
import type { ArticleList, ConsideredPassage, KnowledgeTrial } from "@/api/model";
import { Badge } from "@/parts/Badge";
import { Button } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { TextArea } from "@/parts/Field";
import { useSlow } from "@/parts/Skeleton";
import { scoreWords } from "@/task/triggers/outcome-words";
import { useLatest } from "@/task/triggers/use-latest";

/** The last question of this window, so that coming back to the page shows it again. */
let lastAsked = "";

/** A question as a customer would write it: what would be answered from the articles, and why. */
export function TryQuestion({ list }: { list: ArticleList }) {
  const [text, setText] = useState(lastAsked);
  const question = text.trim();
  // Articles that were changed, or read meanwhile, may answer otherwise.
  const state = `${list.ready} ${list.articles.map((row) => row.updated_at).join()}`;
  const { result, failure, waiting, retry } = useLatest(
    question ? `${state}\n${question}` : null,
    () => call("ask_knowledge", { question }),
  );
  const trial = question ? result : null;
  useEffect(() => {
    lastAsked = text;
  }, [text]);
  const slow = useSlow(waiting, 500);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-[820px] flex-col gap-4 px-6 pt-5 pb-20 narrow:px-3">
        <div>
          <h2 className="text-18 font-semibold tracking-[-0.01em]">Try a question</h2>
          <p className="text-muted">
            Write as a customer would. You see what they would be answered, where it stands, and why
            it was found.
          </p>
        </div>
        <TextArea
          minRows={2}
          aria-label="Question of a customer"
          placeholder="How long do I have to send something back?"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {failure && question ? (
          <div role="alert" className="flex flex-wrap items-center gap-3">
            <p className="text-red">{failure.message}</p>
            <Button onClick={retry}>Try again</Button>
          </div>
        ) : null}
        <div aria-live="polite" aria-busy={waiting} className={cx(slow && "opacity-60")}>
          {trial ? <Outcome trial={trial} /> : null}
          {slow && !trial ? <p className="text-12 text-muted">Searching…</p> : null}
        </div>
      </div>
    </div>
  );
}

function Outcome({ trial }: { trial: KnowledgeTrial }) {
  const [best] = trial.passages;
  return (
    <div className="flex flex-col gap-4">
      {trial.answer !== null && best ? (
        <section
          aria-label="What would be answered"
          className="rounded-lg border border-green-line bg-green-surface px-4 py-3.5"
        >
          <h3 className="mb-1.5 flex items-center gap-1.5 text-12 font-medium text-green">
            <MessageSquareQuote size={14} aria-hidden /> The customer would read
          </h3>
          <p className="whitespace-pre-line wrap-anywhere">{trial.answer}</p>
          <p className="mt-2 text-12 text-muted">
            From <ArticleLink passage={best} />
          </p>
        </section>
      ) : (
        <section
          aria-label="What would be answered"
          className="rounded-lg border border-amber-line bg-amber-surface px-4 py-3.5"
        >
          <h3 className="mb-1 flex items-center gap-1.5 text-12 font-medium text-amber">
            <CircleHelp size={14} aria-hidden /> It could not be found
          </h3>
          <p>The customer is told so, and offered a person.</p>
          {best ? (
            <p className="mt-1 text-12 text-muted">
              <ArticleLink passage={best} /> speaks of it by {scoreWords(best.says)};{" "}
              {scoreWords(trial.bound)} are needed, for a wrong answer is worse than none. If it
              should answer this, say it there in the customer’s words.
            </p>
          ) : null}
        </section>
      )}
      <p className="text-12 text-muted">
        {trial.reason}
        {trial.words.length > 0 ? (
          <>
            {" "}
            What counted:{" "}
            {trial.words.map((word, at) => (
              <span key={word.word}>
                {at > 0 ? ", " : ""}
                <strong className="font-medium text-ink">{word.word}</strong>
              </span>
            ))}
            .
          </>
        ) : null}
      </p>
      {trial.passages.length > 0 ? (
        <section aria-label="Passages that came closest">
          <h3 className="mb-1.5 text-12 font-medium text-muted">Passages that came closest</h3>
          <ol className="flex flex-col gap-1.5">
            {trial.passages.map((passage) => (
              <Considered
                key={`${passage.article} ${passage.heading} ${passage.text}`}
                passage={passage}
                bound={trial.bound}
              />
            ))}
          </ol>
        </section>
      ) : null}
    </div>
  );
}

function ArticleLink({ passage }: { passage: ConsideredPassage }) {
  return (
    <Link
      to="/knowledge/$articleId"
      params={{ articleId: passage.article }}
      className="font-medium text-accent-text hover:underline"
    >
      {passage.title || "Untitled article"}
      {passage.heading ? ` › ${passage.heading}` : ""}
    </Link>
  );
}

function Considered({ passage, bound }: { passage: ConsideredPassage; bound: number }) {
  const enough = passage.says >= bound;
  const before = passage.text.indexOf(passage.extract);
  return (
    <li className="rounded-md border border-line bg-surface px-3 py-2">
      <div className="flex items-start gap-2">
        <p className="min-w-0 flex-1 text-12">
          <ArticleLink passage={passage} />
        </p>
        <Badge tone={enough ? "green" : "neutral"}>Fits {scoreWords(passage.score)}</Badge>
      </div>
      <p className="mt-1 text-12 whitespace-pre-line text-muted wrap-anywhere">
        {before < 0 ? (
          passage.text
        ) : (
          <>
            {passage.text.slice(0, before)}
            <mark className="rounded-sm bg-accent-surface text-ink">{passage.extract}</mark>
            {passage.text.slice(before + passage.extract.length)}
          </>
        )}
      </p>
      <p className="tabular mt-1 flex items-center gap-1.5 text-11 text-faint">
        <Quote size={11} aria-hidden />
        {passage.meaning > 0 ? `Meaning ${scoreWords(passage.meaning)}, words ` : "Words "}
        {scoreWords(passage.words)}. Its text speaks of it by {scoreWords(passage.says)}
      </p>
    </li>
  );
}

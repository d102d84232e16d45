import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { ListPlus, Sparkles } from "lucide-react";
import { useState } from "react";
import { call } from "@/api/client";
import type { ConversationFilter, Wish } from "@/api/model";
import { tellProblem } from "@/frame/problem-toast";
import { ScreenError } from "@/frame/ScreenError";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { EmptyState } from "@/parts/EmptyState";
import { Field, Input } from "@/parts/Field";
import { Fold } from "@/parts/Fold";
import { Skeleton } from "@/parts/Skeleton";
import { Checkbox } from "@/parts/Switch";
import { rereadTasks } from "@/task/task-queries";
import { count } from "@/task/words";
import { wishesQuery } from "./report-queries";

/** What customers wanted and no task took, or a person ended; most frequent first. */
export function AutomatePage({ filter }: { filter: ConversationFilter }) {
  const { data, error, refetch } = useQuery(wishesQuery(filter));
  const [chosen, setChosen] = useState<Wish | null>(null);
  if (error) return <ScreenError error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton lines={8} />;
  if (data.groups.length === 0 && data.single.length === 0) {
    return (
      <EmptyState icon={<Sparkles size={20} />} title="Nothing is left over">
        Every wish was taken by a task or an answer, and no person had to end one.
      </EmptyState>
    );
  }
  return (
    <>
      <div className="rounded-lg border border-line bg-surface px-4 py-3">
        <p className="font-medium">Start with one or two</p>
        <p className="mt-0.5 text-13 text-muted">
          Take the wish that comes most often and is the same every time. For one look-up (“where is
          my order?”) an action that answers on its own is enough. For several steps, checks or a
          change, write a task.
        </p>
        <p className="mt-2 text-12 text-faint">
          {data.by_meaning ? "Told apart by meaning" : "Told apart by their words"}, from{" "}
          {data.looked_at < data.all
            ? `the newest ${data.looked_at} of ${data.all} messages`
            : count(data.all, "message")}{" "}
          that no task took or that a person ended.
        </p>
      </div>
      <ul className="flex flex-col gap-3" aria-label="Wishes">
        {data.groups.map((wish) => (
          <li key={`${wish.title} ${wish.examples[0]?.conversation}`}>
            <WishCard wish={wish} onStart={() => setChosen(wish)} />
          </li>
        ))}
      </ul>
      {data.single.length > 0 ? (
        <Fold title={`Asked for once (${data.single.length})`} startOpen={data.groups.length === 0}>
          <ul className="flex flex-col gap-1 pt-1 pl-5">
            {data.single.map((example) => (
              <Example key={`${example.conversation} ${example.text}`} example={example} />
            ))}
          </ul>
        </Fold>
      ) : null}
      {chosen ? <StartDialog wish={chosen} onClose={() => setChosen(null)} /> : null}
    </>
  );
}

function WishCard({ wish, onStart }: { wish: Wish; onStart: () => void }) {
  const [all, setAll] = useState(false);
  const shown = all ? wish.examples : wish.examples.slice(0, 3);
  return (
    <section
      aria-label={wish.title}
      className="flex flex-col gap-2 rounded-lg border border-line bg-surface px-4 py-3"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-48 flex-1">
          <h2 className="text-15 font-semibold wrap-anywhere">{wish.title}</h2>
          <p className="tabular text-12 text-muted">
            {count(wish.conversations, "conversation")}
            {wish.untaken > 0 ? `; no task took it in ${wish.untaken}` : ""}
            {wish.untaken < wish.conversations
              ? `; a person ended it in ${wish.conversations - wish.untaken}`
              : ""}
          </p>
        </div>
        <Button icon={<ListPlus size={14} aria-hidden />} onClick={onStart}>
          Start a task from these
        </Button>
      </div>
      <ul className="flex flex-col gap-1">
        {shown.map((example) => (
          <Example key={`${example.conversation} ${example.text}`} example={example} />
        ))}
      </ul>
      {wish.examples.length > shown.length ? (
        <Button look="link" size="sm" className="self-start" onClick={() => setAll(true)}>
          Show {wish.examples.length - shown.length} more
        </Button>
      ) : null}
    </section>
  );
}

function Example({ example }: { example: Wish["examples"][number] }) {
  return (
    <li className="text-13 text-muted">
      <Link
        to="/inbox"
        search={{ conversation: example.conversation }}
        className="inline-block min-h-6 rounded-sm py-0.5 wrap-anywhere hover:text-ink hover:underline"
      >
        “{example.text}”
      </Link>
    </li>
  );
}

/** The customers' own words travel with the task, so a person looks through them first. */
function StartDialog({ wish, onClose }: { wish: Wish; onClose: () => void }) {
  const go = useNavigate();
  const [title, setTitle] = useState(wish.title);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const kept = wish.examples.filter(({ text }) => !left.has(text));
  const make = async () => {
    setBusy(true);
    try {
      const { id } = await call("create_task", { title, examples: kept.map(({ text }) => text) });
      await rereadTasks();
      await go({ to: "/tasks/$taskId", params: { taskId: id } });
    } catch (thrown) {
      tellProblem(thrown, "The task could not be made");
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Start a task from these"
      description="Examples tell which messages start the task. They are your customers’ words: leave out those with names or numbers you would not pass on."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={busy || title.trim() === ""} onClick={() => void make()}>
            Start the task
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Title">
          {(ids) => (
            <Input
              {...ids}
              data-first
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 text-12 font-medium text-muted">
            Examples ({kept.length} of {wish.examples.length})
          </legend>
          {wish.examples.map(({ text, conversation }) => (
            <Checkbox
              key={`${conversation} ${text}`}
              label={text}
              checked={!left.has(text)}
              onChange={(on) => {
                const next = new Set(left);
                if (on) next.delete(text);
                else next.add(text);
                setLeft(next);
              }}
            />
          ))}
        </fieldset>
      </div>
    </Dialog>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Ellipsis, TextCursorInput, Webhook } from "lucide-react";
import { useState } from "react";
import type { SentAnswer, TrialCall } from "@/api/model";
import { tellProblem } from "@/frame/problem-toast";
import { Button, IconButton } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { TextArea } from "@/parts/Field";
import { Fold } from "@/parts/Fold";
import { Menu } from "@/parts/Menu";
import { Curl } from "@/webhooks/BlockAddress";
import { ServerLine } from "@/webhooks/ServerLine";
import { webhookAddressQuery } from "@/webhooks/webhook-queries";
import { waitingWords } from "./event-words";
import type { PreviewSession } from "./preview-session";

/** A wait in the preview: what the other system sends is tried out here, as it should be and as it should not. */
export function WaitingCard({
  block,
  name,
  over,
  session,
  example,
}: {
  block: string;
  name: string;
  over: boolean;
  session: PreviewSession;
  example: unknown;
}) {
  const [body, setBody] = useState<string | null>(null);
  const [answers, setAnswers] = useState<SentAnswer[]>([]);
  const [terminal, setTerminal] = useState(false);
  const wrong = body !== null && !parses(body);
  const send = async (how: TrialCall) => {
    if (wrong) return;
    const sent: unknown = body === null ? example : JSON.parse(body);
    setBody(null);
    const answered = await session.sendWebhook(block, sent, how);
    if (answered) setAnswers(answered);
  };
  if (over) return answers.length > 0 ? <Answers answers={answers} /> : null;
  return (
    <div className="my-1.5 flex flex-col gap-2 rounded-lg border border-dashed border-line-strong bg-surface px-3 py-2.5">
      <div className="flex items-center gap-2">
        <Webhook size={15} className="text-muted" aria-hidden />
        <p className="font-medium">{waitingWords(name)}</p>
      </div>
      {body === null ? null : (
        <TextArea
          aria-label="Example request"
          spellCheck={false}
          aria-invalid={wrong || undefined}
          value={body}
          onChange={(event) => setBody(event.target.value)}
          className="font-mono text-12"
        />
      )}
      <div className="flex flex-wrap items-center gap-1.5">
        <Button size="sm" disabled={wrong} onClick={() => void send("once")}>
          {body === null ? "Send the example request" : "Send this request"}
        </Button>
        {body === null ? (
          <Button
            look="quiet"
            size="sm"
            icon={<TextCursorInput size={13} aria-hidden />}
            onClick={() => setBody(JSON.stringify(example, null, 2))}
          >
            Edit it first
          </Button>
        ) : null}
        <Menu
          align="end"
          trigger={
            <IconButton size="sm" label="Send it another way">
              <Ellipsis size={14} />
            </IconButton>
          }
          entries={[
            {
              label: "Send it late",
              hint: "When the wait is over",
              disabled: wrong,
              onSelect: () => void send("late"),
            },
            {
              label: "Send it twice",
              hint: "As systems do that heard no answer",
              disabled: wrong,
              onSelect: () => void send("twice"),
            },
            {
              label: "Send a wrong shape",
              hint: "A field missing, another of a wrong type",
              disabled: wrong,
              onSelect: () => void send("wrong_shape"),
            },
          ]}
        />
      </div>
      <Answers answers={answers} />
      <Fold
        title={<span className="text-12 text-muted">Call it from a terminal</span>}
        open={terminal}
        onOpenChange={setTerminal}
      >
        <Terminal block={block} session={session} />
      </Fold>
    </div>
  );
}

function Terminal({ block, session }: { block: string; session: PreviewSession }) {
  const conversation = session.current().log?.conversation;
  const { data, error } = useQuery(webhookAddressQuery(block, conversation));
  if (error) return <p className="text-12 text-red">{error.message}</p>;
  if (!data) return null;
  return (
    <div className="flex flex-col gap-2">
      {data.curl ? <Curl text={data.curl} /> : null}
      <ServerLine server={data.server} />
    </div>
  );
}

/** What the other system was answered. */
function Answers({ answers }: { answers: readonly SentAnswer[] }) {
  if (answers.length === 0) return null;
  return (
    <ul aria-label="What the other system was answered" className="flex flex-col gap-1 text-12">
      {answers.map((answer, at) => (
        // The same answer may come twice; its place tells the two apart.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={at} className="flex gap-1.5">
          <span
            className={cx("tabular font-mono", answer.status < 300 ? "text-green" : "text-amber")}
          >
            {answer.status}
          </span>
          <span className="min-w-0 flex-1 wrap-anywhere text-muted">
            {answer.replayed ? "The same answer again; nothing was done twice. " : ""}
            {answerWords(answer)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function answerWords({ body }: SentAnswer): string {
  if (typeof body !== "object" || body === null) return "";
  if ("errors" in body && Array.isArray(body.errors)) {
    return body.errors.map((error: { message?: string }) => error.message ?? "").join("; ");
  }
  return "message" in body && typeof body.message === "string" ? body.message : "";
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) tellProblem(thrown);
    return false;
  }
}

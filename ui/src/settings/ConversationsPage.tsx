import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { call, queries } from "@/api/client";
import type { Retention } from "@/api/model";
import { tellProblem } from "@/frame/problem-toast";
import { ScreenError } from "@/frame/ScreenError";
import { retentionQuery } from "@/inbox/inbox-queries";
import { Button } from "@/parts/Button";
import { Dialog } from "@/parts/Dialog";
import { Select } from "@/parts/Select";
import { Skeleton } from "@/parts/Skeleton";
import { notify } from "@/parts/toast";
import { count } from "@/task/words";
import { Group, Row } from "./Row";

const words: Record<Retention, string> = {
  always: "Until they are erased",
  days30: "30 days",
  days90: "90 days",
  days365: "365 days",
};

/** For how long conversations are kept. */
export function ConversationsPage() {
  const { data, error, refetch } = useQuery(retentionQuery);
  const [asked, setAsked] = useState<Retention | null>(null);
  if (error) return <ScreenError error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton />;
  const save = async (keep: Retention) => {
    setAsked(null);
    try {
      const { conversations } = await call("save_retention", { keep });
      notify({
        title:
          conversations > 0 ? `Saved. ${count(conversations, "conversation")} erased` : "Saved",
      });
      await queries.invalidateQueries();
    } catch (thrown) {
      tellProblem(thrown, "This was not saved");
    }
  };
  const shorter = (keep: Retention) => order.indexOf(keep) < order.indexOf(data);
  return (
    <>
      <Group title="Conversations">
        <Row
          label="Keep conversations for"
          hint="Counted from the last thing that happened in each. Older ones are erased with their values and files; those that still wait for something stay until they are done."
        >
          <Select<Retention>
            label="Keep conversations for"
            value={data}
            onChange={(keep) => (shorter(keep) ? setAsked(keep) : void save(keep))}
            choices={(Object.keys(words) as Retention[]).map((value) => ({
              value,
              label: words[value],
            }))}
          />
        </Row>
      </Group>
      <p className="text-12 text-faint">
        All conversations of one customer are erased in the inbox. Backups keep what they held when
        they were made.
      </p>
      {asked ? (
        <Dialog
          open
          onClose={() => setAsked(null)}
          title={`Keep conversations for ${words[asked]}?`}
          description="Older conversations are erased now, and from then on every day. They cannot be brought back, and reports no longer count them."
          footer={
            <>
              <Button data-first onClick={() => setAsked(null)}>
                Cancel
              </Button>
              <Button look="danger" onClick={() => void save(asked)}>
                Erase older ones
              </Button>
            </>
          }
        />
      ) : null}
    </>
  );
}

/** From the shortest to the longest. */
const order: readonly Retention[] = ["days30", "days90", "days365", "always"];

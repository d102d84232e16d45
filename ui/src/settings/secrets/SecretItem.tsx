import { TriangleAlert } from "lucide-react";
import { Link } from "@tanstack/react-router";
import { call } from "@/api/client";
import type { Environment, SecretRow } from "@/api/model";
import { tellProblem } from "@/frame/problem-toast";
import { timeAgo } from "@/frame/time-words";
import { Badge } from "@/parts/Badge";
import { Button } from "@/parts/Button";
import { notify } from "@/parts/toast";
import { SecretForm } from "./SecretForm";
import { rereadAll } from "./secret-queries";
import { environmentShort, isSet, listed, missingWords, stateWords } from "./secret-words";

/** One secret: how it stands, where it may go, who needs it; opened to set or to replace it. */
export function SecretItem({
  row,
  known,
  open,
  onOpen,
}: {
  row: SecretRow;
  known: Record<Environment, readonly string[]>;
  open: boolean;
  onOpen: (open: boolean) => void;
}) {
  const { words, tone } = stateWords(row.state);
  const missing = missingWords(row);
  const set = isSet(row.state);
  const outside = row.state.type === "variable";
  return (
    <li aria-label={`${row.name}, ${environmentShort[row.environment]}`}>
      <div className="flex items-start gap-x-3 gap-y-2 px-4 py-3 narrow:flex-wrap">
        <div className="flex min-w-0 flex-1 flex-col gap-1 narrow:basis-full">
          <div className="flex flex-wrap items-center gap-2">
            <span className="font-mono wrap-anywhere">{row.name}</span>
            <Badge tone={tone}>{words}</Badge>
            {row.used_at ? (
              <span className="text-12 text-faint">last sent {timeAgo(row.used_at)}</span>
            ) : null}
          </div>
          {missing ? (
            <p className="flex items-start gap-1.5 text-12 text-amber">
              <TriangleAlert size={13} aria-hidden className="mt-0.5 shrink-0" />
              <span>{missing}</span>
            </p>
          ) : null}
          {row.state.type === "out_of_reach" ? (
            <p className="text-12 text-amber">{row.state.why}</p>
          ) : null}
          {row.origins.length > 0 ? (
            <p className="text-12 text-muted wrap-anywhere">May be sent to {listed(row.origins)}</p>
          ) : null}
          {row.needed_by.length > 0 && !missing ? (
            <p className="text-12 text-faint">
              Needed by{" "}
              {row.needed_by.map(({ action, name }, at) => (
                <span key={action}>
                  {at > 0 ? ", " : null}
                  <Link
                    to="/actions/$actionId"
                    params={{ actionId: action }}
                    className="underline underline-offset-2 hover:text-ink"
                  >
                    {name || "Untitled action"}
                  </Link>
                </span>
              ))}
            </p>
          ) : null}
          {outside && row.state.type === "variable" ? (
            <p className="text-12 text-faint">
              Held by <code className="font-mono">{row.state.name}</code>
            </p>
          ) : null}
        </div>
        <div className="flex shrink-0 gap-2">
          <Button size="sm" aria-expanded={open} onClick={() => onOpen(!open)}>
            {outside ? "Change" : set ? "Replace" : "Set"}
          </Button>
          {outside || (row.state.type === "not_set" && row.origins.length === 0) ? null : (
            <Button size="sm" look="quiet" onClick={() => void remove(row)}>
              Remove
            </Button>
          )}
        </div>
      </div>
      {open ? (
        <SecretForm
          row={row}
          known={known}
          environment={row.environment}
          onDone={() => onOpen(false)}
        />
      ) : null}
    </li>
  );
}

/** Takes it away at once; for a while it can be brought back. */
async function remove({ environment, name, origins, state }: SecretRow): Promise<void> {
  const hadValue = isSet(state);
  try {
    await call("remove_secret", { environment, name });
    await rereadAll();
    notify({
      title: `Removed ${name} for ${environmentShort[environment]}`,
      undo: () => {
        call(hadValue ? "restore_secret" : "save_secret", { environment, name, origins })
          .then(rereadAll)
          .catch((thrown: unknown) => tellProblem(thrown));
      },
    });
  } catch (thrown) {
    tellProblem(thrown, "Not removed");
  }
}

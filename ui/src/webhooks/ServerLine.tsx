import { Link } from "@tanstack/react-router";
import { CircleAlert, CircleDot } from "lucide-react";
import type { WebhookServerView } from "@/api/model";
import { cx } from "@/parts/class-names";
import { localOnlyWords, serverWords } from "./webhook-queries";

/** How the server for webhooks is, and who does not reach it. */
export function ServerLine({
  server,
  linked = true,
}: {
  server: WebhookServerView;
  /** Leads to where that is changed. */
  linked?: boolean;
}) {
  const failed = server.state.type === "failed";
  const Icon = failed ? CircleAlert : CircleDot;
  return (
    <div className="flex flex-col gap-1 text-12 text-muted">
      <p role="status" className={cx("flex items-start gap-1.5", failed && "text-red")}>
        <Icon
          size={13}
          aria-hidden
          className={cx(
            "mt-0.5 shrink-0",
            server.state.type === "listening" && "text-green",
            server.state.type === "off" && "text-faint",
          )}
        />
        <span className="wrap-anywhere">{serverWords(server.state)}</span>
      </p>
      {server.local_only ? (
        <p>
          {localOnlyWords}{" "}
          {linked ? (
            <Link
              to="/settings/$page"
              params={{ page: "webhooks" }}
              className="text-accent-text underline underline-offset-2"
            >
              Webhook settings
            </Link>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}

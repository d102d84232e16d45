import { Link } from "@tanstack/react-router";
import { KeyRound, Plug, Zap } from "lucide-react";
import type { Problem } from "@/api/model";
import { Button, buttonLook } from "@/parts/Button";
import { cx } from "@/parts/class-names";
import { useTaskDesk } from "./task-desk";

/** What can be done about a problem: its remedies, or the way to where it is mended. */
export function ProblemMends({
  problem,
  most = 3,
  className,
  onMend,
}: {
  problem: Problem;
  most?: number;
  className?: string;
  /** Does a remedy in place of the task itself. */
  onMend?: (at: number) => void;
}) {
  const { mend, catalogue } = useTaskDesk();
  const action = catalogue.actions.find(({ id }) => id === problem.place.action);
  const buttons = problem.remedies.slice(0, most).map((remedy, at) => (
    <Button
      key={remedy.label}
      size="sm"
      className={className}
      onClick={() => (onMend ? onMend(at) : mend(problem, at))}
    >
      {remedy.label}
    </Button>
  ));
  if (!action) return buttons;
  return (
    <>
      {buttons}
      <ActionLink
        action={action.id}
        connected={Boolean(action.request)}
        code={problem.code}
        className={className}
      />
    </>
  );
}

/** To the address or the secrets of an action on this computer, to its request, or to the action itself. */
export function ActionLink({
  action,
  connected,
  code,
  className,
}: {
  action: string;
  connected: boolean;
  code: Problem["code"];
  className?: string | undefined;
}) {
  const look = cx(buttonLook("secondary", "sm"), className);
  if (code === "not_connected" && connected) {
    return (
      <Link
        to="/settings/$page"
        params={{ page: "connections" }}
        search={{ action }}
        className={look}
      >
        <Plug size={12} aria-hidden /> Say where it calls
      </Link>
    );
  }
  if (code === "secret_missing") {
    return (
      <Link to="/settings/$page" params={{ page: "secrets" }} className={look}>
        <KeyRound size={12} aria-hidden /> Set its secrets
      </Link>
    );
  }
  const connect = code === "not_connected";
  return (
    <Link
      to="/actions/$actionId"
      params={{ actionId: action }}
      search={connect ? { connect: true } : {}}
      className={look}
    >
      {connect ? <Plug size={12} aria-hidden /> : <Zap size={12} aria-hidden />}
      {connect ? "Connect it" : "Open the action"}
    </Link>
  );
}

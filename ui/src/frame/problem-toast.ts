import { asHostError } from "@/api/host";
import { notify } from "@/parts/toast";

/** Says in a toast that something could not be done, in the program's own words. */
export function tellProblem(thrown: unknown, what?: string): void {
  const failure = asHostError(thrown);
  const text = failure.hint ? `${failure.message} ${failure.hint}` : failure.message;
  notify(
    what ? { title: what, description: text, tone: "problem" } : { title: text, tone: "problem" },
  );
}

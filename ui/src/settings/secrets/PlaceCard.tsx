import { KeyRound, Lock, LockOpen, RotateCw } from "lucide-react";
import { useState } from "react";
import { call } from "@/api/client";
import { asHostError } from "@/api/host";
import type { SecretPlace } from "@/api/model";
import { tellProblem } from "@/frame/problem-toast";
import { Button } from "@/parts/Button";
import { Field, Input } from "@/parts/Field";
import { notify } from "@/parts/toast";
import { rereadAll } from "./secret-queries";

const icons = { keychain: KeyRound, needs_passphrase: Lock, locked: Lock, open: LockOpen };

async function tryAgain(): Promise<void> {
  try {
    await call("try_keychain_again", {});
    await rereadAll();
  } catch (thrown) {
    tellProblem(thrown);
  }
}

/** Where secrets are kept on this computer and why there, with the way to open it. */
export function PlaceCard({ place }: { place: SecretPlace }) {
  const Icon = icons[place.state];
  return (
    <section
      aria-label="Where secrets are kept"
      className="rounded-lg border border-line bg-surface px-4 py-3.5"
    >
      <div className="flex items-start gap-3 narrow:flex-wrap">
        <Icon size={16} aria-hidden className="mt-0.5 shrink-0 text-muted" />
        <p className="min-w-0 flex-1 narrow:basis-56">{place.words}</p>
        {place.keychain_can_be_tried ? (
          <Button
            size="sm"
            icon={<RotateCw size={12} aria-hidden />}
            onClick={() => void tryAgain()}
          >
            Try the keychain again
          </Button>
        ) : null}
      </div>
      {place.state === "locked" || place.state === "needs_passphrase" ? (
        <Passphrase isNew={place.state === "needs_passphrase"} />
      ) : null}
    </section>
  );
}

function Passphrase({ isNew }: { isNew: boolean }) {
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const open = async () => {
    if (isNew && again !== passphrase) {
      setProblem("The two are not the same. Type the passphrase once more.");
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await call("unlock_secrets", { passphrase });
      notify({ title: isNew ? "The file for secrets is ready" : "Secrets are open" });
      await rereadAll();
    } catch (thrown) {
      setProblem(asHostError(thrown).message);
    } finally {
      setPassphrase("");
      setAgain("");
      setBusy(false);
    }
  };
  return (
    <form
      className="mt-3 flex flex-col gap-3 border-t border-line pt-3"
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <div className="flex gap-3 narrow:flex-col">
        <Field
          label={isNew ? "New passphrase" : "Passphrase"}
          problem={problem}
          hint={isNew ? "Eight characters or more. Nobody can recover it." : undefined}
          className="flex-1"
        >
          {(ids) => (
            <Input
              {...ids}
              type="password"
              autoComplete={isNew ? "new-password" : "current-password"}
              value={passphrase}
              onChange={(event) => setPassphrase(event.target.value)}
            />
          )}
        </Field>
        {isNew ? (
          <Field label="The same again" className="flex-1">
            {(ids) => (
              <Input
                {...ids}
                type="password"
                autoComplete="new-password"
                value={again}
                onChange={(event) => setAgain(event.target.value)}
              />
            )}
          </Field>
        ) : null}
      </div>
      <div className="flex items-center gap-3 narrow:flex-wrap">
        <p className="min-w-0 flex-1 text-12 text-muted narrow:basis-full">
          It stays in memory until Taskwright is closed. A server takes it from
          TASKWRIGHT_PASSPHRASE.
        </p>
        <Button look="primary" type="submit" disabled={busy || passphrase === ""}>
          {isNew ? "Use this passphrase" : "Unlock"}
        </Button>
      </div>
    </form>
  );
}

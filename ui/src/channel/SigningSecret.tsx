import { Eye, EyeOff, RotateCw } from "lucide-react";
import { useState } from "react";
import { call } from "@/api/client";
import { tellProblem } from "@/frame/problem-toast";
import { Button, IconButton } from "@/parts/Button";
import { CopyButton } from "@/parts/CopyButton";

/** What your app checks signatures with. It is fetched only when somebody wants to see it. */
export function SigningSecret() {
  const [secret, setSecret] = useState<string | null>(null);
  const fetch = (command: "read_signing_secret" | "rotate_signing_secret") =>
    call(command, {})
      .then((found) => setSecret(found.secret))
      .catch(tellProblem);
  return (
    <div className="flex flex-col gap-1">
      <span className="text-12 font-medium text-muted">Signing secret</span>
      <div className="flex items-center gap-1 narrow:flex-wrap">
        {secret ? (
          <>
            <code className="min-w-0 flex-1 rounded-md border border-line bg-subtle px-2.5 py-1.5 font-mono text-12 wrap-anywhere select-all">
              {secret}
            </code>
            <CopyButton iconOnly look="quiet" text={secret} label="Copy the signing secret" />
            <IconButton label="Hide it" onClick={() => setSecret(null)}>
              <EyeOff size={14} aria-hidden />
            </IconButton>
            <IconButton
              label="Use another signing secret"
              onClick={() => void fetch("rotate_signing_secret")}
            >
              <RotateCw size={14} aria-hidden />
            </IconButton>
          </>
        ) : (
          <Button
            icon={<Eye size={13} aria-hidden />}
            onClick={() => void fetch("read_signing_secret")}
          >
            Show the signing secret
          </Button>
        )}
      </div>
      <p className="text-12 text-faint">
        Every post carries <code className="font-mono">X-Signature-256</code>, so your app knows
        that it comes from here.
      </p>
    </div>
  );
}

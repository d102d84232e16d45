import { useQuery } from "@tanstack/react-query";
import { CopyButton } from "@/parts/CopyButton";
import { Fold } from "@/parts/Fold";
import { ServerLine } from "./ServerLine";
import { webhookAddressQuery } from "./webhook-queries";

/** Where another system calls a block, to be copied. */
export function BlockAddress({ block }: { block: string }) {
  const { data, error } = useQuery(webhookAddressQuery(block));
  return (
    <section aria-label="Where it is called" className="flex flex-col gap-1.5">
      <h3 className="text-12 font-medium text-muted">Where it is called</h3>
      {error ? <p className="text-12 text-red">{error.message}</p> : null}
      {data?.url ? <Address url={data.url} label="Copy the address" /> : null}
      {data ? <ServerLine server={data.server} /> : null}
      <p className="text-12 text-faint">
        The other system names the conversation in what it sends. To tell it an address for one run
        only, put the pill “webhook address of this run” into the action that starts it.
      </p>
      {data?.curl ? (
        <Fold title={<span className="text-12 text-muted">Call it from a terminal</span>}>
          <Curl text={data.curl} />
        </Fold>
      ) : null}
    </section>
  );
}

function Address({ url, label }: { url: string; label: string }) {
  return (
    <div className="flex items-center gap-1 rounded-md border border-line bg-subtle py-0.5 pr-0.5 pl-2.5">
      <code className="min-w-0 flex-1 font-mono text-12 wrap-anywhere select-all">{url}</code>
      <CopyButton iconOnly look="quiet" size="sm" text={url} label={label} />
    </div>
  );
}

/** A call for a terminal, to be copied. */
export function Curl({ text }: { text: string }) {
  return (
    <div className="relative rounded-md border border-line bg-subtle">
      <pre
        // Longer than its box: whoever has only a keyboard scrolls it from here.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label="Call for a terminal"
        className="overflow-x-auto py-2 pr-9 pl-2.5 font-mono text-12"
      >
        {text}
      </pre>
      <CopyButton
        iconOnly
        look="quiet"
        size="sm"
        text={text}
        label="Copy the call"
        className="absolute top-1 right-1 bg-subtle"
      />
    </div>
  );
}

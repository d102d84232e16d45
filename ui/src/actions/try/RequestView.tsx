import type { ShownHeader, ShownRequest } from "@/api/model";

/** A request as it goes out, line by line; secrets are masked. */
export function RequestView({ request }: { request: ShownRequest }) {
  return (
    <section aria-label="The request" className="flex flex-col gap-1.5">
      <h3 className="text-12 font-medium text-muted">
        The request <span className="font-normal text-faint">(secrets are masked)</span>
      </h3>
      <pre
        // It scrolls, so the keyboard must get into it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label="Request as it is sent"
        className="overflow-x-auto rounded-md bg-subtle px-3 py-2 font-mono text-12 leading-5"
      >
        {`${request.method} ${request.url}\n${headerLines(request.headers)}${request.body ? `\n\n${pretty(request.body)}` : ""}`}
      </pre>
    </section>
  );
}

export function headerLines(headers: readonly ShownHeader[]): string {
  return headers.map(({ name, value }) => `${name}: ${value}`).join("\n");
}

/** JSON with line breaks; anything else as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

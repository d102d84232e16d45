import { CopyButton } from "@/parts/CopyButton";

/** A text for a machine, to be read and copied. */
export function Code({ text, label }: { text: string; label: string }) {
  return (
    <div className="relative rounded-md border border-line bg-subtle">
      <pre
        // Longer than its box: whoever has only a keyboard scrolls it from here.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        aria-label={label}
        className="max-h-96 overflow-auto py-2 pr-9 pl-2.5 font-mono text-12"
      >
        {text}
      </pre>
      <CopyButton
        iconOnly
        look="quiet"
        size="sm"
        text={text}
        label="Copy"
        className="absolute top-1 right-1 bg-subtle"
      />
    </div>
  );
}

/** JSON as engineers read it. */
export const pretty = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value, null, 2);

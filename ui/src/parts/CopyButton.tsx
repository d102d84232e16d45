import { Check, Copy } from "lucide-react";
import { useEffect, useState, type ComponentProps } from "react";
import { Button, IconButton } from "./Button";
import { notify } from "./toast";

/** How long it shows that it was copied. */
const shown = 1_600;

/** Copies a text, and shows for a moment that it did. */
export function CopyButton({
  text,
  label,
  iconOnly,
  ...rest
}: { text: string; label: string; iconOnly?: boolean } & Omit<
  ComponentProps<typeof Button>,
  "children" | "icon" | "onClick"
>) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), shown);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () =>
        notify({
          title: "It could not be copied",
          description: "This window may not use the clipboard. Select the text instead.",
          tone: "problem",
        }),
    );
  const Icon = copied ? Check : Copy;
  if (iconOnly) {
    return (
      <IconButton label={copied ? "Copied" : label} onClick={() => void copy()} {...rest}>
        <Icon size={14} aria-hidden />
      </IconButton>
    );
  }
  return (
    <Button icon={<Icon size={13} aria-hidden />} onClick={() => void copy()} {...rest}>
      {copied ? "Copied" : label}
    </Button>
  );
}

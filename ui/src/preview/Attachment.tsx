import { FileText } from "lucide-react";
import { useState } from "react";
import { host } from "@/api/client";

/** What browsers show; the program looked into it and named it accordingly when it was attached. */
const shown = /\.(png|jpe?g|gif|webp)$/i;

/** What the customer attached: the picture itself, small, or the name of the file. */
export function Attachment({ file, name }: { file: string; name: string }) {
  const [broken, setBroken] = useState(false);
  if (shown.test(name) && !broken) {
    return (
      <img
        src={host().fileUrl(file)}
        alt={name}
        title={name}
        onError={() => setBroken(true)}
        className="h-36 max-w-[82%] min-w-20 rounded-2xl rounded-br-sm border border-line bg-subtle object-contain"
      />
    );
  }
  return (
    <p className="flex max-w-[82%] items-center gap-1.5 rounded-2xl rounded-br-sm bg-accent px-3 py-1.5 wrap-anywhere text-on-accent">
      <FileText size={14} aria-hidden className="shrink-0" />
      {name}
    </p>
  );
}

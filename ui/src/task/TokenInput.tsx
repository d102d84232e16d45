import { X } from "lucide-react";
import { useId, useState } from "react";

/** Several words in one box: Enter or a comma adds one, Backspace takes the last away. */
export function TokenInput({
  label,
  tokens,
  onChange,
  placeholder = "Type and press Enter",
}: {
  label: string;
  tokens: readonly string[];
  onChange: (tokens: string[]) => void;
  placeholder?: string;
}) {
  const id = useId();
  const [text, setText] = useState("");
  const keep = () => {
    const fresh = text
      .split(",")
      .map((word) => word.trim())
      .filter((word) => word && !tokens.includes(word));
    setText("");
    if (fresh.length > 0) onChange([...tokens, ...fresh]);
  };
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-12 font-medium text-muted">
        {label}
      </label>
      <div className="flex flex-wrap items-center gap-1 rounded-md border border-line-strong bg-surface px-1.5 py-1 focus-within:outline-2 focus-within:outline-accent hover:border-control-line">
        {tokens.map((token) => (
          <span
            key={token}
            className="inline-flex h-5.5 max-w-full items-center gap-1 rounded-sm bg-hover pr-0.5 pl-1.5 text-12"
          >
            <span className="truncate">{token}</span>
            <button
              type="button"
              aria-label={`Remove ${token}`}
              onClick={() => onChange(tokens.filter((other) => other !== token))}
              className="grid size-4 place-items-center rounded-sm text-faint hover:text-ink"
            >
              <X size={11} aria-hidden />
            </button>
          </span>
        ))}
        <input
          id={id}
          value={text}
          placeholder={tokens.length === 0 ? placeholder : ""}
          onChange={(event) => setText(event.target.value)}
          onBlur={keep}
          onKeyDown={(event) => {
            if (event.key === "Enter" || event.key === ",") {
              event.preventDefault();
              keep();
            } else if (event.key === "Backspace" && text === "" && tokens.length > 0) {
              onChange(tokens.slice(0, -1));
            }
          }}
          className="h-5.5 min-w-24 flex-1 bg-transparent px-1 focus-visible:outline-none"
        />
      </div>
    </div>
  );
}

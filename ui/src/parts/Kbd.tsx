const mac = typeof navigator !== "undefined" && /Mac/.test(navigator.platform);
const symbols: Record<string, string> = mac
  ? { Mod: "⌘", Shift: "⇧", Alt: "⌥", Enter: "↵", Up: "↑", Down: "↓" }
  : { Mod: "Ctrl", Up: "↑", Down: "↓" };

/** Shows a shortcut such as `Mod+Shift+Z` with the key names of this machine. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="inline-flex items-center gap-0.5">
      {keys.split("+").map((key) => (
        <kbd
          key={key}
          className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm border border-line bg-subtle px-1 font-sans text-11 text-muted"
        >
          {symbols[key] ?? key}
        </kbd>
      ))}
    </span>
  );
}

import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useDeferredValue, useId, useMemo, useState, type ReactNode } from "react";
import { cx } from "./class-names";
import { Kbd } from "./Kbd";

export interface PaletteEntry {
  id: string;
  label: string;
  group: string;
  icon?: ReactNode;
  shortcut?: string | undefined;
  /** Other words people type when they mean this. */
  keywords?: string;
  onSelect: () => void;
}

/** How well `query` fits: words in order score best, scattered letters not at all. */
export function rankEntry(entry: PaletteEntry, query: string): number {
  const label = entry.label.toLowerCase();
  const all = `${label} ${entry.keywords ?? ""} ${entry.group}`.toLowerCase();
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.every((word) => all.includes(word))) return 0;
  if (label.startsWith(query.toLowerCase())) return 3;
  return words.every((word) => label.includes(word)) ? 2 : 1;
}

/** Everything that can be done, found by typing. */
export function CommandPalette({
  open,
  onClose,
  entries,
}: {
  open: boolean;
  onClose: () => void;
  entries: readonly PaletteEntry[];
}) {
  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim z-50" />
        <Dialog.Popup
          aria-label="Command palette"
          className="floating fixed top-[14vh] left-1/2 z-50 flex max-h-[62vh] w-140 max-w-[calc(100vw-32px)] -translate-x-1/2 flex-col overflow-hidden"
        >
          <PaletteBody entries={entries} onClose={onClose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteBody({
  entries,
  onClose,
}: {
  entries: readonly PaletteEntry[];
  onClose: () => void;
}) {
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const sought = useDeferredValue(query.trim());
  const listId = useId();
  const found = useMemo(() => {
    if (!sought) return entries.slice(0, 60);
    return entries
      .map((entry) => ({ entry, score: rankEntry(entry, sought) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, 60)
      .map(({ entry }) => entry);
  }, [entries, sought]);
  const chosen = Math.min(at, found.length - 1);
  const run = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    onClose();
    // The layer must be gone before the command moves focus elsewhere.
    setTimeout(entry.onSelect, 0);
  };
  return (
    <>
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search size={16} className="text-faint" aria-hidden />
        <input
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={found[chosen] ? `${listId}-${chosen}` : undefined}
          aria-label="Type a command or a name"
          placeholder="Type a command or a name…"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown" || event.key === "ArrowUp") {
              event.preventDefault();
              const step = event.key === "ArrowDown" ? 1 : -1;
              const next = (chosen + step + found.length) % Math.max(1, found.length);
              setAt(next);
              document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: "nearest" });
            } else if (event.key === "Enter") {
              event.preventDefault();
              run(found[chosen]);
            }
          }}
          className="h-11 flex-1 bg-transparent text-15 focus-visible:outline-none"
        />
        <Kbd keys="Esc" />
      </div>
      <div id={listId} role="listbox" aria-label="Commands" className="overflow-y-auto p-1.5">
        {found.map((entry, index) => (
          <div key={entry.id} role="presentation">
            {entry.group !== found[index - 1]?.group ? (
              <div className="px-2.5 pt-2 pb-1 text-11 font-medium text-faint" role="presentation">
                {entry.group}
              </div>
            ) : null}
            {/* The input keeps focus; the options are reached through it. */}
            {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */}
            <div
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === chosen}
              onPointerMove={() => setAt(index)}
              onClick={() => run(entry)}
              className={cx(
                "flex h-8.5 items-center gap-2.5 rounded-md px-2.5 text-13",
                index === chosen && "bg-hover",
              )}
            >
              <span className="text-muted" aria-hidden>
                {entry.icon}
              </span>
              <span className="min-w-0 flex-1 truncate">{entry.label}</span>
              {entry.shortcut ? <Kbd keys={entry.shortcut} /> : null}
            </div>
          </div>
        ))}
        {found.length === 0 ? (
          <p className="px-3 py-8 text-center text-13 text-muted">Nothing fits “{sought}”.</p>
        ) : null}
      </div>
    </>
  );
}

import { useEffect, useRef } from "react";

const mac = typeof navigator !== "undefined" && /Mac/.test(navigator.platform);

/** True where typing a letter writes it, so single-letter shortcuts must keep out. */
export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Does this key press mean `Mod+Shift+Z`, `F8`, `n`, …? */
export function matches(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split("+");
  const key = parts.at(-1) ?? "";
  const mod = mac ? event.metaKey : event.ctrlKey;
  const wanted = (name: string) => parts.includes(name);
  if (wanted("Mod") !== mod || wanted("Alt") !== event.altKey) return false;
  if (key.length > 1 || wanted("Mod")) {
    if (wanted("Shift") !== event.shiftKey) return false;
  }
  const named = { Up: "ArrowUp", Down: "ArrowDown", Esc: "Escape" }[key] ?? key;
  return event.key.toLowerCase() === named.toLowerCase();
}

let singleLetters = true;

/** Single letters can be switched off for people who use speech input. */
export function allowSingleLetters(allowed: boolean): void {
  singleLetters = allowed;
}

/** Runs `handlers[keys]` on a key press. Bare letters act only outside text and open layers. */
export function useShortcuts(
  handlers: Record<string, ((event: KeyboardEvent) => void) | undefined>,
): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.defaultPrevented && !isHistoryKey(event)) || event.isComposing) return;
      for (const [keys, handler] of Object.entries(latest.current)) {
        if (!handler || !matches(event, keys)) continue;
        const bare = keys.length === 1;
        if (bare && (!singleLetters || isWriting(event.target) || inLayer())) continue;
        event.preventDefault();
        handler(event);
        return;
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

/** A rich text box keeps the browser's own undo away; the key press is still ours. */
function isHistoryKey(event: KeyboardEvent): boolean {
  return (mac ? event.metaKey : event.ctrlKey) && /^[zy]$/i.test(event.key);
}

function inLayer(): boolean {
  return (
    document.querySelector('[role="dialog"],[role="menu"],[role="listbox"][data-open]') !== null
  );
}

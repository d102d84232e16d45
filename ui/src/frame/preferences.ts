import { useSyncExternalStore } from "react";
import { allowSingleLetters } from "@/parts/shortcuts";

/** How this machine likes to see the program. It belongs to the screen, so it never travels. */
export interface Preferences {
  theme: "system" | "light" | "dark";
  density: "comfortable" | "compact";
  singleLetters: boolean;
}

const start: Preferences = { theme: "system", density: "comfortable", singleLetters: true };
const dark = typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : null;
const listeners = new Set<() => void>();
let current: Preferences = read();

function read(): Preferences {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem("preferences") ?? "{}");
    return { ...start, ...(kept as Partial<Preferences>) };
  } catch {
    return start;
  }
}

function apply(): void {
  const root = document.documentElement;
  const theme = current.theme === "system" ? (dark?.matches ? "dark" : "light") : current.theme;
  root.dataset["theme"] = theme;
  root.dataset["density"] = current.density;
  allowSingleLetters(current.singleLetters);
}

/** Changes some preferences and shows them at once. */
export function setPreferences(next: Partial<Preferences>): void {
  current = { ...current, ...next };
  localStorage.setItem("preferences", JSON.stringify(current));
  apply();
  for (const listener of listeners) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

dark?.addEventListener("change", apply);
apply();

import { createRoot } from "react-dom/client";
import { setHost } from "./api/client";
import type { Host } from "./api/host";
import { App } from "./App";

/** Draws the program. */
export function start(host: Host): void {
  const root = document.getElementById("root");
  if (!root) return;
  setHost(host);
  createRoot(root).render(<App />);
}

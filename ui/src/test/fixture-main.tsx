import "@fontsource-variable/inter/wght.css";
import "@fontsource/jetbrains-mono/latin-400.css";
import "@fontsource/jetbrains-mono/latin-500.css";
import "../styles.css";
import { createRoot } from "react-dom/client";
import { setHost } from "../api/client";
import { App } from "../App";
import { fixtureHost } from "./fixture-host";

// Only the development server serves this page; it shows the screens without a program behind them.
const root = document.getElementById("root");
if (root) {
  // `?tasks=1000&long` shows how the screens bear a lot.
  const wanted = new URLSearchParams(location.search);
  setHost(fixtureHost({ tasks: Number(wanted.get("tasks")) || 12, long: wanted.has("long") }));
  createRoot(root).render(<App />);
}

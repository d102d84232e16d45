import "@fontsource-variable/inter/wght.css";
import "@fontsource/jetbrains-mono/latin-400.css";
import "@fontsource/jetbrains-mono/latin-500.css";
import "./styles.css";
import { createRoot } from "react-dom/client";
import { connectHost } from "./api/host";
import { setHost } from "./api/client";
import { App } from "./App";
import { fetchScreens } from "./routes";

const root = document.getElementById("root");
if (root) {
  void connectHost().then((host) => {
    setHost(host);
    createRoot(root).render(<App />);
    // After the first screen has been drawn and filled.
    setTimeout(fetchScreens, 600);
  });
}

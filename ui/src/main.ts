import "@fontsource-variable/inter/wght.css";
import "@fontsource/jetbrains-mono/latin-400.css";
import "@fontsource/jetbrains-mono/latin-500.css";
import "./styles.css";
import { askAhead, placeOf } from "./api/ahead";
import { connectHost } from "./api/host";

// The first script to arrive is small: it asks for what the first screen shows while the code of the screens, which takes
// longer to fetch and to compile than the answer takes, is still on its way.
const host = connectHost();
void host.then((host) => askAhead(host, location.hash));
const { screen, conversation } = placeOf(location.hash);
if (screen === "task") {
  void import("./task/TaskScreen");
  // Beside a conversation the text comes a moment later; by itself it is what was asked for.
  if (!conversation) void import("./task/TaskPage");
}
void Promise.all([host, import("./start")]).then(([host, { start }]) => start(host));

//! For `npm run bench`: says on standard output when the UI first shows what it was opened for.

/// Set by the probe.
const ASKED: &str = "TASKWRIGHT_PROBE";

/// Watches for the UI's mark `taskwright-ready`.
const SCRIPT: &str = r#"
new PerformanceObserver((list, observer) => {
  if (!list.getEntriesByName("taskwright-ready").length) return;
  observer.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => window.__TAURI_INTERNALS__.invoke("ready")));
}).observe({ type: "mark", buffered: true });
"#;

/// What the page runs first, when a probe is at work.
pub(crate) fn script() -> Option<&'static str> {
    std::env::var_os(ASKED).map(|_| SCRIPT)
}

/// The UI is ready.
#[tauri::command]
pub(crate) fn ready() {
    if std::env::var_os(ASKED).is_some() {
        println!("ready");
    }
}

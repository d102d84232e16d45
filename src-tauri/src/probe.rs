//! For `npm run bench`: says on standard output when the UI is of use, that is, when a task can be opened.

/// Set by the probe.
const ASKED: &str = "TASKWRIGHT_PROBE";

/// Waits for the first link to a task, and for it to be drawn.
const SCRIPT: &str = r##"
new MutationObserver((changes, observer) => {
  if (!document.querySelector('main a[href*="#/tasks/"]')) return;
  observer.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => window.__TAURI_INTERNALS__.invoke("ready")));
}).observe(document, { childList: true, subtree: true });
"##;

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

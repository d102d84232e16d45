//! The one window.

use tauri::{AppHandle, Manager, Runtime, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, webview::PageLoadEvent};

use crate::{calls::Subscriptions, probe, refusal, workspace::Workspace};

/// The window's label, which the capability file names.
pub(crate) const MAIN: &str = "main";

/// Opens it on the UI, or on the refusal where the workspace could not be opened.
pub(crate) fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<WebviewWindow<R>> {
    app.manage(Subscriptions::default());
    let page = match app.state::<Workspace>().refused() {
        None => WebviewUrl::App("index.html".into()),
        Some(_) => WebviewUrl::CustomProtocol(refusal::page()),
    };
    let mut builder = WebviewWindowBuilder::new(app, MAIN, page)
        .title("Taskwright")
        .inner_size(1280.0, 800.0)
        .min_inner_size(900.0, 560.0)
        .on_navigation(stays_inside)
        .on_page_load(|window, load| {
            // A reloaded page starts its subscriptions anew; the old ones would talk to nobody.
            if load.event() == PageLoadEvent::Started {
                window.state::<Subscriptions>().end_all();
            }
        });
    if let Some(script) = probe::script() {
        builder = builder.initialization_script(script);
    }
    builder.build()
}

/// Shows the UI in a window that showed the refusal.
pub(crate) fn show_ui<R: Runtime>(app: &AppHandle<R>) {
    if let (Some(window), Ok(url)) = (app.get_webview_window(MAIN), ui_address().parse()) {
        // A window that is just closing is no failure.
        let _ = window.navigate(url);
    }
}

/// Brings it to the front.
pub(crate) fn to_front<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(MAIN) {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

fn ui_address() -> &'static str {
    if cfg!(dev) {
        "http://localhost:5173"
    } else if cfg!(windows) {
        "http://tauri.localhost"
    } else {
        "tauri://localhost"
    }
}

/// The window never leaves the program: no link of a message or an article may replace the UI.
fn stays_inside(url: &Url) -> bool {
    let own = ["tauri", refusal::SCHEME, "about"].contains(&url.scheme());
    let own_host = ["tauri.localhost", "refusal.localhost"].contains(&url.host_str().unwrap_or_default());
    own || own_host || (cfg!(dev) && url.host_str() == Some("localhost"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_stays_with_its_own_pages() {
        for (address, stays) in [
            ("tauri://localhost/tasks", true),
            ("http://tauri.localhost/", true),
            ("refusal://localhost/again", true),
            ("https://example.com/", false),
            ("https://tauri.localhost.example.com/", false),
            ("file:///etc/passwd", false),
            ("javascript:alert(1)", false),
        ] {
            assert_eq!(stays_inside(&address.parse().unwrap()), stays, "{address}");
        }
    }
}

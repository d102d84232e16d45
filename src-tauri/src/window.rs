//! The one window.

use tauri::{
    AppHandle, Manager, Runtime, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    webview::{NewWindowResponse, PageLoadEvent},
};
use tauri_plugin_opener::OpenerExt;

use crate::{calls::Subscriptions, probe, refusal, workspace::Workspace};

/// The window's label, which the capability file names.
pub(crate) const MAIN: &str = "main";

/// Opens it on the UI, or on the refusal where the workspace could not be opened.
pub(crate) fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<WebviewWindow<R>> {
    let page = match app.state::<Workspace>().refused() {
        None => WebviewUrl::App("index.html".into()),
        Some(_) => WebviewUrl::CustomProtocol(refusal::page()),
    };
    let mut builder = WebviewWindowBuilder::new(app, MAIN, page)
        .title("Taskwright")
        .inner_size(1280.0, 800.0)
        .min_inner_size(900.0, 560.0)
        // The page takes files that are dropped on it, as in a browser.
        .disable_drag_drop_handler()
        .on_navigation({
            let app = app.clone();
            move |url| is_own(url) || open_outside(&app, url)
        })
        .on_new_window({
            let app = app.clone();
            move |url, _features| {
                open_outside(&app, &url);
                NewWindowResponse::Deny
            }
        })
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
fn is_own(url: &Url) -> bool {
    let own = ["tauri", refusal::SCHEME, "about"].contains(&url.scheme());
    let own_host = ["tauri.localhost", "refusal.localhost"].contains(&url.host_str().unwrap_or_default());
    own || own_host || (cfg!(dev) && url.host_str() == Some("localhost"))
}

/// Hands a link of the web to the person's browser; anything else leads nowhere. Gives `false`: the window stays.
fn open_outside<R: Runtime>(app: &AppHandle<R>, url: &Url) -> bool {
    if is_of_the_web(url)
        && let Err(error) = app.opener().open_url(url.as_str(), None::<&str>)
    {
        eprintln!("taskwright-desktop: {url} could not be opened: {error}");
    }
    false
}

fn is_of_the_web(url: &Url) -> bool {
    ["https", "http", "mailto"].contains(&url.scheme())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_stays_with_its_own_pages() {
        for (address, own, web) in [
            ("tauri://localhost/tasks", true, false),
            ("http://tauri.localhost/", true, true),
            ("refusal://localhost/again", true, false),
            ("https://example.com/", false, true),
            ("mailto:a@example.com", false, true),
            ("https://tauri.localhost.example.com/", false, true),
            ("file:///etc/passwd", false, false),
            ("javascript:alert(1)", false, false),
        ] {
            let url = address.parse().unwrap();
            assert_eq!((is_own(&url), is_of_the_web(&url)), (own, web), "{address}");
        }
    }
}

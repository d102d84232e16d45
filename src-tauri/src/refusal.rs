//! The page that the window shows when the workspace cannot be opened: who has it, or what is wrong with it, and a way
//! to try again. It needs no script and nothing of the UI.

use tauri::{AppHandle, Manager, Runtime, UriSchemeContext, UriSchemeResponder, Url, http};

use crate::{window, workspace::Workspace};

/// Its scheme: `refusal://localhost/`, and `/again` to try once more.
pub(crate) const SCHEME: &str = "refusal";

/// Its address.
pub(crate) fn page() -> Url {
    let address = if cfg!(windows) {
        "http://refusal.localhost/"
    } else {
        "refusal://localhost/"
    };
    #[expect(clippy::expect_used, reason = "both are constants that parse")]
    address.parse().expect("a constant address")
}

/// Answers for the page.
pub(crate) fn serve<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: http::Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let app = context.app_handle().clone();
    let again = request.uri().path() == "/again";
    std::thread::spawn(move || responder.respond(answer(&app, again)));
}

fn answer<R: Runtime>(app: &AppHandle<R>, again: bool) -> http::Response<Vec<u8>> {
    let workspace = app.state::<Workspace>();
    if again && workspace.open() {
        window::show_ui(app);
    }
    let reason = workspace.refused().map(|error| error.message).unwrap_or_default();
    let body = html(&reason, &workspace.folder().display().to_string());
    let mut response = http::Response::new(body.into_bytes());
    let headers = response.headers_mut();
    headers.insert(
        http::header::CONTENT_TYPE,
        http::HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(
        http::header::CONTENT_SECURITY_POLICY,
        http::HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'"),
    );
    response
}

fn html(reason: &str, folder: &str) -> String {
    include_str!("refusal.html")
        .replace("{reason}", &escaped(reason))
        .replace("{folder}", &escaped(folder))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_why_and_where_and_escapes_both() {
        let page = html("Held by <another> & \"that\"", "/home/a<b");
        assert!(
            page.contains("Held by &lt;another&gt; &amp; &quot;that&quot;"),
            "the reason stands there as text"
        );
        assert!(page.contains("/home/a&lt;b"), "the folder stands there as text");
        assert!(
            !page.contains("{reason}") && !page.contains("{folder}"),
            "nothing is left to fill in"
        );
    }
}

//! A line and a count for every request: by its route, so that no token of an address is written down.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;

use super::Meters;

/// Logs and counts a request once it is answered.
pub(crate) async fn log_request(State(meters): State<Meters>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.map_or_else(|| "page".to_owned(), |path| path.as_str().to_owned());
    let command = command_of(&route, request.uri().path());
    let response = next.run(request).await;
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    meters.request(&route, status, took);
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let id = response.headers().get("x-request-id").and_then(|id| id.to_str().ok());
    if response.status().is_server_error() {
        tracing::error!(%method, route, command, status, ms, request_id = id, "answered");
    } else if ["/health", "/metrics", "page"].contains(&route.as_str()) {
        tracing::debug!(%method, route, status, ms, "answered");
    } else {
        tracing::info!(%method, route, command, status, ms, request_id = id, "answered");
    }
    response
}

/// The name of a command; it opens nothing.
fn command_of(route: &str, path: &str) -> Option<String> {
    let name = path.strip_prefix("/call/").filter(|_| route == "/call/{name}")?;
    Some(
        name.chars()
            .filter(|letter| letter.is_ascii_lowercase() || *letter == '_')
            .take(60)
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::command_of;

    #[test]
    fn of_an_address_only_the_name_of_a_command_is_written_down() {
        assert_eq!(
            command_of("/call/{name}", "/call/read_task").as_deref(),
            Some("read_task")
        );
        assert_eq!(command_of("/call/{name}", "/call/a\nb%0A").as_deref(), Some("ab"));
        assert_eq!(command_of("/webhooks/{token}", "/webhooks/secret"), None);
    }
}

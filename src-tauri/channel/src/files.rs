//! Files in and out.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::answer::answer;
use crate::server::Host;

/// The name of the file that a request brings, percent-encoded.
const NAME: &str = "x-file-name";

pub(crate) async fn put(State(host): State<Host>, headers: HeaderMap, bytes: Bytes) -> Response {
    let name = headers.get(NAME).and_then(|name| name.to_str().ok()).unwrap_or("file");
    let stored = host.app.put_file(bytes.to_vec(), name).await;
    answer(stored.map(|id| json!({ "id": id })))
}

/// Pictures are shown; everything else is only ever downloaded, SVG and HTML among it, which could run scripts.
pub(crate) async fn get(State(host): State<Host>, Path(id): Path<String>) -> Response {
    let (name, bytes) = match host.app.get_file(&id).await {
        Ok(found) => found,
        Err(error) => return answer::<()>(Err(error)),
    };
    let (kind, shown) = kind(&name);
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if !shown {
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    }
    response
}

fn kind(name: &str) -> (&'static str, bool) {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("png") => ("image/png", true),
        Some("jpg" | "jpeg") => ("image/jpeg", true),
        Some("gif") => ("image/gif", true),
        Some("webp") => ("image/webp", true),
        _ => ("application/octet-stream", false),
    }
}

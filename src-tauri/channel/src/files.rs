//! Files in and out.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use serde_json::json;
use taskwright_commands::shown_as;

use crate::answer::answer;
use crate::server::Host;

/// The name of the file that a request brings, percent-encoded.
const NAME: &str = "x-file-name";

pub(crate) async fn put(State(host): State<Host>, headers: HeaderMap, bytes: Bytes) -> Response {
    let name = headers.get(NAME).and_then(|name| name.to_str().ok()).unwrap_or("file");
    let name = percent_decode_str(name).decode_utf8_lossy();
    let stored = host.app.put_file(bytes.to_vec(), &name).await;
    answer(stored.map(|id| json!({ "id": id })))
}

/// Pictures are shown; everything else is only ever downloaded, SVG and HTML among it, which could run scripts.
pub(crate) async fn get(State(host): State<Host>, Path(id): Path<String>) -> Response {
    let (_, bytes) = match host.app.get_file(&id).await {
        Ok(found) => found,
        Err(error) => return answer::<()>(Err(error)),
    };
    // By its content: a name says what somebody calls it.
    let shown = shown_as(&bytes);
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    let kind = shown.unwrap_or("application/octet-stream");
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if shown.is_none() {
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    }
    response
}

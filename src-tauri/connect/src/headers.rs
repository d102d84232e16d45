//! The headers of a call: the author's, checked, and those the program adds.

use reqwest::header::{HeaderName, HeaderValue};
use taskwright_domain::HttpRequest;

use crate::values::{Unfilled, Values};

/// Headers the program or the connection itself sets; an author's would lead a call astray.
const KEPT: [&str; 12] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "idempotency-key",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The author's headers and the standing ones, by name in small letters. `key` is the idempotency key of a change.
pub(crate) fn written(
    request: &HttpRequest,
    values: &Values<'_>,
    key: Option<&str>,
) -> Result<Vec<(String, String)>, Unfilled> {
    let mut headers = Vec::new();
    for pair in &request.headers {
        let place = |why: String| format!("header {}: {why}", pair.name);
        let name = HeaderName::from_bytes(pair.name.trim().as_bytes())
            .map_err(|_| place("this is no name for a header".to_owned()))?;
        if KEPT.contains(&name.as_str()) {
            return Err(place("it is set by the program".to_owned()));
        }
        let Some(value) = values.fill(&pair.value).map_err(place)? else {
            continue;
        };
        check(&value).map_err(place)?;
        headers.push((name.as_str().to_owned(), value));
    }
    let standing = [
        ("accept", Some("application/json")),
        ("content-type", request.body.as_ref().map(|_| "application/json")),
        ("user-agent", Some(concat!("taskwright/", env!("CARGO_PKG_VERSION")))),
        ("idempotency-key", key),
    ];
    for (name, value) in standing {
        if let Some(value) = value.filter(|_| headers.iter().all(|(given, _)| given != name)) {
            headers.push((name.to_owned(), value.to_owned()));
        }
    }
    Ok(headers)
}

fn check(value: &str) -> Result<(), Unfilled> {
    if value.chars().any(|c| c.is_control()) {
        return Err("its value has a line break or another control character".to_owned());
    }
    // A mask is for people and is never sent.
    if !value.chars().all(|c| c.is_ascii() || c == '•') {
        return Err("its value has a character that headers cannot carry".to_owned());
    }
    Ok(())
}

/// A header as it goes out; its value is kept out of whatever is written about the request.
pub(crate) fn sent(name: &str, value: &str) -> Option<(HeaderName, HeaderValue)> {
    let mut value = HeaderValue::from_str(value).ok()?;
    value.set_sensitive(true);
    Some((HeaderName::from_bytes(name.as_bytes()).ok()?, value))
}

//! The headers of a call: the author's, checked, and those the program adds.

use reqwest::header::{HeaderName, HeaderValue};
use taskwright_domain::HttpRequest;

use crate::authentication;
use crate::body::Filled;
use crate::values::{Unfilled, Values};

/// Headers the program or the connection itself sets; an author's would lead a call astray.
const KEPT: [&str; 13] = [
    "accept-encoding",
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

/// What the program calls itself.
pub(crate) const USER_AGENT: &str = concat!("taskwright/", env!("CARGO_PKG_VERSION"));

/// The author's headers and the standing ones, by name in small letters. `key` is the idempotency key of a change.
pub(crate) fn written(
    request: &HttpRequest,
    values: &Values<'_>,
    key: Option<&str>,
    body: Option<&Filled>,
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
        if name.as_str() == "content-type" && body.is_some_and(|body| body.fixed) {
            return Err(place("it is set by the program".to_owned()));
        }
        check(&value).map_err(place)?;
        headers.push((name.as_str().to_owned(), value));
    }
    if let Some((name, value)) = authentication::header(&request.auth, values)? {
        prove(&name, value, &mut headers).map_err(|why| format!("authentication: {why}"))?;
    }
    if let Some(body) = body {
        check(&body.content_type).map_err(|why| format!("content type: {why}"))?;
    }
    let standing = [
        ("accept", Some("application/json")),
        ("content-type", body.map(|body| body.content_type.as_str())),
        ("user-agent", Some(USER_AGENT)),
        ("idempotency-key", key),
    ];
    for (name, value) in standing {
        if let Some(value) = value.filter(|_| headers.iter().all(|(given, _)| given != name)) {
            headers.push((name.to_owned(), value.to_owned()));
        }
    }
    Ok(headers)
}

/// Puts in the header that proves who calls.
fn prove(name: &str, value: String, headers: &mut Vec<(String, String)>) -> Result<(), Unfilled> {
    let known = HeaderName::from_bytes(name.as_bytes()).map_err(|_| format!("“{name}” is no name for a header"))?;
    if KEPT.contains(&known.as_str()) {
        return Err(format!("the header {known} is set by the program"));
    }
    if headers.iter().any(|(given, _)| given == known.as_str()) {
        return Err(format!("the header {known} is given twice; take it out of the headers"));
    }
    check(&value)?;
    headers.push((known.as_str().to_owned(), value));
    Ok(())
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

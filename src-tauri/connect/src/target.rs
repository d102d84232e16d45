//! The address of a call: base URL, path and query, every value encoded where it stands.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Url;
use taskwright_domain::{FailureCause, HttpRequest, ListStyle, TemplatePart};

use crate::authentication;
use crate::values::{Unfilled, Values};

/// Everything but what may stand anywhere in a URL without a meaning of its own.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The confirmed base URL, or why it cannot be one.
pub(crate) fn base(text: &str) -> Result<Url, FailureCause> {
    let bad = |why: &str| FailureCause::BadRequest {
        reason: format!("the base URL {why}"),
    };
    if text.trim().is_empty() {
        return Err(FailureCause::NotConnected);
    }
    let url = Url::parse(text.trim()).map_err(|_| bad("is no URL; it begins with https://"))?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(bad("must begin with https:// or http://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(bad("must hold no name or password; use a secret in a header"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(bad("must end with its path"));
    }
    Ok(url)
}

/// The whole address as text. An absolute path is taken as it is; [`checked`] then says whether it may be called.
pub(crate) fn written(base: &Url, request: &HttpRequest, values: &Values<'_>) -> Result<String, Unfilled> {
    let path = path(request, values)?;
    let mut text = if path.starts_with("https://") || path.starts_with("http://") {
        path
    } else {
        let base = base.as_str().trim_end_matches('/');
        format!("{base}/{}", path.trim_start_matches('/'))
    };
    for pair in &request.query {
        let items = values
            .items(&pair.value)
            .map_err(|why| format!("query {}: {why}", pair.name))?;
        match (items, pair.list) {
            (Some(items), ListStyle::Repeated) => items.iter().for_each(|item| add(&mut text, &pair.name, item)),
            (Some(items), ListStyle::Spaces) => add(&mut text, &pair.name, &items.join(" ")),
            (Some(items), ListStyle::Pipes) => add(&mut text, &pair.name, &items.join("|")),
            _ => {
                let value = values.fill(&pair.value);
                if let Some(value) = value.map_err(|why| format!("query {}: {why}", pair.name))? {
                    add(&mut text, &pair.name, &value);
                }
            }
        }
    }
    if let Some((name, value)) = authentication::query(&request.auth, values)? {
        add(&mut text, &name, &value);
    }
    Ok(text)
}

fn add(text: &mut String, name: &str, value: &str) {
    text.push(if text.contains('?') { '&' } else { '?' });
    text.push_str(&encode(name));
    text.push('=');
    text.push_str(&encode(value));
}

/// Where tokens are given out: a path below the base URL, or an address of its own.
pub(crate) fn token_url(base_url: &str, text: &str) -> Result<Url, FailureCause> {
    let bad = |why: &str| FailureCause::BadRequest {
        reason: format!("authentication: the token address {why}"),
    };
    let text = text.trim();
    if text.is_empty() {
        return Err(bad("is missing"));
    }
    let whole = if text.contains("://") {
        text.to_owned()
    } else {
        let base = base(base_url)?;
        format!(
            "{}/{}",
            base.as_str().trim_end_matches('/'),
            text.trim_start_matches('/')
        )
    };
    let url = Url::parse(&whole).map_err(|_| bad("is no URL"))?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(bad("must begin with https:// or http://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(bad("must hold no name or password"));
    }
    Ok(url)
}

fn path(request: &HttpRequest, values: &Values<'_>) -> Result<String, Unfilled> {
    let mut path = String::new();
    for part in request.path.parts() {
        match part {
            TemplatePart::Words(words) => path.push_str(words),
            TemplatePart::Reference(reference) => {
                let value = values.needed_text(reference).map_err(|why| format!("path: {why}"))?;
                if value.trim().is_empty() {
                    return Err(format!("path: {} is empty", values.label(reference)));
                }
                path.push_str(&encode(&value));
            }
        }
    }
    if path.contains('#') || path.chars().any(char::is_control) {
        return Err("path: # and line breaks cannot stand in it".to_owned());
    }
    let before_query = path.split('?').next().unwrap_or_default();
    if before_query.split(['/', '\\']).any(is_dots) {
        return Err("path: . and .. cannot be a part of it".to_owned());
    }
    Ok(path)
}

/// Whether a part of a path means "here" or "one up", encoded or not.
fn is_dots(segment: &str) -> bool {
    matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
}

pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// The address, if it lies at the origin of the connection.
pub(crate) fn checked(base: &Url, text: &str) -> Result<Url, FailureCause> {
    let url = Url::parse(text).map_err(|_| FailureCause::BadRequest {
        reason: "the path does not make a URL".to_owned(),
    })?;
    let without_login = url.username().is_empty() && url.password().is_none();
    if url.origin() == base.origin() && without_login {
        Ok(url)
    } else {
        Err(FailureCause::Refused {
            reason: "the path leads to another host than the one that was confirmed".to_owned(),
        })
    }
}

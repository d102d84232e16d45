//! Keeping secrets out of what is kept of an answer, for an answer may repeat what was sent.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value as Json;
use taskwright_domain::{Authentication, HttpRequest, Template, TemplatePart};

use crate::Connection;
use crate::authentication::{basic, names_a_secret};
use crate::oauth::Token;
use crate::target::encode;
use crate::values::{Eyes, MASK};

/// A shorter secret may stand in an answer by chance; it is masked in what is told of a failure only.
const PLAINLY_A_SECRET: usize = 8;

/// What must stand nowhere but in a request: every secret, each as it may have been written, the longest first.
pub(crate) fn hidden(connection: &Connection, request: &HttpRequest, token: Option<&Token>) -> Vec<String> {
    let mut hidden: Vec<String> = connection.secrets.values().map(|secret| secret.value.clone()).collect();
    hidden.extend(token.map(|token| token.value.clone()));
    let spelled: Vec<_> = hidden.iter().flat_map(|secret| spellings(secret)).collect();
    hidden.extend(spelled);
    if let Authentication::Basic { user, secret } = &request.auth {
        let password = connection.secret(secret.as_str());
        if password.is_some() || names_a_secret(user) {
            let password = password.map_or("", |secret| secret.value.as_str());
            let header = basic(&with_secrets(user, connection), password, Eyes::Receiver);
            hidden.extend(header.split_once(' ').map(|(_, credentials)| credentials.to_owned()));
        }
    }
    hidden.retain(|secret| !secret.is_empty());
    hidden.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    hidden.dedup();
    hidden
}

/// How else a secret may be written where somebody repeats it: in an address, a form, a JSON text, in base64.
fn spellings(secret: &str) -> Vec<String> {
    let quoted = |text: &str| {
        let quoted = Json::from(text).to_string();
        quoted[1..quoted.len() - 1].to_owned()
    };
    vec![
        utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
        encode(secret),
        encode(secret).replace("%20", "+"),
        quoted(secret),
        // A JSON text within a JSON text.
        quoted(&quoted(secret)),
        STANDARD.encode(secret),
        STANDARD_NO_PAD.encode(secret),
        URL_SAFE.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
    ]
}

/// The user of a login with the secrets that stand in it.
fn with_secrets(user: &Template, connection: &Connection) -> String {
    let parts = user.parts().into_iter().map(|part| match part {
        TemplatePart::Words(words) => words.to_owned(),
        TemplatePart::Reference(reference) => {
            let secret = reference
                .strip_prefix("secret.")
                .and_then(|name| connection.secret(name));
            secret.map(|secret| secret.value.clone()).unwrap_or_default()
        }
    });
    parts.collect()
}

/// The answer without whatever is plainly a secret: what is kept of it is read from this.
pub(crate) fn without_plain_secrets(json: &Json, hidden: &[String]) -> Json {
    let plain: Vec<_> = hidden
        .iter()
        .filter(|secret| secret.len() >= PLAINLY_A_SECRET)
        .cloned()
        .collect();
    without_secrets(json, &plain)
}

/// The answer without any of the secrets.
pub(crate) fn without_secrets(json: &Json, secrets: &[String]) -> Json {
    match json {
        Json::String(text) => Json::String(text_without(text, secrets)),
        Json::Array(items) => Json::Array(items.iter().map(|item| without_secrets(item, secrets)).collect()),
        Json::Object(fields) => {
            let fields = fields.iter();
            fields
                .map(|(key, value)| (text_without(key, secrets), without_secrets(value, secrets)))
                .collect()
        }
        other => other.clone(),
    }
}

/// A text without any of the secrets.
pub(crate) fn text_without(text: &str, secrets: &[String]) -> String {
    secrets
        .iter()
        .fold(text.to_owned(), |text, secret| text.replace(secret, MASK))
}

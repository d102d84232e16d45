//! Keeping secrets out of what is said about a failure.

use serde_json::Value as Json;

const MASK: &str = "•••";

/// The answer without any of the secrets, for an answer may repeat what was sent.
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

fn text_without(text: &str, secrets: &[String]) -> String {
    let secrets = secrets.iter().filter(|secret| !secret.is_empty());
    secrets.fold(text.to_owned(), |text, secret| text.replace(secret, MASK))
}

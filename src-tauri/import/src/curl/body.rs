//! The body of a call, with places for the values in it.

use serde_json::Value as Json;
use taskwright_domain::{AttributeType, Body, Part, Template};

use super::address::{decoded, open_markup, open_template, pairs};
use super::arguments::{Content, Data, FormPart};
use super::credentials::{Credentials, is_secret_name, looks_secret};
use crate::infer;
use crate::naming::{key_of, singular, words_of};
use crate::placeholder::has_place;
use crate::wants::{Want, Wants};

/// Names that say nothing without what they belong to.
const BARE: [&str; 14] = [
    "id", "name", "value", "type", "code", "number", "email", "note", "title", "text", "body", "key", "quantity",
    "amount",
];
/// Values that belong to the call rather than to a customer.
const STEADY: [&str; 11] = [
    "type",
    "kind",
    "object",
    "currency",
    "locale",
    "language",
    "format",
    "grant_type",
    "api_version",
    "query",
    "operation_name",
];

/// What the data of a command is sent as.
pub(super) fn of_data(
    data: &[Data],
    content_type: Option<&str>,
    wants: &mut Wants,
    credentials: &mut Credentials,
) -> Option<Body> {
    let mut pieces = Vec::new();
    for piece in data {
        match piece {
            Data::Plain(text) => pieces.push(text.clone()),
            Data::Encode(text) => pieces.push(text.clone()),
            Data::File(file) => {
                wants.note(format!(
                    "The body stands in the file {file}, which was not pasted. Write it into the body."
                ));
            }
        }
    }
    let text = pieces.join("&");
    if text.trim().is_empty() {
        return None;
    }
    let kind = content_type.unwrap_or_default().to_lowercase();
    let seems_json = text.trim_start().starts_with(['{', '[']);
    if (kind.contains("json") || seems_json)
        && let Ok(json) = serde_json::from_str::<Json>(&text)
    {
        if !kind.is_empty() && !kind.contains("json") {
            wants.note("The body is JSON and is sent as that, whatever the command calls it.");
        }
        let json = of_json("", "", &json, wants, credentials);
        return Some(Body::Json { json });
    }
    if kind.contains("json") {
        wants.note("The body should be JSON and is not. It was taken as text: look it through.");
    }
    let is_form =
        kind.contains("x-www-form-urlencoded") || kind.is_empty() && text.contains('=') && !text.starts_with('<');
    if is_form {
        let fields = form_fields(data).into_iter();
        let fields = fields.map(|(name, value)| {
            let value = field(&name, &value, wants, credentials);
            taskwright_domain::Pair::new(name, value)
        });
        return Some(Body::Form {
            fields: fields.collect(),
        });
    }
    let content_type = content_type.unwrap_or(if text.starts_with('<') {
        "application/xml"
    } else {
        "text/plain"
    });
    Some(Body::Raw {
        content_type: content_type.to_owned(),
        text: Template::new(if text.trim_start().starts_with('<') {
            open_markup(&text, wants)
        } else {
            open_template(&text, wants)
        }),
    })
}

/// The fields of a form; what curl was to encode is not decoded.
pub(super) fn form_fields(data: &[Data]) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for piece in data {
        match piece {
            Data::Plain(text) => fields.extend(pairs(text)),
            Data::Encode(text) => {
                let (name, value) = text.split_once('=').unwrap_or(("", text));
                fields.push((decoded(name), value.to_owned()));
            }
            Data::File(_) => {}
        }
    }
    fields
}

/// The parts of a form with files.
pub(super) fn of_parts(parts: &[FormPart], wants: &mut Wants, credentials: &mut Credentials) -> Body {
    let parts = parts.iter().map(|part| match &part.content {
        Content::Words(value) => Part::Text {
            name: part.name.clone(),
            value: Template::new(field(&part.name, value, wants, credentials)),
        },
        Content::File(file) => {
            let ending = file.rsplit('.').next().unwrap_or_default().to_lowercase();
            let picture = ["png", "jpg", "jpeg", "gif", "webp", "heic"].contains(&ending.as_str());
            let kind = if picture {
                AttributeType::Image
            } else {
                AttributeType::File
            };
            let place = wants.place(Want::new(key_of(&part.name), kind));
            let input = place.unwrap_or_default().trim_matches(['{', '}']).to_owned();
            Part::File {
                name: part.name.clone(),
                input,
            }
        }
    });
    Body::Multipart { parts: parts.collect() }
}

/// A field of a form, as a template.
pub(super) fn field(name: &str, value: &str, wants: &mut Wants, credentials: &mut Credentials) -> String {
    if is_secret_name(name) && !value.is_empty() || looks_secret(value) {
        return credentials.in_body(name, value, wants);
    }
    if has_place(value) {
        return open_template(value, wants);
    }
    // `metadata[order_id]` is called by its last part where that says enough.
    let last = name.trim_end_matches(']').rsplit('[').next().unwrap_or(name);
    let (owner, last) = if last.is_empty() || last == name {
        ("", name.trim_end_matches("[]"))
    } else {
        (name.split('[').next().unwrap_or_default(), last)
    };
    if value.is_empty() || is_steady(last) || matches!(value, "true" | "false") {
        return value.to_owned();
    }
    let kind = match infer::of_text(last, value) {
        AttributeType::Text if infer::is_decimal(value) => number(value),
        kind => kind,
    };
    let want = Want::new(key_within(owner, last), kind).sample(value);
    wants.place(want).unwrap_or_else(|| value.to_owned())
}

fn number(text: &str) -> AttributeType {
    if text.contains('.') {
        AttributeType::Decimal
    } else {
        AttributeType::Integer
    }
}

fn is_steady(name: &str) -> bool {
    STEADY.contains(&key_of(name).as_str())
}

/// The key of a value; one that says nothing alone is called by what it belongs to as well.
fn key_within(owner: &str, name: &str) -> String {
    let key = key_of(name);
    if owner.is_empty() || !BARE.contains(&key.as_str()) {
        return key;
    }
    key_of(&format!("{} {}", singular(&words_of(owner)), words_of(name)))
}

/// JSON with places for its values. Yes, no and nothing stay as they are.
fn of_json(owner: &str, name: &str, json: &Json, wants: &mut Wants, credentials: &mut Credentials) -> Json {
    match json {
        Json::Object(fields) => {
            let owner = if name.is_empty() { owner } else { name };
            let fields = fields
                .iter()
                .map(|(key, value)| (key.clone(), of_json(owner, key, value, wants, credentials)));
            Json::Object(fields.collect())
        }
        Json::Array(items) if !items.is_empty() && items.iter().all(|item| item.is_string() || item.is_number()) => {
            let want = Want::new(key_within(owner, name), AttributeType::List { fields: Vec::new() });
            let want = want.sample(&json.to_string());
            wants.place(want).map_or_else(|| json.clone(), Json::String)
        }
        Json::Array(items) => {
            let items = items.iter().map(|item| of_json(owner, name, item, wants, credentials));
            Json::Array(items.collect())
        }
        Json::String(text) => Json::String(of_string(owner, name, text, wants, credentials)),
        Json::Number(number) => {
            let kind = if number.is_i64() || number.is_u64() {
                AttributeType::Integer
            } else {
                AttributeType::Decimal
            };
            let want = Want::new(key_within(owner, name), kind).sample(&number.to_string());
            wants.place(want).map_or_else(|| json.clone(), Json::String)
        }
        other => other.clone(),
    }
}

fn of_string(owner: &str, name: &str, text: &str, wants: &mut Wants, credentials: &mut Credentials) -> String {
    if is_secret_name(name) && !text.is_empty() || looks_secret(text) {
        return credentials.in_body(name, text, wants);
    }
    // A query in a language of its own is no text with places, whatever stands in braces there.
    if key_of(name) == "query" && text.contains('{') {
        return text.replace('{', "{ ");
    }
    if has_place(text) {
        return open_template(text, wants);
    }
    if text.is_empty() || is_steady(name) {
        return text.to_owned();
    }
    let want = Want::new(key_within(owner, name), infer::of_text(name, text)).sample(text);
    wants.place(want).unwrap_or_else(|| text.to_owned())
}

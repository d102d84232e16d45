//! What an operation answers, as typed fields.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use taskwright_domain::{AttributeType, Field};

use super::document::{Document, Found};
use super::schema::{DEEPEST_GROUP, Kind, Schema, fields_of, property_of, schema_of};
use crate::infer::path_below;
use crate::naming::{key_of, sentence, words_of};
use crate::wants::Wants;

/// The answers of an operation by their codes, followed.
pub(super) fn responses<'a>(document: &'a Document, found: &Found<'a>) -> Vec<(String, &'a Json)> {
    let responses = found
        .operation
        .get("responses")
        .and_then(Json::as_object)
        .into_iter()
        .flatten();
    responses
        .map(|(code, response)| (code.clone(), document.follow(response)))
        .collect()
}

/// The answer of success that holds JSON: its status, and what it says of its content.
pub(super) fn success<'a>(responses: &[(String, &'a Json)]) -> Option<(u16, &'a Json)> {
    let wanted = |code: &str| match code {
        "2XX" | "2xx" => Some(200),
        "default" => Some(200),
        code => code.parse().ok().filter(|status: &u16| (200..300).contains(status)),
    };
    let mut all: Vec<_> = responses
        .iter()
        .filter_map(|(code, response)| Some((code == "default", wanted(code)?, json_content(response)?)))
        .collect();
    all.sort_by_key(|(default, status, _)| (*default, *status));
    all.first().map(|(_, status, media)| (*status, *media))
}

/// What a body or an answer says of its JSON.
pub(super) fn json_content(json: &Json) -> Option<&Json> {
    let content = json.get("content")?.as_object()?;
    let is_json = |name: &str| {
        let name = name.split(';').next().unwrap_or_default().trim();
        name == "application/json" || name.ends_with("+json") || name == "text/json" || name == "*/*"
    };
    let plain = content.iter().find(|(name, _)| name.starts_with("application/json"));
    plain
        .or_else(|| content.iter().find(|(name, _)| is_json(name)))
        .map(|(_, media)| media)
}

/// The fields of the answer. What is only wrapped is unwrapped.
pub(super) fn outputs(document: &Document, path: &str, media: &Json, wants: &mut Wants) -> Vec<Field> {
    let Some(json) = media.get("schema") else {
        return Vec::new();
    };
    let schema = schema_of(document, json);
    if schema.ambiguous {
        wants.note("The answer may have several shapes; the first was taken. Try it and look at what comes back.");
    }
    match schema.kind {
        Kind::List => vec![whole_list(document, path, &schema)],
        Kind::Object => match wrapped(document, &schema) {
            Some((name, inner)) => {
                let mut fields = fields_of(document, &inner, DEEPEST_GROUP, &schema.through);
                for field in &mut fields {
                    let below = if field.path.is_empty() {
                        format!("$.{}", field.key)
                    } else {
                        field.path.clone()
                    };
                    field.path = format!("{}{}", path_below("$", name), below.trim_start_matches('$'));
                }
                fields
            }
            None => fields_of(document, &schema, DEEPEST_GROUP, &BTreeSet::new()),
        },
        _ => Vec::new(),
    }
}

/// An answer that is a list is one field.
fn whole_list(document: &Document, path: &str, schema: &Schema<'_>) -> Field {
    let noun = path
        .rsplit('/')
        .find(|segment| !segment.is_empty() && !segment.contains('{'))
        .unwrap_or("items");
    let item = schema.items.map(|items| schema_of(document, items)).unwrap_or_default();
    let fields = match item.kind {
        Kind::Object => fields_of(document, &item, DEEPEST_GROUP, &BTreeSet::new()),
        _ => Vec::new(),
    };
    Field {
        key: key_of(noun),
        name: sentence(&words_of(noun)),
        kind: AttributeType::List { fields },
        path: "$".to_owned(),
        redacted: false,
        optional: false,
    }
}

/// `{ "data": { … } }` or `{ "order": { … } }`: one group in a group that says nothing.
fn wrapped<'a>(document: &'a Document, schema: &Schema<'a>) -> Option<(&'a str, Schema<'a>)> {
    let telling: Vec<_> = schema
        .properties
        .iter()
        .filter(|(name, _)| {
            !matches!(
                *name,
                "meta" | "links" | "_links" | "request_id" | "included" | "jsonapi"
            )
        })
        .collect();
    let [(name, property)] = telling.as_slice() else {
        return None;
    };
    let inner = property_of(document, property);
    (inner.kind == Kind::Object && !inner.nullable && !inner.is_money() && schema.required.contains(name))
        .then_some((*name, inner))
}

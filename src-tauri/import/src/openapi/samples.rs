//! Examples: those of the document, or one made up from a schema, so that the preview has something to run on.

use serde_json::{Map, Value as Json, json};
use taskwright_domain::{FailureCause, Stub, StubAnswer};

use super::document::Document;
use super::schema::{Kind, Schema, list, property_of, schema_of};
use crate::naming::{free, sentence, words_of};

/// Groups in one another that are made up.
const DEEPEST: usize = 5;
/// Answers of one kind.
const MOST: usize = 5;

/// The sample answers of an operation: success first, the failures it tells of after it.
pub(super) fn stubs(document: &Document, responses: &[(String, &Json)], success: Option<(u16, &Json)>) -> Vec<Stub> {
    let mut stubs: Vec<Stub> = Vec::new();
    if let Some((status, media)) = success {
        for (name, body) in examples(document, media).into_iter().take(MOST) {
            add(&mut stubs, &name, StubAnswer::Http { status, body });
        }
        if stubs.is_empty() {
            let schema = media
                .get("schema")
                .map(|schema| schema_of(document, schema))
                .unwrap_or_default();
            let body = made_up(document, "", &schema, DEEPEST);
            add(&mut stubs, "Made-up answer", StubAnswer::Http { status, body });
        }
    }
    if stubs.is_empty() {
        let status = responses
            .iter()
            .find_map(|(code, _)| code.parse().ok().filter(|code| (200..300).contains(code)));
        let answer = StubAnswer::Http {
            status: status.unwrap_or(204),
            body: Json::Null,
        };
        add(&mut stubs, "Done", answer);
    }
    for (code, response) in responses.iter().take(40) {
        let Some(cause) = cause_of(code) else { continue };
        let name = match document.follow(response).get("description").and_then(Json::as_str) {
            Some(text) if (3..=50).contains(&text.trim().len()) => sentence(text.trim().trim_end_matches('.')),
            _ => format!("Fails with {code}"),
        };
        add(&mut stubs, &name, StubAnswer::Failure { cause });
    }
    stubs
}

/// Failures that a task may deal with. That a key is wrong is no customer's matter.
fn cause_of(code: &str) -> Option<FailureCause> {
    match code.parse().ok()? {
        404 => Some(FailureCause::NotFound),
        status @ (400 | 409 | 410 | 422 | 423 | 429 | 500 | 503) => Some(FailureCause::Status { status }),
        _ => None,
    }
}

fn add(stubs: &mut Vec<Stub>, name: &str, answer: StubAnswer) {
    let mut name: String = name.chars().take(60).collect();
    if stubs.iter().any(|stub| stub.name == name) {
        name = free(&name, |name| stubs.iter().any(|stub| stub.name == name)).replace('_', " ");
    }
    stubs.push(Stub {
        name,
        when: std::collections::BTreeMap::new(),
        answer,
        delay_ms: 0,
    });
}

/// The examples that a media type comes with, by name.
pub(super) fn examples(document: &Document, media: &Json) -> Vec<(String, Json)> {
    if let Some(example) = media.get("example") {
        return vec![("Example".to_owned(), example.clone())];
    }
    let named = media.get("examples").and_then(Json::as_object).into_iter().flatten();
    let found: Vec<_> = named
        .filter_map(|(key, example)| {
            let example = document.follow(example);
            let summary = example
                .get("summary")
                .and_then(Json::as_str)
                .filter(|summary| !summary.trim().is_empty());
            let name = summary.map_or_else(|| sentence(&words_of(key)), str::to_owned);
            Some((name, example.get("value")?.clone()))
        })
        .collect();
    if !found.is_empty() {
        return found;
    }
    let whole = media
        .get("schema")
        .map(|schema| schema_of(document, schema))
        .and_then(|schema| schema.example);
    whole
        .map(|example| ("Example".to_owned(), example.clone()))
        .into_iter()
        .collect()
}

/// A value that fits a schema.
pub(super) fn made_up(document: &Document, name: &str, schema: &Schema<'_>, depth: usize) -> Json {
    if let Some(example) = schema.example.or(schema.default).filter(|example| !example.is_null()) {
        return example.clone();
    }
    if let Some(option) = schema.options.first() {
        return (*option).clone();
    }
    match schema.kind {
        Kind::Object if schema.is_money() => json!({ schema_amount(schema): 79, "currency": "EUR" }),
        Kind::Object => {
            let mut fields = Map::new();
            for (name, property) in &schema.properties {
                let inner = property_of(document, property);
                let deep = matches!(inner.kind, Kind::Object | Kind::List);
                if inner.write_only || deep && depth == 0 {
                    continue;
                }
                fields.insert(
                    (*name).to_owned(),
                    made_up(document, name, &inner, depth.saturating_sub(1)),
                );
            }
            Json::Object(fields)
        }
        Kind::List => {
            let item = schema.items.map(|items| schema_of(document, items));
            let item = item
                .filter(|_| depth > 0)
                .map(|item| made_up(document, name, &item, depth - 1));
            Json::Array(item.into_iter().collect())
        }
        Kind::Integer => json!(1),
        Kind::Number => json!(1.5),
        Kind::Boolean => json!(true),
        Kind::Text | Kind::Anything => Json::String(match schema.format {
            "date" => "2026-01-15".to_owned(),
            "date-time" => "2026-01-15T10:00:00Z".to_owned(),
            "email" => "ada@example.com".to_owned(),
            "uuid" => "3f2504e0-4f89-41d3-9a0c-0305e82c3301".to_owned(),
            "uri" | "url" => "https://example.com".to_owned(),
            _ if words_of(name).is_empty() => "text".to_owned(),
            _ => words_of(name),
        }),
    }
}

fn schema_amount(schema: &Schema<'_>) -> &'static str {
    if schema.properties.iter().any(|(name, _)| *name == "amount") {
        "amount"
    } else {
        "value"
    }
}

/// What a document itself gives as a value for a parameter or a property, as a person writes it.
pub(super) fn sample_text(json: &Json) -> String {
    match json {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The first example of a parameter or a media type's part.
pub(super) fn first_example<'a>(document: &'a Document, json: &'a Json) -> Option<&'a Json> {
    let named = json
        .get("examples")
        .and_then(Json::as_object)
        .and_then(|examples| examples.values().next());
    let named = named.and_then(|example| document.follow(example).get("value"));
    json.get("example").or(named).or_else(|| list(json, "examples").first())
}

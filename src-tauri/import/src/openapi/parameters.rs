//! Parameters in path, query and headers.

use serde_json::Value as Json;
use taskwright_domain::{AttributeType, Pair};

use super::document::{Document, Found};
use super::samples::{first_example, sample_text};
use super::schema::{Kind, Schema, property_of, schema_of};
use crate::naming::{key_of, singular, words_of};
use crate::wants::{Want, Wants};

/// How an operation is asked: everything but its body.
#[derive(Default)]
pub(super) struct Parameters {
    pub(super) path: String,
    pub(super) query: Vec<Pair>,
    pub(super) headers: Vec<Pair>,
    pub(super) honours_key: bool,
}

/// Optional parts of a query that no customer gives.
const STEADY: [&str; 24] = [
    "limit",
    "page",
    "per_page",
    "page_size",
    "pagesize",
    "offset",
    "cursor",
    "after",
    "before",
    "starting_after",
    "ending_before",
    "expand",
    "fields",
    "include",
    "sort",
    "sort_by",
    "order_by",
    "page_token",
    "locale",
    "language",
    "format",
    "api_version",
    "page_number",
    "embed",
];
/// Headers that a document may name and that say nothing.
const NOT_NEEDED: [&str; 6] = [
    "accept",
    "content-type",
    "authorization",
    "user-agent",
    "if-none-match",
    "accept-language",
];

/// Reads them; those of the operation go before those of its path.
pub(super) fn parameters(document: &Document, found: &Found<'_>, wants: &mut Wants) -> Parameters {
    let mut asked = Parameters {
        path: found.path.to_owned(),
        ..Parameters::default()
    };
    let mut left_out = Vec::new();
    for parameter in declared(document, found) {
        let Some(name) = parameter.get("name").and_then(Json::as_str) else {
            continue;
        };
        let place = parameter.get("in").and_then(Json::as_str).unwrap_or_default();
        let required = parameter.get("required") == Some(&Json::Bool(true));
        let schema = value_schema(document, parameter);
        if !required && parameter.get("deprecated") == Some(&Json::Bool(true)) {
            continue;
        }
        let one = Parameter {
            document,
            json: parameter,
            name,
            schema,
            required,
        };
        match place {
            "path" => one.into_path(&mut asked, wants),
            "query" if !required && STEADY.contains(&key_of(name).as_str()) => left_out.push(name.to_owned()),
            "query" => one.into_query(&mut asked, wants),
            "header" => one.into_header(&mut asked, wants),
            "cookie" => wants.note(format!("The cookie {name} was left out.")),
            _ => {}
        }
    }
    fill_undeclared(&mut asked.path, wants);
    if !left_out.is_empty() {
        wants.note(format!(
            "Left out, for no customer gives them: {}.",
            left_out.join(", ")
        ));
    }
    asked
}

fn declared<'a>(document: &'a Document, found: &Found<'a>) -> Vec<&'a Json> {
    let mut all: Vec<&Json> = Vec::new();
    let own = found.operation.get("parameters").and_then(Json::as_array);
    let shared = found.item.get("parameters").and_then(Json::as_array);
    for parameter in own.into_iter().chain(shared).flatten() {
        let parameter = document.follow(parameter);
        let same = |other: &&Json| other.get("name") == parameter.get("name") && other.get("in") == parameter.get("in");
        if !all.iter().any(same) {
            all.push(parameter);
        }
    }
    all
}

fn value_schema<'a>(document: &'a Document, parameter: &'a Json) -> Schema<'a> {
    let content = parameter.get("content").and_then(Json::as_object);
    let inner = content
        .and_then(|content| content.values().next())
        .and_then(|media| media.get("schema"));
    let json = parameter.get("schema").or(inner).unwrap_or(&Json::Null);
    schema_of(document, json)
}

struct Parameter<'a> {
    document: &'a Document,
    json: &'a Json,
    name: &'a str,
    schema: Schema<'a>,
    required: bool,
}

impl Parameter<'_> {
    fn style(&self) -> &str {
        self.json.get("style").and_then(Json::as_str).unwrap_or_default()
    }

    fn want(&self, key: String, kind: AttributeType) -> Want {
        let described = self
            .json
            .get("description")
            .and_then(Json::as_str)
            .unwrap_or(self.schema.description);
        let example = first_example(self.document, self.json)
            .or(self.schema.example)
            .or(self.schema.default);
        Want {
            description: first_sentence(described),
            sample: example.map(sample_text),
            optional: !self.required,
            ..Want::new(key, kind)
        }
    }

    fn into_path(self, asked: &mut Parameters, wants: &mut Wants) {
        let owner = owner_in(&asked.path, self.name);
        let key = match key_of(self.name) {
            key if matches!(key.as_str(), "id" | "number" | "name" | "value" | "key" | "code") && !owner.is_empty() => {
                key_of(&format!("{owner} {key}"))
            }
            key => key,
        };
        let kind = match self.schema.plain_type(self.name) {
            // A whole number in a path is a number by name only.
            AttributeType::Text | AttributeType::Integer => AttributeType::Identifier { pattern: None },
            kind => kind,
        };
        let want = Want {
            optional: false,
            ..self.want(key, kind)
        };
        if let Some(place) = wants.place(want) {
            asked.path = asked.path.replace(&format!("{{{}}}", self.name), &place);
        }
        if matches!(self.style(), "matrix" | "label") {
            wants.note(format!(
                "{} is written in a style that was not taken over; look the path through.",
                self.name
            ));
        }
    }

    fn into_query(self, asked: &mut Parameters, wants: &mut Wants) {
        if self.schema.kind == Kind::Object {
            return self.group_into_query(asked, wants);
        }
        if let Some(only) = self.schema.constant().filter(|_| self.required) {
            asked.query.push(Pair::new(self.name, sample_text(only)));
            return;
        }
        let name = self.name.trim_end_matches("[]");
        let want = self.want(key_of(name), self.schema.plain_type(name));
        let Some(place) = wants.place(want) else { return };
        let explode = self.json.get("explode") != Some(&Json::Bool(false));
        let mut pair = Pair::new(self.name, &place);
        if self.schema.kind == Kind::List {
            pair.list = match self.style() {
                "spaceDelimited" => taskwright_domain::ListStyle::Spaces,
                "pipeDelimited" => taskwright_domain::ListStyle::Pipes,
                _ if explode => taskwright_domain::ListStyle::Repeated,
                _ => taskwright_domain::ListStyle::Commas,
            };
        }
        asked.query.push(pair);
    }

    /// `filter[status]` for each field of a group, or each field on its own.
    fn group_into_query(self, asked: &mut Parameters, wants: &mut Wants) {
        let deep = self.style() == "deepObject";
        for (name, property) in self.schema.properties.iter().take(20) {
            let inner = property_of(self.document, property);
            if matches!(inner.kind, Kind::Object) {
                wants.note(format!(
                    "{} in {} was left out: it is a group of fields.",
                    name, self.name
                ));
                continue;
            }
            let written = if deep {
                format!("{}[{name}]", self.name)
            } else {
                (*name).to_owned()
            };
            let key = if deep {
                key_of(&format!("{} {}", singular(&words_of(self.name)), words_of(name)))
            } else {
                key_of(name)
            };
            let want = Want {
                description: first_sentence(inner.description),
                sample: inner.example.map(sample_text),
                optional: !(self.required && self.schema.required.contains(name)),
                ..Want::new(key, inner.plain_type(name))
            };
            if let Some(place) = wants.place(want) {
                asked.query.push(Pair::new(&written, &place));
            }
        }
    }

    fn into_header(self, asked: &mut Parameters, wants: &mut Wants) {
        let lower = self.name.to_lowercase();
        if NOT_NEEDED.contains(&lower.as_str()) {
            return;
        }
        if matches!(lower.as_str(), "idempotency-key" | "x-idempotency-key") {
            asked.honours_key = true;
            return;
        }
        let fixed = self.schema.constant().or(self.schema.default).filter(|_| self.required);
        if let Some(only) = fixed {
            asked.headers.push(Pair::new(self.name, sample_text(only)));
            return;
        }
        if !self.required {
            wants.note(format!("The optional header {} was left out.", self.name));
            return;
        }
        let key = key_of(self.name.trim_start_matches("X-").trim_start_matches("x-"));
        let want = self.want(key, self.schema.plain_type(self.name));
        if let Some(place) = wants.place(want) {
            asked.headers.push(Pair::new(self.name, &place));
        }
    }
}

/// What a part of the path belongs to: `order` for the id in `/orders/{id}`.
fn owner_in(path: &str, name: &str) -> String {
    let place = format!("{{{name}}}");
    let mut before = "";
    for segment in path.split('/') {
        if segment.contains(&place) {
            return singular(&words_of(before));
        }
        if !segment.contains('{') {
            before = segment;
        }
    }
    String::new()
}

/// Places of the path that nothing describes.
fn fill_undeclared(path: &mut String, wants: &mut Wants) {
    let places: Vec<String> = path
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect();
    for name in places {
        let known = wants.inputs.iter().any(|input| input.key == name);
        if !known {
            let place = wants.open_place(&key_of(&name), AttributeType::Identifier { pattern: None });
            *path = path.replace(&format!("{{{name}}}"), &place);
        }
    }
}

/// The first sentence, without the marks of Markdown.
pub(super) fn first_sentence(text: &str) -> String {
    let text = text.trim().replace(['`', '*', '\n', '\r'], " ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let end = text.find(". ").map_or(text.len(), |at| at + 1);
    text[..end].chars().take(200).collect()
}

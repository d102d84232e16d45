//! What an operation is sent.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};
use taskwright_domain::{AttributeType, Body, Field, Pair, Part, Template};

use super::document::{Document, Found};
use super::outputs::json_content;
use super::parameters::first_sentence;
use super::samples::sample_text;
use super::schema::{Kind, Schema, property_of, schema_of};
use crate::naming::{key_of, sentence, singular, words_of};
use crate::wants::{Want, Wants};

/// Groups in one another that are written out.
const DEEPEST: usize = 4;
/// Names that say nothing without what they belong to.
const BARE: [&str; 16] = [
    "id", "name", "value", "type", "code", "number", "note", "title", "text", "key", "quantity", "amount", "city",
    "line1", "line2", "country",
];

/// The body of an operation.
pub(super) fn body(document: &Document, found: &Found<'_>, wants: &mut Wants) -> Option<Body> {
    let json = document.follow(found.operation.get("requestBody")?);
    let required = json.get("required") == Some(&Json::Bool(true));
    if let Some(media) = json_content(json) {
        let example = media.get("example");
        let schema = media
            .get("schema")
            .map(|schema| schema_of(document, schema))
            .unwrap_or_default();
        let mut writer = Writer { document, wants };
        let json = writer.json("", "", &schema, example, Standing::TOP, DEEPEST, &BTreeSet::new());
        return Some(Body::Json {
            json: json.unwrap_or(Json::Object(Map::new())),
        });
    }
    let content = json.get("content")?.as_object()?;
    let of = |name: &str| {
        content
            .iter()
            .find(|(kind, _)| kind.starts_with(name))
            .map(|(_, media)| media)
    };
    if let Some(media) = of("application/x-www-form-urlencoded") {
        return Some(form(document, media, wants));
    }
    if let Some(media) = of("multipart/form-data") {
        return Some(multipart(document, media, wants));
    }
    let (kind, _) = content.iter().next()?;
    let place = wants.place(Want {
        description: format!("The whole body, as {kind}."),
        optional: !required,
        ..Want::new("body".to_owned(), AttributeType::Text)
    });
    wants.note(format!(
        "The body is {kind}: its parts are not known, so the whole of it is one value."
    ));
    Some(Body::Raw {
        content_type: kind.clone(),
        text: Template::new(place.unwrap_or_default()),
    })
}

/// Whether a value must be there.
#[derive(Clone, Copy)]
struct Standing {
    /// It and all that it is a part of.
    required: bool,
}

impl Standing {
    /// A body that may be left out is sent all the same: what it must hold is asked for.
    const TOP: Self = Self { required: true };

    fn inside(self, required: bool) -> Self {
        Self {
            required: self.required && required,
        }
    }
}

struct Writer<'a, 'w> {
    document: &'a Document,
    wants: &'w mut Wants,
}

impl<'a> Writer<'a, '_> {
    #[expect(
        clippy::too_many_arguments,
        reason = "each is a fact of the same place in the schema"
    )]
    fn json(
        &mut self,
        owner: &str,
        name: &str,
        schema: &Schema<'a>,
        example: Option<&Json>,
        standing: Standing,
        depth: usize,
        within: &BTreeSet<&'a str>,
    ) -> Option<Json> {
        if schema.through.iter().any(|reference| within.contains(reference)) {
            return None;
        }
        match schema.kind {
            Kind::Object if depth > 0 && !schema.properties.is_empty() => {
                let within: BTreeSet<&str> = within.iter().chain(&schema.through).copied().collect();
                let owner = if name.is_empty() { owner } else { name };
                Some(self.group(owner, schema, example, standing, depth, &within))
            }
            Kind::Object => {
                if standing.required {
                    self.wants
                        .note(format!("{} takes any fields; write them into the body.", shown(name)));
                    return Some(Json::Object(Map::new()));
                }
                None
            }
            _ => self.value(owner, name, schema, example, standing, within),
        }
    }

    fn group(
        &mut self,
        owner: &str,
        schema: &Schema<'a>,
        example: Option<&Json>,
        standing: Standing,
        depth: usize,
        within: &BTreeSet<&'a str>,
    ) -> Json {
        let mut fields = Map::new();
        let mut properties = schema.properties.clone();
        properties.sort_by_key(|(name, _)| !schema.required.contains(name));
        for (name, property) in properties {
            let inner = property_of(self.document, &property);
            if inner.read_only {
                continue;
            }
            let example = example.and_then(|example| example.get(name)).or(inner.example);
            let standing = standing.inside(schema.required.contains(name));
            if let Some(json) = self.json(owner, name, &inner, example, standing, depth - 1, within) {
                fields.insert(name.to_owned(), json);
            }
        }
        Json::Object(fields)
    }

    /// A place for a value; one that is always the same is written as it is.
    fn value(
        &mut self,
        owner: &str,
        name: &str,
        schema: &Schema<'a>,
        example: Option<&Json>,
        standing: Standing,
        within: &BTreeSet<&'a str>,
    ) -> Option<Json> {
        if let Some(only) = schema.constant() {
            return standing.required.then(|| only.clone());
        }
        let kind = match schema.kind {
            Kind::List => self.list(schema, within),
            _ => schema.plain_type(name),
        };
        let want = Want {
            description: first_sentence(schema.description),
            sample: example
                .or(schema.default)
                .filter(|sample| !sample.is_null())
                .map(sample_text),
            optional: !standing.required || schema.nullable && schema.default.is_none(),
            ..Want::new(key_within(owner, if name.is_empty() { "body" } else { name }), kind)
        };
        self.wants.place(want).map(Json::String)
    }

    fn list(&mut self, schema: &Schema<'a>, within: &BTreeSet<&'a str>) -> AttributeType {
        let item = schema
            .items
            .map(|items| schema_of(self.document, items))
            .unwrap_or_default();
        let fields = match item.kind {
            Kind::Object => item_fields(self.document, &item, within),
            _ => Vec::new(),
        };
        AttributeType::List { fields }
    }
}

/// The fields of the items that are sent; a key is the name that the receiver wants.
fn item_fields<'a>(document: &'a Document, item: &Schema<'a>, within: &BTreeSet<&'a str>) -> Vec<Field> {
    if item.through.iter().any(|reference| within.contains(reference)) {
        return Vec::new();
    }
    let properties = item.properties.iter().filter_map(|(name, property)| {
        let inner = property_of(document, property);
        let plain = !matches!(inner.kind, Kind::Object | Kind::List) && !inner.read_only;
        plain.then(|| Field {
            key: (*name).to_owned(),
            name: sentence(&words_of(name)),
            kind: inner.plain_type(name),
            path: String::new(),
            redacted: false,
            optional: !item.required.contains(name),
        })
    });
    properties.collect()
}

fn shown(name: &str) -> &str {
    if name.is_empty() { "The body" } else { name }
}

fn key_within(owner: &str, name: &str) -> String {
    let key = key_of(name);
    if owner.is_empty() || !BARE.contains(&key.as_str()) {
        return key;
    }
    key_of(&format!("{} {}", singular(&words_of(owner)), words_of(name)))
}

/// A form: a group in it is written as `owner[name]`.
fn form(document: &Document, media: &Json, wants: &mut Wants) -> Body {
    let mut fields = Vec::new();
    for (name, value) in flat(document, media, wants) {
        fields.push(Pair::new(&name, &value));
    }
    Body::Form { fields }
}

fn flat(document: &Document, media: &Json, wants: &mut Wants) -> Vec<(String, String)> {
    let schema = media
        .get("schema")
        .map(|schema| schema_of(document, schema))
        .unwrap_or_default();
    let mut writer = Writer { document, wants };
    let json = writer.json(
        "",
        "",
        &schema,
        media.get("example"),
        Standing::TOP,
        2,
        &BTreeSet::new(),
    );
    let mut pairs = Vec::new();
    for (name, value) in json.as_ref().and_then(Json::as_object).into_iter().flatten() {
        match value {
            Json::Object(inner) => {
                let inner = inner.iter().filter(|(_, value)| !value.is_object());
                pairs.extend(inner.map(|(key, value)| (format!("{name}[{key}]"), sample_text(value))));
            }
            value => pairs.push((name.clone(), sample_text(value))),
        }
    }
    pairs
}

fn multipart(document: &Document, media: &Json, wants: &mut Wants) -> Body {
    let pairs = flat(document, media, wants);
    let parts = pairs.into_iter().map(|(name, value)| {
        let input = value.trim_matches(['{', '}']).to_owned();
        let file = wants
            .inputs
            .iter_mut()
            .find(|known| known.key == input && known.kind == AttributeType::File);
        match file {
            Some(known) => {
                let words = format!("{} {}", words_of(&name), known.description.to_lowercase());
                if ["photo", "image", "picture", "avatar"]
                    .iter()
                    .any(|word| words.contains(word))
                {
                    known.kind = AttributeType::Image;
                }
                Part::File { name, input }
            }
            None => Part::Text {
                name,
                value: Template::new(value),
            },
        }
    });
    Body::Multipart { parts: parts.collect() }
}

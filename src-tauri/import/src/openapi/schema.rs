//! Schemas: references followed, `allOf` joined, `oneOf` and `anyOf` brought together.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use taskwright_domain::{AttributeType, Field};

use super::document::Document;
use crate::infer::path_beside;
use crate::naming::{free, key_of, sentence, words_of};

/// Schemas joined in one another.
const DEEPEST: usize = 12;
/// Groups of fields in one another that are kept.
pub(super) const DEEPEST_GROUP: usize = 5;
/// Fields of one group.
const MOST_FIELDS: usize = 120;
/// Options of a choice; more are no choice that a person makes.
const MOST_OPTIONS: usize = 60;

/// A schema with all that was joined into it.
#[derive(Debug, Clone, Default)]
pub(super) struct Schema<'a> {
    pub(super) kind: Kind,
    pub(super) nullable: bool,
    pub(super) format: &'a str,
    pub(super) pattern: Option<&'a str>,
    pub(super) options: Vec<&'a Json>,
    /// Each with what is said of it; several where the variants of a choice differ in it.
    pub(super) properties: Vec<(&'a str, Vec<&'a Json>)>,
    pub(super) required: BTreeSet<&'a str>,
    pub(super) items: Option<&'a Json>,
    pub(super) description: &'a str,
    pub(super) example: Option<&'a Json>,
    pub(super) default: Option<&'a Json>,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    /// The references that led here.
    pub(super) through: BTreeSet<&'a str>,
    /// It may be of kinds that cannot be brought together.
    pub(super) ambiguous: bool,
}

/// What a schema describes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// It does not say.
    #[default]
    Anything,
    Text,
    Integer,
    Number,
    Boolean,
    Object,
    List,
}

/// Reads a schema.
pub(super) fn schema_of<'a>(document: &'a Document, json: &'a Json) -> Schema<'a> {
    let mut schema = Schema::default();
    join(document, json, &mut schema, DEEPEST);
    settled(schema)
}

/// Reads what is said of a property.
pub(super) fn property_of<'a>(document: &'a Document, said: &[&'a Json]) -> Schema<'a> {
    match said {
        [only] => schema_of(document, only),
        several => {
            let mut schema = Schema::default();
            one_of(document, several.iter().copied(), &mut schema, DEEPEST);
            settled(schema)
        }
    }
}

/// What does not say its kind shows it.
fn settled(mut schema: Schema<'_>) -> Schema<'_> {
    if schema.kind == Kind::Anything {
        schema.kind = match () {
            () if !schema.properties.is_empty() => Kind::Object,
            () if schema.items.is_some() => Kind::List,
            () if schema.options.iter().any(|option| option.is_string()) => Kind::Text,
            () if !schema.format.is_empty() || schema.pattern.is_some() => Kind::Text,
            () => Kind::Anything,
        };
    }
    schema
}

fn join<'a>(document: &'a Document, json: &'a Json, into: &mut Schema<'a>, depth: usize) {
    if depth == 0 || !document.spend() {
        return;
    }
    if let Some(reference) = json.get("$ref").and_then(Json::as_str) {
        // One that leads back to itself says nothing new.
        if into.through.insert(reference) {
            join(document, document.target(reference), into, depth - 1);
        }
        // Beside a reference, 3.1 lets a schema say more; what it says itself goes first.
    }
    own(json, into);
    for part in list(json, "allOf") {
        join(document, part, into, depth - 1);
    }
    for word in ["oneOf", "anyOf"] {
        one_of(document, list(json, word).iter(), into, depth - 1);
    }
}

/// What the schema itself says.
fn own<'a>(json: &'a Json, into: &mut Schema<'a>) {
    let text = |key: &str| json.get(key).and_then(Json::as_str);
    match json.get("type") {
        Some(Json::String(kind)) => set_kind(kind, into),
        Some(Json::Array(kinds)) => kinds
            .iter()
            .filter_map(Json::as_str)
            .for_each(|kind| set_kind(kind, into)),
        _ => {}
    }
    into.nullable |= json.get("nullable") == Some(&Json::Bool(true));
    into.read_only |= json.get("readOnly") == Some(&Json::Bool(true));
    into.write_only |= json.get("writeOnly") == Some(&Json::Bool(true));
    if into.format.is_empty() {
        into.format = text("format").unwrap_or_default();
    }
    into.pattern = into.pattern.or(text("pattern"));
    if into.description.is_empty() {
        into.description = text("description").or(text("title")).unwrap_or_default();
    }
    let options = list(json, "enum").iter().chain(json.get("const"));
    into.options.extend(options.filter(|option| !option.is_null()));
    into.nullable |= list(json, "enum").contains(&Json::Null);
    let example = json.get("example").or_else(|| list(json, "examples").first());
    into.example = into.example.or(example);
    into.default = into.default.or(json.get("default"));
    into.items = into.items.or(json.get("items"));
    into.required
        .extend(list(json, "required").iter().filter_map(Json::as_str));
    for (name, property) in json.get("properties").and_then(Json::as_object).into_iter().flatten() {
        match into.properties.iter_mut().find(|(known, _)| known == name) {
            // A part that only names a property is no better than the one that describes it.
            Some((_, known))
                if known
                    .iter()
                    .all(|json| json.as_object().is_none_or(serde_json::Map::is_empty)) =>
            {
                *known = vec![property];
            }
            Some(_) => {}
            None => into.properties.push((name, vec![property])),
        }
    }
}

fn set_kind(kind: &str, into: &mut Schema<'_>) {
    let kind = match kind {
        "string" => Kind::Text,
        "integer" => Kind::Integer,
        "number" => Kind::Number,
        "boolean" => Kind::Boolean,
        "object" => Kind::Object,
        "array" => Kind::List,
        "null" => {
            into.nullable = true;
            return;
        }
        _ => return,
    };
    match into.kind {
        Kind::Anything => into.kind = kind,
        known if known == kind => {}
        _ => into.ambiguous = true,
    }
}

/// One of several: what all have is required, what some have is optional. Where they are no groups, the first counts.
fn one_of<'a>(document: &'a Document, variants: impl Iterator<Item = &'a Json>, into: &mut Schema<'a>, depth: usize) {
    let mut read: Vec<Schema<'a>> = Vec::new();
    for variant in variants {
        let mut schema = Schema {
            through: into.through.clone(),
            ..Schema::default()
        };
        join(document, variant, &mut schema, depth);
        if schema.kind == Kind::Anything && schema.nullable && schema.properties.is_empty() {
            into.nullable = true;
        } else {
            read.push(schema);
        }
    }
    let Some(first) = read.first().cloned() else { return };
    let groups = read
        .iter()
        .all(|schema| schema.kind == Kind::Object || !schema.properties.is_empty());
    into.through
        .extend(read.iter().flat_map(|schema| schema.through.clone()));
    into.nullable |= read.iter().any(|schema| schema.nullable);
    if groups {
        let mut shared = first.required.clone();
        for schema in &read {
            shared.retain(|name| schema.required.contains(name));
            for (name, said) in &schema.properties {
                match into.properties.iter_mut().find(|(known, _)| known == name) {
                    Some((_, known)) => {
                        known.extend(said.iter().filter(|json| !known.contains(json)).collect::<Vec<_>>())
                    }
                    None => into.properties.push((name, said.clone())),
                }
            }
        }
        into.required.extend(shared);
        into.kind = Kind::Object;
        into.example = into.example.or(first.example);
        return;
    }
    let same = read.iter().all(|schema| schema.kind == first.kind);
    into.ambiguous |= !same;
    if into.kind == Kind::Anything {
        into.kind = first.kind;
    }
    if same {
        into.options
            .extend(read.iter().flat_map(|schema| schema.options.clone()));
    }
    if into.format.is_empty() {
        into.format = first.format;
    }
    into.pattern = into.pattern.or(first.pattern.filter(|_| read.len() == 1));
    into.items = into.items.or(first.items);
    into.example = into.example.or(first.example);
    into.default = into.default.or(first.default);
}

pub(super) fn list<'a>(json: &'a Json, key: &str) -> &'a [Json] {
    json.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

impl Schema<'_> {
    /// The type of a value that goes by this name, without what a group or a list holds.
    pub(super) fn plain_type(&self, name: &str) -> AttributeType {
        match self.kind {
            Kind::Integer => AttributeType::Integer,
            Kind::Number => AttributeType::Decimal,
            Kind::Boolean => AttributeType::Boolean,
            Kind::Object => AttributeType::Object { fields: Vec::new() },
            Kind::List => AttributeType::List { fields: Vec::new() },
            Kind::Text | Kind::Anything => self.text_type(name),
        }
    }

    fn text_type(&self, name: &str) -> AttributeType {
        let options: Vec<String> = self
            .options
            .iter()
            .filter_map(|option| option.as_str())
            .map(str::to_owned)
            .collect();
        if !options.is_empty() && options.len() <= MOST_OPTIONS && options.len() == self.options.len() {
            return AttributeType::Choice { options };
        }
        match self.format {
            "date" => AttributeType::Date,
            "date-time" => AttributeType::DateTime,
            "email" | "idn-email" => AttributeType::Email,
            "uuid" => AttributeType::Identifier { pattern: None },
            "binary" => AttributeType::File,
            _ => match crate::infer::of_text(name, "") {
                AttributeType::Identifier { .. } => AttributeType::Identifier { pattern: None },
                _ => AttributeType::Text,
            },
        }
    }

    /// Whether it is `{ amount, currency }` and nothing else.
    pub(super) fn is_money(&self) -> bool {
        let has = |name: &str| self.properties.iter().any(|(known, _)| *known == name);
        self.properties.len() == 2 && has("currency") && (has("amount") || has("value"))
    }

    /// The value that it always has.
    pub(super) fn constant(&self) -> Option<&Json> {
        match self.options.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// The fields of a group as an answer has them. `within` are the references that led here.
pub(super) fn fields_of<'a>(
    document: &'a Document,
    schema: &Schema<'a>,
    depth: usize,
    within: &BTreeSet<&'a str>,
) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let within: BTreeSet<&str> = within.iter().chain(&schema.through).copied().collect();
    for (name, property) in schema.properties.iter().take(MOST_FIELDS) {
        let inner = property_of(document, property);
        if inner.write_only {
            continue;
        }
        let Some(kind) = type_of(document, name, &inner, depth, &within) else {
            continue;
        };
        let key = free(&key_of(name), |key| fields.iter().any(|field| field.key == key));
        fields.push(Field {
            path: path_beside(&key, name),
            key,
            name: sentence(&words_of(name)),
            kind,
            redacted: false,
            optional: inner.nullable || !schema.required.contains(name),
        });
    }
    // What is always there comes first.
    fields.sort_by_key(|field| field.optional);
    fields
}

/// The whole type of a value in an answer; none where it leads back to itself, or deeper than anybody reads.
pub(super) fn type_of<'a>(
    document: &'a Document,
    name: &str,
    schema: &Schema<'a>,
    depth: usize,
    within: &BTreeSet<&'a str>,
) -> Option<AttributeType> {
    let again = schema.through.iter().any(|reference| within.contains(reference));
    match schema.kind {
        Kind::Object if again || depth == 0 => None,
        Kind::Object if schema.is_money() => Some(AttributeType::Amount),
        Kind::Object => {
            let fields = fields_of(document, schema, depth - 1, within);
            (!fields.is_empty()).then_some(AttributeType::Object { fields })
        }
        Kind::List if depth == 0 => None,
        Kind::List => {
            let item = schema.items.map(|items| schema_of(document, items)).unwrap_or_default();
            if item.through.iter().any(|reference| within.contains(reference)) {
                return None;
            }
            let fields = match item.kind {
                Kind::Object => fields_of(document, &item, depth - 1, within),
                _ => Vec::new(),
            };
            Some(AttributeType::List { fields })
        }
        _ if schema.format == "binary" => None,
        // Anything at all may stand there: a text would be a promise.
        Kind::Anything => schema.example.map(|example| crate::infer::type_of(name, example)),
        _ => Some(schema.plain_type(name)),
    }
}

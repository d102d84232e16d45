//! Answers read as the fields that an action or a webhook promises: found by their paths, typed, or told apart.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use taskwright_domain::{AttributeType, Difference, Field, Value};
use taskwright_language::values::{ValueContext, parse};

use crate::json_path::{FieldPath, Found, shown_path};

/// Stands for a value that nobody may see.
const UNSEEN: &str = "something else";

/// The typed fields of a body, or every place where it differs from what is expected. What a redacted field holds is
/// never quoted.
///
/// # Errors
/// One [`Difference`] for each missing field that is not optional and each field of another type.
pub fn difference(
    fields: &[Field],
    body: &Json,
    context: &ValueContext<'_>,
) -> Result<BTreeMap<String, Value>, Vec<Difference>> {
    let mut values = BTreeMap::new();
    let mut differences = Vec::new();
    for field in fields {
        match read(field, body, context) {
            Ok(Some(value)) if !field.redacted => {
                values.insert(field.key.clone(), value);
            }
            Ok(_) => {}
            Err(found) => differences.push(Difference {
                path: shown_path(field),
                expected: type_in_words(&field.kind),
                found,
            }),
        }
    }
    if differences.is_empty() {
        Ok(values)
    } else {
        Err(differences)
    }
}

/// A field's value, none where it may be missing and is; or what is found instead.
fn read(field: &Field, body: &Json, context: &ValueContext<'_>) -> Result<Option<Value>, String> {
    let path = FieldPath::of(field).map_err(|error| format!("a path that cannot be used ({error})"))?;
    let several;
    let json = match path.find(body) {
        Found::Nothing | Found::One(Json::Null) if field.optional => return Ok(None),
        Found::Nothing => return Err("nothing".to_owned()),
        Found::One(json) => json,
        Found::Several(mut items) => match (&field.kind, items.len()) {
            // `$..lines` meets one list, `$.orders[*]` the items of one.
            (AttributeType::List { .. }, 1) if items[0].is_array() => items.remove(0),
            (AttributeType::List { .. }, _) => {
                several = Json::Array(items.into_iter().cloned().collect());
                &several
            }
            (_, 0) if field.optional => return Ok(None),
            (_, 0) => return Err("nothing".to_owned()),
            (_, 1) => items.remove(0),
            (_, count) => return Err(format!("{count} values")),
        },
    };
    match typed(&field.kind, json, context) {
        Some(value) => Ok(Some(value)),
        None if json.is_null() && field.optional => Ok(None),
        None if is_redacted(field) => Err(UNSEEN.to_owned()),
        None => Err(shown(json)),
    }
}

/// Whether a field or a part of it is never shown.
fn is_redacted(field: &Field) -> bool {
    field.redacted || parts(field).iter().any(is_redacted)
}

fn parts(field: &Field) -> &[Field] {
    match &field.kind {
        AttributeType::Object { fields } | AttributeType::List { fields } => fields,
        _ => &[],
    }
}

/// Fields without those that are never kept, nor parts of them: what a body can be read by again once it was stored.
pub(crate) fn kept(fields: &[Field]) -> Vec<Field> {
    let kept = fields.iter().filter(|field| !field.redacted).cloned();
    kept.map(|mut field| {
        if let AttributeType::Object { fields } | AttributeType::List { fields } = &mut field.kind {
            *fields = self::kept(fields);
        }
        field
    })
    .collect()
}

/// Takes out of a body what is never kept.
pub(crate) fn redact(body: &mut Json, fields: &[Field]) {
    cover(body, fields, &|_| Json::Null);
}

/// Puts something else in the place of what is never shown.
pub fn cover(body: &mut Json, fields: &[Field], instead: &dyn Fn(&Field) -> Json) {
    for field in fields.iter().filter(|field| is_redacted(field)) {
        let Ok(path) = FieldPath::of(field) else { continue };
        for pointer in path.pointers(body) {
            let Some(found) = body.pointer_mut(&pointer) else {
                continue;
            };
            if field.redacted {
                *found = instead(field);
            } else if let (AttributeType::List { fields }, Json::Array(items)) = (&field.kind, &mut *found) {
                items.iter_mut().for_each(|item| cover(item, fields, instead));
            } else {
                cover(found, parts(field), instead);
            }
        }
    }
}

/// A JSON value as a typed one; `None` where it does not fit.
fn typed(kind: &AttributeType, json: &Json, context: &ValueContext<'_>) -> Option<Value> {
    match (kind, json) {
        (AttributeType::Boolean, Json::Bool(value)) => Some(Value::Boolean(*value)),
        (AttributeType::Integer, Json::Number(number)) => number.as_i64().map(Value::Integer),
        (AttributeType::Decimal, Json::Number(number)) => number.to_string().parse().ok().map(Value::Decimal),
        (AttributeType::Amount, Json::Number(number)) => {
            let amount = number.to_string().parse().ok()?;
            Some(Value::Amount(taskwright_domain::Amount {
                amount,
                currency: context.settings.currency.clone(),
            }))
        }
        (AttributeType::Amount, Json::Object(fields)) => {
            let amount = match fields.get("amount").or_else(|| fields.get("value"))? {
                Json::String(text) => text.parse().ok()?,
                Json::Number(number) => number.to_string().parse().ok()?,
                _ => return None,
            };
            let currency = fields
                .get("currency")
                .and_then(Json::as_str)
                .unwrap_or(&context.settings.currency);
            Some(Value::Amount(taskwright_domain::Amount {
                amount,
                currency: currency.to_uppercase(),
            }))
        }
        (AttributeType::Object { fields }, Json::Object(_)) => {
            difference(fields, json, context).ok().map(Value::Object)
        }
        (AttributeType::List { fields }, Json::Array(items)) => {
            let item = |json: &Json| match fields.as_slice() {
                [] => Some(plain(json)),
                fields => difference(fields, json, context).ok().map(Value::Object),
            };
            items.iter().map(item).collect::<Option<Vec<_>>>().map(Value::List)
        }
        (AttributeType::Object { .. } | AttributeType::List { .. } | AttributeType::Boolean, _) => None,
        (AttributeType::Choice { options }, Json::String(text)) => {
            let same = |option: &&String| {
                option.eq_ignore_ascii_case(text)
                    || taskwright_domain::key_for(option) == taskwright_domain::key_for(text)
            };
            options.iter().find(same).map(|option| Value::Choice(option.clone()))
        }
        (
            AttributeType::Text
            | AttributeType::PersonName
            | AttributeType::Address
            | AttributeType::Place
            | AttributeType::Email
            | AttributeType::Phone,
            Json::String(text),
        ) => Some(Value::Text(text.clone())),
        (AttributeType::Identifier { .. }, Json::String(text)) => Some(Value::Text(text.clone())),
        (AttributeType::Identifier { .. } | AttributeType::Text, Json::Number(number)) => {
            Some(Value::Text(number.to_string()))
        }
        (kind, Json::String(text)) => parse(kind, text, context),
        _ => None,
    }
}

fn plain(json: &Json) -> Value {
    match json {
        Json::String(text) => Value::Text(text.clone()),
        other => Value::Text(other.to_string()),
    }
}

fn shown(json: &Json) -> String {
    let text = json.to_string();
    if text.chars().count() > 60 {
        text.chars().take(60).chain(['…']).collect()
    } else {
        text
    }
}

/// A type in the words of the screen.
fn type_in_words(kind: &AttributeType) -> String {
    let name = match kind {
        AttributeType::Text => "text",
        AttributeType::Integer => "a whole number",
        AttributeType::Decimal => "a number",
        AttributeType::Amount => "an amount",
        AttributeType::Boolean => "yes or no",
        AttributeType::Date => "a date",
        AttributeType::Time => "a time",
        AttributeType::DateTime => "a date with a time",
        AttributeType::Email => "an e-mail address",
        AttributeType::Phone => "a phone number",
        AttributeType::PersonName => "a name",
        AttributeType::Identifier { .. } => "a number or code",
        AttributeType::Choice { options } => return format!("one of {}", options.join(", ")),
        AttributeType::Address => "an address",
        AttributeType::Place => "a place",
        AttributeType::Image => "a picture",
        AttributeType::File => "a file",
        AttributeType::Object { .. } => "a group of fields",
        AttributeType::List { .. } => "a list",
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use taskwright_domain::Settings;

    use super::*;

    fn fields(json: Json) -> Vec<Field> {
        serde_json::from_value(json).unwrap()
    }

    fn read_all(spec: Json, body: Json) -> Result<BTreeMap<String, Value>, Vec<Difference>> {
        let settings = Settings::default();
        let context = ValueContext {
            settings: &settings,
            now: "2026-11-21T10:00:00Z".parse().unwrap(),
        };
        difference(&fields(spec), &body, &context)
    }

    #[test]
    fn a_field_may_stand_anywhere_a_path_leads() {
        let spec = json!([
            { "key": "price", "kind": { "type": "decimal" }, "path": "$.lines[?@.sku == 'b'].price" },
            { "key": "skus", "kind": { "type": "list", "fields": [] }, "path": "$.lines[*].sku" },
            { "key": "lines", "kind": { "type": "list", "fields": [{ "key": "sku", "kind": { "type": "text" } }] } },
            { "key": "note", "kind": { "type": "text" }, "path": "$.lines[*].note", "optional": true },
        ]);
        let body = json!({ "lines": [{ "sku": "a", "price": 1.5 }, { "sku": "b", "price": 2.5 }] });
        let read = read_all(spec, body).unwrap();
        assert_eq!(
            read["price"],
            Value::Decimal("2.5".parse().unwrap()),
            "a filter that meets one"
        );
        let texts = ["a", "b"].map(|sku| Value::Text(sku.into()));
        assert_eq!(read["skus"], Value::List(texts.into()), "all that a wildcard meets");
        assert!(
            matches!(&read["lines"], Value::List(rows) if rows.len() == 2),
            "one list: {read:?}"
        );
        assert!(!read.contains_key("note"), "none, and none is needed");
    }

    #[test]
    fn a_path_that_meets_several_values_is_no_single_value() {
        let spec = json!([
            { "key": "sku", "kind": { "type": "text" }, "path": "$..sku" },
            { "key": "id", "kind": { "type": "text" }, "path": "$..id" },
            { "key": "odd", "kind": { "type": "text" }, "path": "$[" },
        ]);
        let found: Vec<_> = read_all(spec, json!([{ "sku": "a" }, { "sku": "b" }]))
            .unwrap_err()
            .into_iter()
            .map(|difference| difference.found)
            .collect();
        assert_eq!(found[..2], ["2 values", "nothing"], "it is told");
        assert!(found[2].starts_with("a path that cannot be used"), "{}", found[2]);
    }

    #[test]
    fn what_is_redacted_is_never_quoted() {
        let part = json!([{ "key": "number", "kind": { "type": "text" }, "redacted": true }]);
        let spec = json!([
            { "key": "paid", "kind": { "type": "boolean" }, "redacted": true },
            { "key": "card", "kind": { "type": "object", "fields": part } },
            { "key": "days", "kind": { "type": "integer" } },
        ]);
        let body = json!({ "paid": "4111", "card": [{ "number": "4111" }], "days": "soon" });
        let found: Vec<_> = read_all(spec, body)
            .unwrap_err()
            .into_iter()
            .map(|difference| difference.found)
            .collect();
        assert_eq!(
            found,
            ["something else", "something else", "\"soon\""],
            "only what may be seen"
        );
    }

    #[test]
    fn what_is_redacted_is_taken_out_wherever_its_path_leads() {
        let part = json!([{ "key": "cvc", "kind": { "type": "text" }, "path": "$.security.cvc", "redacted": true }]);
        let spec = fields(json!([
            { "key": "card", "kind": { "type": "text" }, "path": "$.payment['card']", "redacted": true },
            { "key": "cards", "kind": { "type": "list", "fields": part } },
            { "key": "status", "kind": { "type": "text" } },
        ]));
        let mut body = json!({
            "payment": { "card": "4111", "kind": "visa" },
            "cards": [{ "security": { "cvc": "123" } }, { "security": {} }],
            "status": "ok",
        });
        redact(&mut body, &spec);
        let expected = json!({
            "payment": { "card": null, "kind": "visa" },
            "cards": [{ "security": { "cvc": null } }, { "security": {} }],
            "status": "ok",
        });
        assert_eq!(body, expected, "and nothing else is");
        let kept = serde_json::to_string(&kept(&spec)).unwrap();
        assert!(!kept.contains("redacted"), "it is not asked for again: {kept}");
    }
}

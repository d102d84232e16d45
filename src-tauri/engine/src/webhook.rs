//! Webhooks: what comes must match what the block expects, field by field.

use std::collections::BTreeMap;

use taskwright_domain::{AttributeType, BlockId, Difference, EventKind, Field, Value};

use crate::machine::Machine;
use crate::program::{Compiled, OpKind};

impl Machine<'_> {
    pub(crate) fn webhook_received(&mut self, block: &BlockId, body: &serde_json::Value) {
        let Some(compiled) = self.compiled() else { return };
        let Some((key, fields)) = awaited(&compiled, block) else {
            return;
        };
        let settled = self.run().and_then(|run| run.webhooks.get(&key)).copied();
        let data = body.get("data").unwrap_or(body);
        let result = match settled {
            Some(true) => Err(vec![whole("one callback", "a second one")]),
            Some(false) => Err(vec![whole("a callback in time", "one that came too late")]),
            None => self.read_fields(&fields, data),
        };
        let (block, body) = (block.clone(), without_redacted(body, &fields));
        match result {
            Ok(values) => {
                self.emit(EventKind::WebhookReceived {
                    block,
                    key,
                    fields: values,
                    body,
                });
                self.advance();
            }
            Err(difference) => self.emit(EventKind::WebhookRejected {
                block,
                key,
                difference,
                body,
            }),
        }
    }

    fn read_fields(
        &self,
        fields: &[Field],
        data: &serde_json::Value,
    ) -> Result<BTreeMap<String, Value>, Vec<Difference>> {
        let settings = self.settings();
        let context = taskwright_language::values::ValueContext {
            settings: &settings,
            now: self.now(),
        };
        difference(fields, data, &context)
    }
}

fn awaited(compiled: &Compiled, wanted: &BlockId) -> Option<(String, Vec<Field>)> {
    compiled.program.ops.iter().find_map(|op| match &op.kind {
        OpKind::Wait { key, block, fields, .. } if block == wanted => Some((key.clone(), fields.clone())),
        _ => None,
    })
}

fn whole(expected: &str, found: &str) -> Difference {
    Difference {
        path: "$".into(),
        expected: expected.into(),
        found: found.into(),
    }
}

/// The typed fields of a body, or every place where it differs from what is expected.
///
/// # Errors
/// One [`Difference`] for each missing field that is not optional and each field of another type.
pub fn difference(
    fields: &[Field],
    body: &serde_json::Value,
    context: &taskwright_language::values::ValueContext<'_>,
) -> Result<BTreeMap<String, Value>, Vec<Difference>> {
    let mut values = BTreeMap::new();
    let mut differences = Vec::new();
    for field in fields {
        let path = if field.path.is_empty() {
            format!("$.{}", field.key)
        } else {
            field.path.clone()
        };
        match at_path(body, &path) {
            None | Some(serde_json::Value::Null) if field.optional => {}
            None => differences.push(Difference {
                path,
                expected: type_in_words(&field.kind),
                found: "nothing".into(),
            }),
            Some(json) => match typed(&field.kind, json, context) {
                Some(value) if !field.redacted => {
                    values.insert(field.key.clone(), value);
                }
                Some(_) => {}
                None => differences.push(Difference {
                    path,
                    expected: type_in_words(&field.kind),
                    found: shown(json),
                }),
            },
        }
    }
    if differences.is_empty() {
        Ok(values)
    } else {
        Err(differences)
    }
}

/// The value at a simple JSONPath: `$`, names and indices. Filters and wildcards belong to the HTTP client's mapping.
fn at_path<'a>(body: &'a serde_json::Value, path: &str) -> Option<&'a serde_json::Value> {
    let steps = path
        .trim_start_matches('$')
        .split(['.', '[', ']'])
        .filter(|step| !step.is_empty());
    steps.into_iter().try_fold(body, |json, step| {
        let step = step.trim_matches(['\'', '"']);
        match json {
            serde_json::Value::Array(items) => items.get(step.parse::<usize>().ok()?),
            json => json.get(step),
        }
    })
}

/// A JSON value as a typed one; `None` where it does not fit.
fn typed(
    kind: &AttributeType,
    json: &serde_json::Value,
    context: &taskwright_language::values::ValueContext<'_>,
) -> Option<Value> {
    use serde_json::Value as Json;
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
        (kind, Json::String(text)) => taskwright_language::values::parse(kind, text, context),
        _ => None,
    }
}

fn plain(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::String(text) => Value::Text(text.clone()),
        other => Value::Text(other.to_string()),
    }
}

fn shown(json: &serde_json::Value) -> String {
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

/// The body as it may be stored.
fn without_redacted(body: &serde_json::Value, fields: &[Field]) -> serde_json::Value {
    let mut body = body.clone();
    for field in fields.iter().filter(|field| field.redacted) {
        let wrapped = body.get("data").is_some();
        let data = if wrapped { body.get_mut("data") } else { Some(&mut body) };
        if let Some(serde_json::Value::Object(object)) = data {
            object.remove(&field.key);
        }
    }
    body
}

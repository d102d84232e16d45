//! What the references of a request stand for: an input, a part of one, or a secret.

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};
use taskwright_domain::{Action, ActionInput, FileId, Sealed, Template, TemplatePart, Value};

use crate::{Connection, FileContent, FileSource};

/// What stands in for a secret wherever people look.
pub(crate) const MASK: &str = "•••";

/// For whose eyes a request is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Eyes {
    /// The receiver's: everything as it is.
    Receiver,
    /// People's: secrets and sensitive values are masked.
    People,
}

/// Why a place could not be filled, in words for the author.
pub(crate) type Unfilled = String;

/// The values a request is filled with.
pub(crate) struct Values<'a> {
    pub(crate) action: &'a Action,
    pub(crate) inputs: &'a BTreeMap<String, Value>,
    pub(crate) connection: &'a Connection,
    pub(crate) files: &'a dyn FileSource,
    pub(crate) eyes: Eyes,
}

impl<'a> Values<'a> {
    /// The value behind a reference; none where it belongs to an optional input that was not given.
    pub(crate) fn value(&self, reference: &str) -> Result<Option<Cow<'a, Value>>, Unfilled> {
        let (owner, part) = match reference.split_once('.') {
            None => (reference, None),
            Some((owner, part)) => (owner, Some(part)),
        };
        if let ("secret", Some(name)) = (owner, part) {
            return self.secret(name).map(Some);
        }
        let Some(value) = self.inputs.get(owner) else {
            let optional = self.input(reference).is_some_and(|input| input.optional);
            return if optional {
                Ok(None)
            } else {
                Err(self.missing(reference))
            };
        };
        let found = match part {
            None => Some(Cow::Borrowed(value)),
            Some(part) => self.part(value, part),
        };
        let found = found.ok_or_else(|| format!("{} has no {}", self.label(reference), part.unwrap_or_default()))?;
        match (found.plain(), self.eyes) {
            (Value::Sealed(_), Eyes::Receiver) => Err(format!("{} is not known any more", self.label(reference))),
            _ => Ok(Some(found)),
        }
    }

    fn input(&self, reference: &str) -> Option<&'a ActionInput> {
        let owner = reference.split_once('.').map_or(reference, |(owner, _)| owner);
        self.action.inputs.iter().find(|input| input.key == owner)
    }

    /// What people call the input that a reference names.
    pub(crate) fn label(&self, reference: &str) -> String {
        self.input(reference)
            .map_or_else(|| format!("{{{reference}}}"), ActionInput::label)
    }

    fn missing(&self, reference: &str) -> Unfilled {
        format!("{} is missing", self.label(reference))
    }

    /// A part of a value: a field, or the number and the currency of money. A part of what is masked is masked.
    fn part<'v>(&self, value: &'v Value, part: &str) -> Option<Cow<'v, Value>> {
        let mut at = value;
        for key in part.split('.') {
            if let (Value::Sealed(sealed), Eyes::People) = (at, self.eyes) {
                return Some(Cow::Owned(Value::Text(sealed.mask.clone())));
            }
            at = match (at.plain(), key) {
                (Value::Object(fields), key) => fields.get(key)?,
                (Value::Amount(amount), "amount") => return Some(Cow::Owned(Value::Text(amount.amount.to_string()))),
                (Value::Amount(amount), "currency") => return Some(Cow::Owned(Value::Text(amount.currency.clone()))),
                _ => return None,
            };
        }
        Some(Cow::Borrowed(at))
    }

    fn secret(&self, name: &str) -> Result<Cow<'a, Value>, Unfilled> {
        self.secret_text(name).map(|text| Cow::Owned(Value::Text(text)))
    }

    /// A secret by its name, for the receiver only.
    pub(crate) fn secret_text(&self, name: &str) -> Result<String, Unfilled> {
        let secret = self.connection.secret(name);
        let secret = secret.ok_or_else(|| format!("the secret {name} is missing"))?;
        Ok(match self.eyes {
            Eyes::Receiver => secret.value.clone(),
            Eyes::People => MASK.to_owned(),
        })
    }

    /// A file that is to be sent.
    pub(crate) fn file(&self, id: &FileId) -> Result<FileContent, Unfilled> {
        let found = self.files.file(id);
        found.ok_or_else(|| "the file is not here any more".to_owned())
    }

    /// A file in base64; for people what it is.
    pub(crate) fn base64(&self, id: &FileId) -> Result<String, Unfilled> {
        let file = self.file(id)?;
        Ok(match self.eyes {
            Eyes::Receiver => STANDARD.encode(&file.bytes),
            Eyes::People => file.described(),
        })
    }

    /// The words of a template, its values put in as they are. None where the whole template is an optional input that
    /// was not given: whatever it is for is then left out.
    pub(crate) fn fill(&self, template: &Template) -> Result<Option<String>, Unfilled> {
        let parts = template.parts();
        if let [TemplatePart::Reference(reference)] = parts.as_slice() {
            return self
                .value(reference)?
                .map(|value| self.text(reference, &value))
                .transpose();
        }
        let words = parts.into_iter().map(|part| match part {
            TemplatePart::Words(words) => Ok(words.to_owned()),
            TemplatePart::Reference(reference) => self.needed_text(reference),
        });
        words.collect::<Result<String, _>>().map(Some)
    }

    /// The items of a list that a template is alone; none where it is anything else.
    pub(crate) fn items(&self, template: &Template) -> Result<Option<Vec<String>>, Unfilled> {
        let parts = template.parts();
        let [TemplatePart::Reference(reference)] = parts.as_slice() else {
            return Ok(None);
        };
        let Some(value) = self.value(reference)? else {
            return Ok(None);
        };
        match self.seen(&value).as_ref() {
            Value::List(items) => {
                let items = items.iter().map(|item| self.text(reference, item));
                items.collect::<Result<_, _>>().map(Some)
            }
            _ => Ok(None),
        }
    }

    /// A value as text in a place that cannot be left out.
    pub(crate) fn needed_text(&self, reference: &str) -> Result<String, Unfilled> {
        let value = self.value(reference)?.ok_or_else(|| self.missing(reference))?;
        self.text(reference, &value)
    }

    /// A value as systems write it: `2026-11-21`, `79.00 EUR`, `true`.
    fn text(&self, reference: &str, value: &Value) -> Result<String, Unfilled> {
        Ok(match self.seen(value).as_ref() {
            Value::Text(text) | Value::Choice(text) => text.clone(),
            Value::Integer(number) => number.to_string(),
            Value::Decimal(number) => number.to_string(),
            Value::Amount(amount) => format!("{} {}", amount.amount, amount.currency),
            Value::Boolean(yes) => yes.to_string(),
            Value::Date(date) => date.to_string(),
            Value::Time(time) => time.to_string(),
            Value::DateTime(instant) => instant.to_string(),
            Value::File(file) if !file.name.is_empty() => file.name.clone(),
            Value::File(file) => file.file.to_string(),
            Value::List(items) => {
                let items = items.iter().map(|item| self.text(reference, item));
                items.collect::<Result<Vec<_>, _>>()?.join(",")
            }
            Value::Object(_) => return Err(format!("{{{reference}}} is a group of fields; name one of them")),
            Value::Sealed(_) => return Err(format!("{{{reference}}} is not known any more")),
        })
    }

    /// A value as JSON, its type kept.
    pub(crate) fn json(&self, reference: &str, value: &Value) -> Result<Json, Unfilled> {
        Ok(match self.seen(value).as_ref() {
            Value::Integer(number) => json!(number),
            Value::Boolean(yes) => json!(yes),
            Value::Decimal(number) => number_of(*number).ok_or_else(|| {
                format!("{{{reference}}} has more digits than a JSON number keeps; put it into a text")
            })?,
            // Money is never a float, on the wire neither.
            Value::Amount(amount) => json!({ "amount": amount.amount.to_string(), "currency": amount.currency }),
            Value::List(items) => {
                let items = items.iter().map(|item| self.json(reference, item));
                Json::Array(items.collect::<Result<_, _>>()?)
            }
            Value::Object(fields) => {
                let fields = fields
                    .iter()
                    .map(|(key, value)| Ok((key.clone(), self.json(reference, value)?)));
                Json::Object(fields.collect::<Result<_, Unfilled>>()?)
            }
            other => Json::String(self.text(reference, other)?),
        })
    }

    /// A sensitive value as these eyes see it.
    fn seen<'v>(&self, value: &'v Value) -> Cow<'v, Value> {
        match (value, self.eyes) {
            (Value::Sealed(Sealed { mask, .. }), Eyes::People) => Cow::Owned(Value::Text(mask.clone())),
            (value, _) => Cow::Borrowed(value.plain()),
        }
    }
}

/// The JSON number that is exactly this one.
fn number_of(number: Decimal) -> Option<Json> {
    let json: Json = serde_json::from_str(&number.normalize().to_string()).ok()?;
    let same: Decimal = json.to_string().parse().ok()?;
    (same == number).then_some(json)
}

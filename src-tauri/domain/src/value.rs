//! Typed values and where they came from.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil};
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

use crate::{ActionId, BlockId, FileId, SealedId};

/// Money: never a float, and never compared across currencies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, TS)]
pub struct Amount {
    /// The decimal amount, e.g. `79.00`.
    #[schemars(with = "String")]
    #[ts(type = "string")]
    pub amount: Decimal,
    /// ISO 4217 code, e.g. `EUR`.
    pub currency: String,
}

/// A value of an attribute or of a response field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum Value {
    /// Text; also e-mail, phone, person name, identifier, address and place, in their normal form.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Decimal(
        #[schemars(with = "String")]
        #[ts(type = "string")]
        Decimal,
    ),
    /// Money.
    Amount(Amount),
    /// Yes or no.
    Boolean(bool),
    /// A calendar day, `2026-11-21`.
    Date(
        #[schemars(with = "String")]
        #[ts(type = "string")]
        civil::Date,
    ),
    /// A time of day, `17:30:00`.
    Time(
        #[schemars(with = "String")]
        #[ts(type = "string")]
        civil::Time,
    ),
    /// An instant in UTC.
    DateTime(
        #[schemars(with = "String")]
        #[ts(type = "string")]
        Timestamp,
    ),
    /// The option as the author wrote it.
    Choice(String),
    /// Several values.
    List(Vec<Value>),
    /// A group of fields.
    Object(BTreeMap<String, Value>),
    /// A stored image or file.
    File(StoredFile),
    /// A sensitive value: what leaves the program is the mask.
    Sealed(Sealed),
}

/// A stored image or file, and what whoever gave it calls it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct StoredFile {
    /// Which.
    pub file: FileId,
    /// Its name, e.g. `damage.jpg`; empty where nobody said one.
    pub name: String,
}

impl<'de> Deserialize<'de> for StoredFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        /// Older logs hold the id alone.
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Named { file: FileId, name: String },
            Bare(FileId),
        }
        Ok(match Written::deserialize(deserializer)? {
            Written::Named { file, name } => Self { file, name },
            Written::Bare(file) => Self {
                file,
                name: String::new(),
            },
        })
    }
}

/// A sensitive value, stored apart from the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Sealed {
    /// Where the value is stored.
    pub id: SealedId,
    /// What everyone outside the engine sees, e.g. `•••• 4321`.
    pub mask: String,
    /// The value itself, joined in by the journal when a log is loaded. It is never serialised.
    #[serde(skip)]
    #[ts(skip)]
    pub plain: Option<Box<Value>>,
}

/// Where a value came from. An action input can demand a source, so that customer text can never fill it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Source {
    /// The customer wrote it.
    Customer,
    /// Known about the customer before the conversation began.
    Known,
    /// A field of an action's answer.
    Action {
        /// The action.
        action: ActionId,
    },
    /// A field of a webhook.
    Webhook {
        /// The block that waited for it.
        block: BlockId,
    },
    /// The customer chose it among what a system gave: the choice is theirs, what was chosen is not.
    Chosen {
        /// The list, e.g. `order.items`.
        from: String,
    },
    /// The engine worked it out.
    Computed,
    /// The author wrote it into the task.
    Author,
    /// A language model.
    Model,
    /// A picture, judged by an action or a person.
    Picture,
}

/// A value with its source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Known {
    /// The value.
    pub value: Value,
    /// Where it came from.
    pub source: Source,
}

impl Value {
    /// The value itself where it is sealed and joined in; itself otherwise.
    #[must_use]
    pub fn plain(&self) -> &Self {
        match self {
            Self::Sealed(Sealed { plain: Some(plain), .. }) => plain,
            other => other,
        }
    }

    /// The text of a text-like value.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self.plain() {
            Self::Text(text) | Self::Choice(text) => Some(text),
            _ => None,
        }
    }

    /// The field at `path` (keys joined by dots) of a group of fields.
    #[must_use]
    pub fn field(&self, path: &str) -> Option<&Self> {
        path.split('.').try_fold(self, |value, key| match value.plain() {
            Self::Object(fields) => fields.get(key),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{StoredFile, Value};
    use crate::FileId;

    #[test]
    fn a_file_of_an_older_log_is_read_without_a_name() {
        let file = |name: &str| {
            Value::File(StoredFile {
                file: FileId("file_1".to_owned()),
                name: name.to_owned(),
            })
        };
        let bare: Value = serde_json::from_value(json!({ "type": "file", "value": "file_1" })).unwrap();
        assert_eq!(bare, file(""));
        let named = json!({ "type": "file", "value": { "file": "file_1", "name": "damage.jpg" } });
        assert_eq!(serde_json::to_value(file("damage.jpg")).unwrap(), named);
        assert_eq!(serde_json::from_value::<Value>(named).unwrap(), file("damage.jpg"));
    }
}

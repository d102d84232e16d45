//! Attributes: the named, typed values a task works with.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::AttributeId;

/// What kind of value an attribute or field holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AttributeType {
    /// Any words.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// Money with a currency.
    Amount,
    /// Yes or no.
    Boolean,
    /// A calendar day.
    Date,
    /// A time of day.
    Time,
    /// An instant.
    DateTime,
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// A person's name.
    PersonName,
    /// A number or code, such as an order number.
    Identifier {
        /// A regular expression the whole value must match.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pattern: Option<String>,
    },
    /// One of some options.
    Choice {
        /// The options as the author wrote them.
        options: Vec<String>,
    },
    /// A postal address.
    Address,
    /// A city, station or area.
    Place,
    /// A picture.
    Image,
    /// A file.
    File,
    /// A group of fields.
    Object {
        /// The fields of the group.
        #[serde(default)]
        fields: Vec<Field>,
    },
    /// Several groups of fields or values.
    List {
        /// What each item holds; one unnamed field for a list of plain values.
        #[serde(default)]
        fields: Vec<Field>,
    },
}

/// A named, typed part of an object, a list's items or an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Field {
    /// snake_case, unique among its siblings.
    pub key: String,
    /// As people call it; the key in words where empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What it holds.
    pub kind: AttributeType,
    /// JSONPath (RFC 9535) in the answer's body; `$.` + key where empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// Never stored and never shown.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub redacted: bool,
    /// An answer without it still fits.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
}

impl Field {
    /// The name people see.
    #[must_use]
    pub fn label(&self) -> String {
        if self.name.is_empty() {
            key_in_words(&self.key)
        } else {
            self.name.clone()
        }
    }
}

/// How long a value is kept and for whom.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// For this run of the task only.
    #[default]
    Temporary,
    /// For the whole conversation.
    Conversation,
    /// With the customer, over conversations.
    Customer,
}

/// An attribute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Attribute {
    /// Its id.
    pub id: AttributeId,
    /// snake_case, unique in the workspace; used in text form only.
    pub key: String,
    /// As people call it, e.g. "order number".
    pub name: String,
    /// What it means, one line.
    #[serde(default)]
    pub description: String,
    /// What it holds.
    pub kind: AttributeType,
    /// How long it is kept.
    #[serde(default)]
    pub scope: Scope,
    /// Stored apart and masked everywhere.
    #[serde(default)]
    pub sensitive: bool,
    /// The words used to ask for it.
    #[serde(default)]
    pub how_to_ask: HowToAsk,
    /// `false`: only a system fills it; the customer is never asked and customer text never fills it.
    #[serde(default = "yes")]
    pub customer_may_fill: bool,
    /// The list that the customer picks it from, e.g. `order.items`: one of its items for a group of fields, some of
    /// them for a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picked_from: Option<String>,
    /// How it follows from other values; then nobody is asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worked_out: Option<Calculation>,
}

/// How a value follows from others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Calculation {
    /// What a field adds up to over the items of a list.
    Sum {
        /// The list, an attribute or e.g. `order.items`.
        of: String,
        /// The field's key.
        field: String,
    },
    /// How many items a list has.
    Count {
        /// The list.
        of: String,
    },
}

impl Calculation {
    /// The list it is worked out of.
    #[must_use]
    pub fn of(&self) -> &str {
        match self {
            Self::Sum { of, .. } | Self::Count { of } => of,
        }
    }
}

/// The words used to ask a customer for a value. Empty fields are made from name, type and description.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct HowToAsk {
    /// The first question.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub question: String,
    /// The question after an answer that did not fit.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub re_ask: String,
    /// An example of a good answer.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub example: String,
}

fn yes() -> bool {
    true
}

/// A snake_case key as words: `order_number` is "order number".
#[must_use]
pub fn key_in_words(key: &str) -> String {
    key.replace(['_', '.'], " ")
}

/// The snake_case key that fits a name; never empty.
#[must_use]
pub fn key_for(name: &str) -> String {
    let mut key = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            key.push(c);
        } else if !key.is_empty() && !key.ends_with('_') {
            key.push('_');
        }
    }
    let key = key.trim_matches('_').to_owned();
    match key.chars().next() {
        Some(first) if first.is_ascii_lowercase() => key,
        Some(_) => format!("value_{key}"),
        None => "value".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::key_for;

    #[test]
    fn every_name_gives_a_well_formed_key() {
        for (name, key) in [
            ("Order number", "order_number"),
            ("  E-mail! ", "e_mail"),
            ("3rd try", "value_3rd_try"),
            ("日本", "value"),
        ] {
            assert_eq!(key_for(name), key, "the key for {name:?}");
        }
    }
}

//! Words with places for values.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::SecretName;

/// Text with pills: `{order_number}` an attribute, `{order.status}` a field of an action's result.
///
/// A brace that opens no well-formed reference is plain text.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS)]
pub struct Template(pub String);

/// One part of a [`Template`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplatePart<'a> {
    /// Words as they are.
    Words(&'a str),
    /// A reference, without its braces.
    Reference(&'a str),
}

impl Template {
    /// A template from its text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Whether nothing is written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The parts in order.
    #[must_use]
    pub fn parts(&self) -> Vec<TemplatePart<'_>> {
        let text = self.0.as_str();
        let mut parts = Vec::new();
        let mut from = 0;
        let mut seek = 0;
        while let Some(open) = text[seek..].find('{').map(|at| seek + at) {
            let Some(close) = text[open..].find('}').map(|at| open + at) else {
                break;
            };
            let inner = &text[open + 1..close];
            if is_reference(inner) {
                if from < open {
                    parts.push(TemplatePart::Words(&text[from..open]));
                }
                parts.push(TemplatePart::Reference(inner));
                from = close + 1;
                seek = from;
            } else {
                seek = open + 1;
            }
        }
        if from < text.len() {
            parts.push(TemplatePart::Words(&text[from..]));
        }
        parts
    }

    /// The references in order, repeats included.
    pub fn references(&self) -> impl Iterator<Item = &str> {
        self.parts().into_iter().filter_map(|part| match part {
            TemplatePart::Reference(name) => Some(name),
            TemplatePart::Words(_) => None,
        })
    }
}

/// Whether `text` can name a value: snake_case keys joined by dots, or `secret.` with a secret's name.
#[must_use]
pub fn is_reference(text: &str) -> bool {
    if let Some(name) = text.strip_prefix("secret.") {
        return SecretName::new(name).is_ok_and(|name| !name.is_empty());
    }
    !text.is_empty()
        && text.split('.').all(|part| {
            part.starts_with(|c: char| c.is_ascii_lowercase())
                && part
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        })
}

#[cfg(test)]
mod tests {
    use super::{Template, TemplatePart};

    #[test]
    fn a_half_typed_pill_is_plain_text() {
        let template = Template::new("Hi {customer.name}, {oops and {order.total}");
        assert_eq!(
            template.parts(),
            vec![
                TemplatePart::Words("Hi "),
                TemplatePart::Reference("customer.name"),
                TemplatePart::Words(", {oops and "),
                TemplatePart::Reference("order.total"),
            ],
            "only well-formed references are pills"
        );
    }

    #[test]
    fn a_secret_is_named_in_capitals_too() {
        let template = Template::new("Bearer {secret.SHOP_TOKEN} {secret.api_token} {secret.} {Secret.A}");
        let references: Vec<_> = template.references().collect();
        assert_eq!(
            references,
            ["secret.SHOP_TOKEN", "secret.api_token"],
            "by its name as it is written"
        );
    }
}

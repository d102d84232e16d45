//! Wording: values and questions as people read them.

use taskwright_domain::{Attribute, Settings, Value};

/// A value as people read it: `79.00 EUR`, `21 November 2026`, `yes`.
#[must_use]
pub fn format(_value: &Value, _settings: &Settings) -> String {
    String::new()
}

/// The question for an attribute: the author's own words, or words made from name, type and description. `again` is
/// how often it was asked before.
#[must_use]
pub fn question(_attribute: &Attribute, _again: u32) -> String {
    String::new()
}

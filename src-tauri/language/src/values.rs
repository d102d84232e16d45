//! Typed values in free text: finding them, with their place, and reading a whole text as one.

use jiff::Timestamp;
use taskwright_domain::{AttributeType, Period, Settings, Span, Value};

/// What values are read against.
#[derive(Debug, Clone, Copy)]
pub struct ValueContext<'a> {
    /// The workspace's settings (zone, date order, currency).
    pub settings: &'a Settings,
    /// The instant "today" and "now" mean.
    pub now: Timestamp,
}

/// A value found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The words, in code points.
    pub span: Span,
    /// The value in its normal form.
    pub value: Value,
}

/// Every value of this type in the text, in order, not overlapping.
#[must_use]
pub fn find(_kind: &AttributeType, _text: &str, _context: &ValueContext<'_>) -> Vec<Found> {
    Vec::new()
}

/// The whole text as a value of this type.
#[must_use]
pub fn parse(_kind: &AttributeType, _text: &str, _context: &ValueContext<'_>) -> Option<Value> {
    None
}

/// Every length of time in the text ("40 days", "two weeks", "24h"), in order.
#[must_use]
pub fn find_periods(_text: &str) -> Vec<(Span, Period)> {
    Vec::new()
}

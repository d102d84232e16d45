//! Places in a text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A stretch of a text: Unicode code points (`chars()`) from the start of the stored text, end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, TS)]
pub struct Span {
    /// The first code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

impl Span {
    /// A span from `start` to `end`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The words of `text` that the span marks; empty when it lies outside.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        let mut bounds = text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len()));
        let Some(from) = bounds.nth(self.start as usize) else {
            return "";
        };
        let to = match self.end.saturating_sub(self.start) {
            0 => from,
            more => bounds.nth(more as usize - 1).unwrap_or(text.len()),
        };
        text.get(from..to).unwrap_or("")
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn a_span_counts_code_points_not_bytes() {
        let text = "é 😀 ok";
        assert_eq!(Span::new(2, 3).of(text), "😀", "the emoji is one code point");
        assert_eq!(Span::new(4, 6).of(text), "ok", "the end is exclusive");
        assert_eq!(Span::new(9, 12).of(text), "", "outside is empty, never a panic");
    }
}

//! Codes written with a space where their example has a mark: "S 20418" for S-20418.

use taskwright_domain::{Attribute, AttributeType, Value};

use super::fill::Filled;
use crate::values::Line;

/// The value in the shape of the attribute's example, where its letters stand apart before the digits that were found.
pub(super) fn like_the_example(line: &Line, attribute: &Attribute, filled: Filled) -> Filled {
    match whole(line, attribute, &filled) {
        Some(whole) => whole,
        None => filled,
    }
}

fn whole(line: &Line, attribute: &Attribute, filled: &Filled) -> Option<Filled> {
    if !matches!(attribute.kind, AttributeType::Identifier { pattern: None }) {
        return None;
    }
    let (letters, mark) = lead(&attribute.how_to_ask.example)?;
    let digits = filled.value.as_text()?;
    let plain = digits.chars().all(|c| c.is_ascii_digit());
    let at = line.token_at(filled.span.start);
    let before = at
        .checked_sub(1)
        .filter(|before| line.word(*before) == letters.to_lowercase())?;
    plain.then(|| Filled {
        attribute: filled.attribute.clone(),
        value: Value::Text(format!("{letters}{mark}{digits}")),
        span: line.span(before, line.token_at(filled.span.end)),
    })
}

/// The letters an example begins with, and the mark before its digits: "S-20418" is "S" and "-".
fn lead(example: &str) -> Option<(&str, &str)> {
    let digits = example.find(|c: char| c.is_ascii_digit())?;
    let (lead, rest) = example.split_at(digits);
    let letters = lead.trim_end_matches(['-', '/', '.', '_']);
    let whole = rest.chars().all(|c| c.is_ascii_digit()) && !letters.is_empty();
    (whole && letters.chars().all(char::is_alphabetic)).then(|| (letters, &lead[letters.len()..]))
}

#[cfg(test)]
mod tests {
    use super::lead;

    #[test]
    fn an_example_tells_letters_and_mark() {
        assert_eq!(lead("S-20418"), Some(("S", "-")));
        assert_eq!(lead("INV2024"), Some(("INV", "")));
        assert_eq!(lead("4512"), None);
        assert_eq!(lead("A-12-X"), None);
        assert_eq!(lead(""), None);
    }
}

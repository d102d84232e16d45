//! Values of free text: the whole answer, or the part that names the thing asked for.

use taskwright_domain::Value;

use super::cues::Topic;
use super::{courtesy, phrases};
use crate::values::{Candidate, Line, Strength, ValueContext, is_common};

/// A text for an attribute: only where it was asked for.
pub(super) fn find(line: &Line, topic: &Topic<'_>, asked: bool, _context: &ValueContext<'_>) -> Vec<Candidate> {
    if !asked || line.len() == 0 {
        return Vec::new();
    }
    if phrases::answers_nothing(line) || courtesy::only_polite(line, false) {
        return Vec::new();
    }
    let (from, to) = trimmed(line);
    let (from, to) = if names_a_thing(topic) {
        thing(line, from, to).unwrap_or((from, to))
    } else {
        (from, to)
    };
    if from >= to {
        return Vec::new();
    }
    vec![Candidate::new(
        line,
        from,
        to,
        Value::Text(line.text(from, to)),
        Strength::Strong,
    )]
}

/// Whether the attribute wants the name of something rather than a story.
fn names_a_thing(topic: &Topic<'_>) -> bool {
    const HEADS: [&str; 22] = [
        "name",
        "title",
        "category",
        "type",
        "kind",
        "genre",
        "color",
        "colour",
        "brand",
        "model",
        "make",
        "manufacturer",
        "company",
        "subject",
        "artist",
        "director",
        "cuisine",
        "subcategory",
        "species",
        "size",
        "material",
        "animal",
    ];
    let key = topic.attribute.key.to_lowercase();
    let name = topic.attribute.name.to_lowercase();
    HEADS.iter().any(|h| {
        key.ends_with(h)
            || name.ends_with(h)
            || key.starts_with(&format!("{h}of"))
            || key.starts_with(&format!("{h}_of"))
            || name.starts_with(&format!("{h} of"))
    })
}

/// Without greeting, politeness and outer marks.
fn trimmed(line: &Line) -> (usize, usize) {
    const LEAD: [&str; 14] = [
        "well", "um", "uh", "oh", "ok", "okay", "hi", "hello", "hey", "so", "sure", "yes", "yeah", ",",
    ];
    let mut from = 0;
    while line.is(from, &LEAD) && from + 1 < line.len() {
        from += 1;
    }
    let from = if line.is(from, &["it's", "its", "it"]) && line.len() - from <= 4 {
        from + 1 + usize::from(line.is(from + 1, &["is", "was"]))
    } else {
        from
    };
    (from, line.len())
}

/// The words that name the thing: without "I'd like a" before and "please" after.
fn thing(line: &Line, from: usize, to: usize) -> Option<(usize, usize)> {
    let capital = (from + 1..to)
        .find(|i| line.capital(*i) && line.is_word(*i) && !is_common(line.word(*i)) && !line.sentence_starts(*i));
    if let Some(start) = capital.filter(|_| line.has_case()) {
        let mut end = start + 1;
        while end < to
            && (line.capital(end) && line.is_word(end)
                || line.is(end, &["of", "the", "and", "&", "-", "'"]) && line.capital(end + 1)
                || line.digits(end).is_some())
        {
            end += 1;
        }
        return Some((start, end));
    }
    let mut start = from;
    while start < to && (is_common(line.word(start)) || line.is_break(start)) {
        start += 1;
    }
    let mut end = start;
    while end < to && line.is_word(end) && !is_common(line.word(end)) {
        end += 1;
    }
    (end > start && end - start <= 4).then_some((start, end))
}

//! A message in parts, each of which may ask for something of its own.

use crate::values::Line;

/// A longer message is a story rather than a list of wishes.
const LONGEST: usize = 90;
/// Words from which on a part can ask for something.
const SHORTEST: usize = 3;
/// More parts are not looked at one by one.
const MOST: usize = 4;
/// Words that join one wish to the next, or lead into it.
const JOINTS: [&str; 9] = [
    "and",
    "also",
    "plus",
    "then",
    "besides",
    "additionally",
    "secondly",
    "first",
    "oh",
];

/// The parts of a message, in order; none where it has only one.
#[must_use]
pub fn wishes(message: &str) -> Vec<String> {
    let line = Line::new(message);
    if line.len() > LONGEST {
        return Vec::new();
    }
    let mut parts = Vec::new();
    let mut from = 0;
    for at in 0..=line.len() {
        if at == line.len() || parts_at(&line, at) {
            parts.extend(part(&line, from, at));
            from = at;
        }
    }
    parts.truncate(MOST);
    if parts.len() > 1 { parts } else { Vec::new() }
}

/// Whether a new part begins at a token: a new sentence, or what "and" joins.
fn parts_at(line: &Line, at: usize) -> bool {
    line.sentence_starts(at) || line.is(at, &JOINTS)
}

/// The words from a place to another without what joins them; `None` where they are too few.
fn part(line: &Line, from: usize, to: usize) -> Option<String> {
    let joint = |at: &usize| line.is_break(*at) || line.is(*at, &JOINTS);
    let from = from + (from..to).take_while(joint).count();
    let words = (from..to).filter(|at| line.is_word(*at)).count();
    (words >= SHORTEST).then(|| line.text(from, to))
}

#[cfg(test)]
mod tests {
    use super::wishes;

    #[test]
    fn a_message_falls_into_its_wishes() {
        for (message, parts) in [
            (
                "Water my plants please. Also, the door is stuck!",
                &["Water my plants please.", "the door is stuck!"][..],
            ),
            (
                "I want a new key and I also need to move my boat",
                &["I want a new key", "need to move my boat"],
            ),
            ("I want a new key.", &[]),
            ("My boat has number 77 and thanks", &[]),
        ] {
            assert_eq!(wishes(message), parts, "{message}");
        }
    }
}

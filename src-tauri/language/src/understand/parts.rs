//! A message in parts, each of which may ask for something of its own.

use taskwright_domain::Span;

use crate::values::{Line, phrase_end};

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

/// Words that add something to what was said before.
const ADDS: [&str; 5] = ["also", "plus", "besides", "additionally", "secondly"];
/// How a part says that something is wanted.
const WANTS: [&str; 22] = [
    "i want",
    "i need",
    "i would like",
    "i'd like",
    "i have to",
    "i must",
    "i wanna",
    "we want",
    "we need",
    "we would like",
    "can you",
    "could you",
    "would you",
    "can i",
    "could i",
    "how do i",
    "how can i",
    "please",
    "help me",
    "help with",
    "want to",
    "need to",
];

/// The parts of a message that ask for something besides the answer it gives, which stands at these places or, where it
/// is a word like "yes", at the beginning. What merely goes with an answer is none.
#[must_use]
pub fn besides(message: &str, answers: &[Span]) -> Vec<String> {
    let line = Line::new(message);
    if line.len() > LONGEST {
        return Vec::new();
    }
    let begins = |at: &usize| parts_at(&line, *at) || line.is(at.wrapping_sub(1), &[","]) && wants(&line, *at);
    let mut starts: Vec<usize> = (1..line.len()).filter(begins).collect();
    starts.push(line.len());
    let asks = |pair: &[usize]| {
        let (from, to) = (pair[0], pair[1]);
        let span = line.span(from, to);
        let answered = answers
            .iter()
            .any(|answer| answer.start < span.end && span.start < answer.end);
        // "And also I want …" begins in three places.
        let lead = (0..from)
            .rev()
            .take_while(|at| line.is_break(*at) || line.is(*at, &JOINTS));
        let adds = lead.chain([from]).any(|at| line.is(at, &ADDS));
        let wanted = adds || (from..to).any(|at| wants(&line, at));
        if answered || !wanted {
            None
        } else {
            part(&line, from, to)
        }
    };
    let mut found: Vec<String> = starts.windows(2).filter_map(asks).collect();
    found.truncate(MOST);
    found
}

/// Whether it is said at a token that something is wanted.
fn wants(line: &Line, at: usize) -> bool {
    WANTS.iter().any(|phrase| phrase_end(line, at, phrase).is_some())
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
    use taskwright_domain::Span;

    use super::{besides, wishes};

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

    #[test]
    fn beside_an_answer_something_else_is_asked_for() {
        for (message, answer, parts) in [
            (
                "my boat is 1234, and also I want to change my berth",
                "1234",
                &["I want to change my berth"][..],
            ),
            (
                "1234, i want to change my berth",
                "1234",
                &["i want to change my berth"],
            ),
            (
                "1234. Could you also water my plants? And please paint the door.",
                "1234",
                &["water my plants?", "please paint the door."],
            ),
            ("yes, and I also need to move my boat", "yes", &["need to move my boat"]),
            ("yes, I want to move my boat", "yes", &["I want to move my boat"]),
            ("yes I want to move my boat", "yes", &[]),
            ("it is 1234 and it was red", "1234", &[]),
            ("I want number 1234", "1234", &[]),
            (
                "I need it by Friday and I want number 1234",
                "I need it by Friday and I want number 1234",
                &[],
            ),
            ("1234, thank you very much", "1234", &[]),
        ] {
            let start = u32::try_from(message.find(answer).unwrap()).unwrap();
            let span = Span {
                start,
                end: start + u32::try_from(answer.len()).unwrap(),
            };
            assert_eq!(besides(message, &[span]), parts, "{message}");
        }
    }
}

//! A part of a code instead of the code: "it ends in 4512", "the last four digits are 4512", "starting with AB".

use super::line::Line;

/// Which part of a code is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// What it begins with.
    Start,
    /// What it ends with.
    End,
}

/// Words between "ends" and what it ends in.
const BETWEEN: [&str; 14] = [
    "in", "with", "on", "are", "is", "were", "was", ":", "the", "numbers", "digits", "by", "it's", "being",
];
/// What the last four are.
const COUNTED: [&str; 8] = [
    "digits",
    "digit",
    "numbers",
    "characters",
    "letters",
    "figures",
    "numerals",
    "chars",
];

/// The part that the words before a token say it is.
pub(crate) fn part_at(line: &Line, at: usize) -> Option<Part> {
    let mut before = at;
    while before > 0 && line.is(before - 1, &BETWEEN) && at - before < 4 {
        before -= 1;
    }
    match line.before(before, 1) {
        "ends" | "ending" | "end" | "ended" => Some(Part::End),
        "starts" | "starting" | "begins" | "beginning" | "start" | "begin" if line.before(at, 1) == "with" => {
            Some(Part::Start)
        }
        _ => counted(line, at),
    }
}

/// "Last four digits", "last 4", "first two letters" before a token.
fn counted(line: &Line, at: usize) -> Option<Part> {
    (1..=6).find_map(|back| {
        let i = at.checked_sub(back)?;
        let part = match line.word(i) {
            "last" | "final" => Part::End,
            "first" => Part::Start,
            _ => return None,
        };
        let number = super::number_at(line, i + 1).map_or(i + 1, |number| number.to);
        let noun = number + usize::from(line.is(number, &COUNTED));
        let said = noun > number || number > i + 1 && part == Part::End;
        (said && (noun..at).all(|i| line.is(i, &BETWEEN))).then_some(part)
    })
}

#[cfg(test)]
mod tests {
    use super::{Part, part_at};
    use crate::values::Line;

    #[test]
    fn a_part_is_told_from_the_whole() {
        let cases = [
            ("it ends in 4512", Some(Part::End)),
            ("the card ending with 4512", Some(Part::End)),
            ("the last four digits are 4512", Some(Part::End)),
            ("last 4 : 4512", Some(Part::End)),
            ("it starts with 4512", Some(Part::Start)),
            ("the first two letters are 4512", Some(Part::Start)),
            ("my order is 4512", None),
            ("I ordered the last one, number 4512", None),
            ("the first order was 4512", None),
            ("in the end it was order number 4512", None),
        ];
        for (text, part) in cases {
            let line = Line::new(text);
            let at = (0..line.len()).rfind(|i| line.digits(*i) == Some("4512"));
            assert_eq!(at.and_then(|at| part_at(&line, at)), part, "{text}");
        }
    }
}

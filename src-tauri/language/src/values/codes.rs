//! Numbers and codes that name one thing: order numbers, references, account numbers.

use std::cell::RefCell;

use regex::{Regex, RegexBuilder};
use taskwright_domain::Value;

use super::everyday::is_everyday;
use super::line::{Line, TokenKind};
use super::numbers::{ordinal_at, spoken_digits_at};
use super::{Candidate, Strength, ValueContext, amounts, clock, days, periods};

/// Words that announce a code: "order number 4512", "ref: AB12".
const ANNOUNCE: [&str; 20] = [
    "number",
    "no",
    "nr",
    "num",
    "#",
    "id",
    "code",
    "ref",
    "reference",
    "order",
    "booking",
    "pin",
    "account",
    "ticket",
    "invoice",
    "session",
    "tracking",
    "serial",
    "case",
    "flight",
];

/// Codes of the text. Where one is asked for, plainer words count too.
pub(crate) fn find(line: &Line, pattern: Option<&str>, asked: bool, context: &ValueContext<'_>) -> Vec<Candidate> {
    let Some(pattern) = pattern.filter(|p| !p.trim().is_empty()) else {
        return by_looks(line, asked, context);
    };
    with_compiled(pattern, |regex| regex.map(|r| by_pattern(line, r))).unwrap_or_else(|| by_looks(line, asked, context))
}

/// The author's pattern, for the whole value. One that does not compile is as good as none.
pub(crate) fn compiled(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(&format!("^(?:{pattern})$"))
        .size_limit(1 << 18)
        .build()
        .ok()
}

/// Patterns kept compiled on a thread: more than any task has, and bounded.
const KEPT: usize = 64;

/// Uses a pattern, compiled once on each thread: compiling takes longer than all else a message needs.
fn with_compiled<T>(pattern: &str, use_it: impl FnOnce(Option<&Regex>) -> T) -> T {
    thread_local! {
        static COMPILED: RefCell<Vec<(String, Option<Regex>)>> = const { RefCell::new(Vec::new()) };
    }
    COMPILED.with(|kept| {
        let known = kept.borrow().iter().find(|(p, _)| p == pattern).map(|(_, r)| r.clone());
        let regex = known.unwrap_or_else(|| {
            let regex = compiled(pattern);
            let mut kept = kept.borrow_mut();
            if kept.len() >= KEPT {
                kept.clear();
            }
            kept.push((pattern.to_owned(), regex.clone()));
            regex
        });
        use_it(regex.as_ref())
    })
}

/// The code as the pattern wants it: as written, else in capitals, else without what people put between.
fn fits(regex: &Regex, text: &str) -> Option<String> {
    let bare = text.trim_start_matches('#');
    let joined: String = bare.chars().filter(|c| !c.is_whitespace()).collect();
    let tight: String = joined.chars().filter(|c| c.is_alphanumeric()).collect();
    [text.to_owned(), bare.to_owned(), joined, tight]
        .into_iter()
        .flat_map(|t| [t.clone(), t.to_uppercase(), t.to_lowercase()])
        .find(|t| !t.is_empty() && regex.is_match(t))
}

/// Tokens a code may take at most, spaces included.
const LONGEST: usize = 9;

fn by_pattern(line: &Line, regex: &Regex) -> Vec<Candidate> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let (from, _) = line.chunk(at);
        if from != at && line.glued(at) && line.before(at, 1) != "#" {
            at += 1;
            continue;
        }
        match longest_fit(line, regex, at) {
            Some(candidate) => {
                at = candidate.to;
                found.push(candidate);
            }
            None => at += 1,
        }
    }
    found
}

fn longest_fit(line: &Line, regex: &Regex, at: usize) -> Option<Candidate> {
    let ends = (at + 1..=(at + LONGEST).min(line.len())).rev().filter(|to| {
        let (_, end) = line.chunk(at);
        // A code ends where a run ends, so that "45123" is not read as "4512".
        *to >= end && line.chunk(*to - 1).1 == *to
    });
    for to in ends {
        // Everyday words are never joined into a code, whatever the pattern allows.
        let joins = (at..to).any(|i| line.is_word(i) && is_everyday(line.word(i)) && !line.glued(i) && to - at > 1);
        let plain = to == at + 1 && line.is_word(at) && is_everyday(line.word(at)) && !all_capitals(&line.text(at, to));
        if joins || plain {
            continue;
        }
        if let Some(value) = fits(regex, &line.text(at, to)) {
            return Some(Candidate::new(line, at, to, Value::Text(value), Strength::Strong));
        }
    }
    spoken_digits_at(line, at)
        .filter(|(_, digits)| regex.is_match(digits))
        .map(|(to, digits)| Candidate::new(line, at, to, Value::Text(digits), Strength::Strong))
}

fn all_capitals(text: &str) -> bool {
    text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase)
}

fn by_looks(line: &Line, asked: bool, context: &ValueContext<'_>) -> Vec<Candidate> {
    let taken = other_kinds(line, context);
    let mut found: Vec<Candidate> = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let (from, to) = line.chunk(at);
        if from != at || to <= from {
            if let Some((end, digits)) = spoken_digits_at(line, at) {
                found.push(Candidate::new(line, at, end, Value::Text(digits), Strength::Weak));
                at = end;
            } else {
                at += 1;
            }
            continue;
        }
        let candidate = looks_at(line, at, to, &taken, asked).or_else(|| {
            let (end, digits) = spoken_digits_at(line, at)?;
            Some(Candidate::new(line, at, end, Value::Text(digits), Strength::Weak))
        });
        at = candidate.as_ref().map_or(to, |c| c.to).max(at + 1);
        found.extend(candidate);
    }
    found
}

/// Token stretches that are surely something else.
fn other_kinds(line: &Line, context: &ValueContext<'_>) -> Vec<(usize, usize)> {
    let strong = |list: Vec<Candidate>| {
        list.into_iter()
            .filter(|c| c.strength == Strength::Strong)
            .map(|c| (c.from, c.to))
    };
    let mut taken: Vec<(usize, usize)> = strong(days::find(line, context)).collect();
    taken.extend(strong(clock::find(line, context)));
    taken.extend(strong(amounts::find(line, context)));
    taken.extend(strong(super::contacts::find_emails(line)));
    taken
}

fn looks_at(line: &Line, from: usize, to: usize, taken: &[(usize, usize)], asked: bool) -> Option<Candidate> {
    let start = from + usize::from(line.word(from) == "#");
    let (mut start, mut to) = (start, to);
    // "order:4512" and "#:12".
    if let Some(colon) = (start..to).rev().find(|i| line.is(*i, &[":", "=", "#"])) {
        start = colon + 1;
    }
    let has_word = (start..to).any(|i| line.get(i).is_some_and(|t| t.kind == TokenKind::Word));
    let digits: usize = (start..to).filter_map(|i| line.digits(i)).map(str::len).sum();
    if start >= to || taken.iter().any(|(a, b)| *a < to && start < *b) {
        return None;
    }
    let announced = announced(line, start);
    if digits == 0 {
        return letters_only(line, start, to, announced, asked);
    }
    if ordinal_at(line, start).is_some_and(|(end, _)| end == to) || line.is(to - 1, &["%"]) {
        return None;
    }
    let slashed = (start..to).filter(|i| line.is(*i, &["/", "."])).count();
    if slashed >= 2 && (start..to).all(|i| line.digits(i).is_some() || line.is(i, &["/", "."])) {
        return None;
    }
    let marks_fine = (start..to)
        .all(|i| line.get(i).is_some_and(|t| t.kind != TokenKind::Mark) || line.is(i, &["-", "/", "_", "."]));
    if !marks_fine {
        return None;
    }
    // "4 5 1 2": digits one by one.
    if announced || asked {
        let single =
            |i: &usize| line.digits(*i).is_some_and(|d| d.len() == 1) && line.stands_alone(*i, *i + 1, &[], &[]);
        let spelled = (start..line.len()).take_while(single).count();
        if spelled >= 3 {
            to = start + spelled;
        }
    }
    let digits: usize = (start..to).filter_map(|i| line.digits(i)).map(str::len).sum();
    let counted = periods::unit(line.word(to)).is_some();
    // "4512 3344": groups of digits belong together where a code is asked for or announced.
    while !counted
        && (announced || asked)
        && line.digits(to).is_some_and(|d| d.len() >= 2)
        && line.stands_alone(to, to + 1, &[], &[])
    {
        to += 1;
    }
    let mixed = has_word && !(to == start + 2 && line.is(to - 1, &["x", "k", "h", "am", "pm", "st", "nd", "rd", "th"]));
    let strong = !counted && (mixed || digits >= 4 || announced && digits >= 2);
    let strength = if strong && !is_year(line, start, to) {
        Strength::Strong
    } else {
        Strength::Weak
    };
    let value: String = line.text(start, to).split_whitespace().collect();
    (!counted || announced).then(|| Candidate::new(line, from, to, Value::Text(value), strength))
}

/// "in 2026" is no code.
fn is_year(line: &Line, from: usize, to: usize) -> bool {
    to == from + 1
        && line
            .digits(from)
            .is_some_and(|d| d.len() == 4 && (d.starts_with("19") || d.starts_with("20")))
        && (line.is(
            from.wrapping_sub(1),
            &["in", "since", "of", "year", "until", "from", "by"],
        ) || days::is_month(line.before(from, 1)))
}

/// Whether the words before say that a code follows: "number is", "order #", "code:".
fn announced(line: &Line, at: usize) -> bool {
    (1..=3)
        .take_while(|back| {
            *back == 1
                || line.is(
                    at.wrapping_sub(back - 1),
                    &["is", "number", "no", ".", ":", "#", "id", "code", "was", "=", "nr"],
                )
        })
        .any(|back| ANNOUNCE.contains(&line.before(at, back)))
}

/// A reference of capital letters ("QXWTRE"), where one is asked for or announced.
fn letters_only(line: &Line, from: usize, to: usize, announced: bool, asked: bool) -> Option<Candidate> {
    let text = line.text(from, to);
    let shaped = announced || line.len() <= 6;
    let code =
        shaped && text.chars().count() >= 5 && text.chars().all(|c| c.is_uppercase() || c == '-') && line.has_case()
            || announced && all_capitals(&text) && text.chars().count() >= 4 && line.has_case();
    let whole = asked && line.len() == to - from && all_capitals(&text) && text.chars().count() >= 4;
    ((code || whole) && !is_everyday(&text.to_lowercase()) && (asked || announced))
        .then(|| Candidate::new(line, from, to, Value::Text(text), Strength::Weak))
}

#[cfg(test)]
mod tests {
    use taskwright_domain::AttributeType;

    use crate::values::trial::{hold, hold_whole};

    fn code(pattern: &str) -> AttributeType {
        AttributeType::Identifier {
            pattern: (!pattern.is_empty()).then(|| pattern.to_owned()),
        }
    }

    #[test]
    fn codes_are_found_by_their_looks() {
        hold(
            &code(""),
            &[
                ("order #4512", "#4512=4512"),
                ("my order is 4512", "4512=4512"),
                ("no. 4512", "4512=4512"),
                ("it is AB-123-X.", "AB-123-X=AB-123-X"),
                ("ref: X9Y8Z7", "X9Y8Z7=X9Y8Z7"),
                ("order number 45", "45=45"),
                ("code 12 34 56", "12 34 56=123456"),
                ("order:4512", "order:4512=4512"),
                ("A1", "A1=A1"),
                ("orders 4512 and 4513", "4512=4512 | 4513=4513"),
            ],
        );
    }

    #[test]
    fn plain_words_dates_times_and_money_are_no_codes() {
        hold(
            &code(""),
            &[
                ("I want a refund", ""),
                ("2026-11-21", ""),
                ("at 17:30", ""),
                ("5pm", ""),
                ("it cost $4512", ""),
                ("40 days", ""),
                ("the 21st", ""),
                ("3 boxes", ""),
                ("anna1@example.com", ""),
                ("since 2024", ""),
                ("100%", ""),
            ],
        );
    }

    #[test]
    fn an_asked_code_may_look_plainer() {
        hold_whole(
            &code(""),
            &[
                ("4512", "4512"),
                ("#7", "7"),
                ("it's 42", "42"),
                ("four five one two", "4512"),
                ("QXWTRE", "QXWTRE"),
                ("4512 3344", "45123344"),
                ("4 5 1 2", "4512"),
                ("forty-five twelve", "4512"),
                ("hello", ""),
                ("my order", ""),
            ],
        );
    }

    #[test]
    fn a_pattern_decides_alone() {
        let order = code("[A-Z]{2}-?[0-9]{4}");
        hold(
            &order,
            &[
                ("it's ab-1234 I think", "ab-1234=AB-1234"),
                ("AB 1234", "AB 1234=AB1234"),
                ("AB-12345", ""),
                ("order 4512", ""),
                ("#AB1234,", "#AB1234=AB1234"),
            ],
        );
        hold(
            &code("[0-9]{4}"),
            &[
                ("4512", "4512=4512"),
                ("45123", ""),
                ("4512!", "4512=4512"),
                ("four five one two", "four five one two=4512"),
            ],
        );
        hold(&code("["), &[("4512", "4512=4512")]);
    }
}

//! Taking back a value: "no, I meant 4512", "sorry, it's 4521", "the address is wrong".

use taskwright_domain::{Attribute, AttributeType, Span, Value};

use super::cues::Topic;
use super::fill::{Filled, assign};
use super::{AskedFor, Listening, Move, cues};
use crate::values::{Answer, Candidate, Line, Polarity, Strength, ValueContext, candidates, negated, phrase_end};

/// How plainly a message takes something back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    /// Not at all.
    None,
    /// "Actually …", a bare "no": only where the value cannot be the answer to the question.
    Weak,
    /// "I meant", "that's wrong": whatever was asked.
    Strong,
}

const STRONG: &[&str] = &[
    "i meant",
    "i mean",
    "meant to say",
    "meant to write",
    "meant to type",
    "wrong",
    "incorrect",
    "mistake",
    "typo",
    "mistyped",
    "misspelled",
    "mixed up",
    "correction",
    "let me correct",
    "to correct",
    "should be",
    "should have been",
    "should read",
    "instead of",
    "not the right",
    "isn't right",
    "isn't correct",
    "is not correct",
    "is not right",
    "change it to",
    "change that to",
    "update it to",
    "make that",
    "make it",
    "scratch that",
    "i said",
    "not what i said",
    "has changed",
    "isn't my",
    "is spelled",
    "is spelt",
    "is written",
    "it's spelled",
    "it's spelt",
    "it's written",
];
const WEAK: &[&str] = &[
    "sorry",
    "actually",
    "oops",
    "whoops",
    "wait",
    "no wait",
    "my bad",
    "apologies",
    "rather",
    "pardon",
    "on second thought",
];

/// Whether and how plainly the message takes something back.
pub(super) fn sign(line: &Line, listening: &Listening<'_>, answers: &[Answer]) -> Sign {
    if listening.filled.is_empty() {
        return Sign::None;
    }
    let has =
        |list: &[&str]| (0..line.len()).any(|at| list.iter().any(|phrase| phrase_end(line, at, phrase).is_some()));
    let opens_with_no = answers
        .first()
        .is_some_and(|a| a.polarity == Polarity::No && a.from <= 1 && a.to < line.len());
    // "No, that's 4512" to a question whether all is right.
    let denies = opens_with_no && matches!(listening.asked, Some(AskedFor::Confirmation));
    // "It's Ana Berg, not Anna Berg" says which value is meant, whatever was asked.
    let denied = || listening.filled.iter().any(|(_, old)| denied_old(line, old).is_some());
    if has(STRONG) || denies || denied() {
        Sign::Strong
    } else if has(WEAK) || opens_with_no || listening.asked == Some(AskedFor::Confirmation) {
        Sign::Weak
    } else {
        Sign::None
    }
}

/// The value taken back and its new one, if the message holds one for something that was filled.
pub(super) fn correct(
    line: &Line,
    listening: &Listening<'_>,
    sign: Sign,
    context: &ValueContext<'_>,
    fills: &[Filled],
) -> Option<Move> {
    let mut order: Vec<(f32, &Attribute, &Value)> = listening
        .filled
        .iter()
        .rev()
        .map(|(a, v)| (named(line, a), *a, *v))
        .collect();
    // Named ones first, then what looks like the old value, then the most recent.
    let rank = |(pull, _, old): &(f32, &Attribute, &Value)| pull + if looks_like(line, old) { 0.3 } else { 0.0 };
    order.sort_by(|a, b| rank(b).total_cmp(&rank(a)));
    for (pull, attribute, old) in order {
        let claimed = |span: Span| fills.iter().any(|f| f.span.start < span.end && span.start < f.span.end);
        if let Some(new) = new_value(line, listening, attribute, old, pull, context)
            && (sign == Sign::Strong && pull > 0.0
                || pull > asked_pull(line, listening)
                || !claimed(new.1)
                || sign == Sign::Strong && same_type_asked(listening, attribute))
        {
            return Some(Move::Correct {
                attribute: attribute.key.clone(),
                value: Some(new.0),
                span: new.1,
            });
        }
    }
    None
}

/// How strongly the message names what is asked for: "no, the session is …" speaks of something else.
fn asked_pull(line: &Line, listening: &Listening<'_>) -> f32 {
    match listening.asked {
        Some(AskedFor::Attribute(asked)) => named(line, asked).max(0.4),
        _ => f32::MAX,
    }
}

/// Where the new value begins: after "I meant", "it should be" and the like, or after a "no" that opens a short message.
fn new_begins(line: &Line, old: &Value) -> Option<usize> {
    const BEFORE: [&str; 21] = [
        "i meant",
        "i mean",
        "meant to say",
        "meant to write",
        "meant to type",
        "should be",
        "should have been",
        "should read",
        "change it to",
        "change that to",
        "update it to",
        "make it",
        "make that",
        "is spelled",
        "is spelt",
        "is written",
        "it's spelled",
        "it's spelt",
        "it's written",
        "typo :",
        "correction :",
    ];
    let ends = (0..line.len()).filter_map(|at| BEFORE.iter().find_map(|phrase| phrase_end(line, at, phrase)));
    // "No, quit" is a refusal: after a bare "no" only a name written as one is a new value.
    let denial = || {
        let from = 1 + usize::from(line.is_break(1));
        (line.len() <= 8 && starts_with_denial(line) && line.capital(from)).then_some(from)
    };
    // "It's Ana Berg, not Anna Berg".
    let instead = || {
        let not = denied_old(line, old)?;
        (0..not)
            .rfind(|at| line.is(*at, &["it's", "its", "is"]))
            .map(|at| at + 1)
    };
    ends.max()
        .or_else(denial)
        .or_else(instead)
        .filter(|from| *from < line.len())
}

/// Where the message says "not" and then the old value, word by word.
fn denied_old(line: &Line, old: &Value) -> Option<usize> {
    let old = Line::new(old.as_text()?);
    let same = |at: usize| (0..old.len()).all(|i| line.word(at + i) == old.word(i));
    (0..line.len()).find(|at| old.len() > 0 && line.is(*at, &["not"]) && same(at + 1))
}

/// What stands from a token on, read as if it were the whole answer.
fn rest_as_answer(line: &Line, from: usize, kind: &AttributeType, context: &ValueContext<'_>) -> Vec<(Value, Span)> {
    let begins = line.span(from, line.len()).start;
    let rest = Line::new(&line.text(from, line.len()));
    let shifted = |span: Span| Span::new(span.start + begins, span.end + begins);
    let found = candidates(kind, &rest, context, true);
    found.into_iter().map(|c| (c.value, shifted(c.span))).collect()
}

/// Whether some word of the message has as many digits as the old value.
fn looks_like(line: &Line, old: &Value) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let old = match old.plain() {
        Value::Text(text) => digits(text),
        Value::Integer(n) => digits(&n.to_string()),
        Value::Decimal(n) => digits(&n.to_string()),
        Value::Amount(a) => digits(&a.amount.trunc().to_string()),
        _ => return false,
    };
    old > 0 && line.tokens().iter().any(|t| digits(&t.word) == old)
}

/// Whether the question is for the same type, so that "I meant" decides against it.
fn same_type_asked(listening: &Listening<'_>, attribute: &Attribute) -> bool {
    matches!(listening.asked, Some(AskedFor::Attribute(asked)) if std::mem::discriminant(&asked.kind) == std::mem::discriminant(&attribute.kind) && asked.key != attribute.key)
}

/// How strongly the message names an attribute.
pub(super) fn named(line: &Line, attribute: &Attribute) -> f32 {
    let topic = Topic::new(attribute);
    let words = (0..line.len())
        .filter(|i| line.is_word(*i))
        .map(|i| topic.says(line.stem(i)));
    let generic = cues::generic_names(&attribute.kind)
        .iter()
        .any(|w| line.tokens().iter().any(|t| t.word == *w));
    words.fold(0.0_f32, f32::max).max(if generic { 0.4 } else { 0.0 })
}

fn new_value(
    line: &Line,
    listening: &Listening<'_>,
    attribute: &Attribute,
    old: &Value,
    pull: f32,
    context: &ValueContext<'_>,
) -> Option<(Value, Span)> {
    use AttributeType as T;
    let found: Vec<(Value, Span)> = match &attribute.kind {
        T::Text => named_text(line, attribute, pull).into_iter().collect(),
        T::Boolean if pull >= 0.5 => assign(line, &[attribute], &[], None, context)
            .into_iter()
            .map(|f| (f.value, f.span))
            .collect(),
        T::Boolean => Vec::new(),
        kind => {
            // Names and places are found too freely; they must be told by their words, or by where they stand.
            let told = matches!(kind, T::PersonName | T::Place);
            match new_begins(line, old).filter(|_| told) {
                Some(from) => rest_as_answer(line, from, kind, context),
                None => {
                    let sure = |c: &Candidate| {
                        c.strength == Strength::Strong || c.strength == Strength::Weak && alone(line, c)
                    };
                    candidates(kind, line, context, !told || pull > 0.0)
                        .into_iter()
                        .filter(|c| sure(c) && !negated_old(line, c))
                        .map(|c| (c.value, c.span))
                        .collect()
                }
            }
        }
    };
    let others: Vec<&Value> = listening
        .filled
        .iter()
        .filter(|(a, _)| a.key != attribute.key)
        .map(|(_, v)| *v)
        .collect();
    let fresh = found
        .into_iter()
        .rfind(|(value, _)| value != old.plain() && !others.iter().any(|o| o.plain() == value))?;
    Some(fresh)
}

fn starts_with_denial(line: &Line) -> bool {
    line.is(0, &["no", "nope", "sorry", "actually", "wait", "oops"])
}

fn negated_old(line: &Line, candidate: &Candidate) -> bool {
    negated(line, candidate.from) && !line.is(candidate.from.wrapping_sub(1), &["no"])
}

/// Whether a weak value is all the message says beside small words.
fn alone(line: &Line, candidate: &Candidate) -> bool {
    let small = |i: usize| {
        line.is_break(i)
            || matches!(
                line.word(i),
                "no" | "sorry"
                    | "it's"
                    | "its"
                    | "it"
                    | "is"
                    | "i"
                    | "meant"
                    | "mean"
                    | "actually"
                    | "rather"
                    | "oops"
                    | "make"
                    | "that"
                    | "should"
                    | "be"
                    | "please"
                    | "was"
                    | "the"
                    | "to"
                    | "wait"
                    | "at"
                    | "on"
            )
    };
    (0..candidate.from).chain(candidate.to..line.len()).all(small)
}

/// "The reason is …": the words after the attribute's name.
fn named_text(line: &Line, attribute: &Attribute, pull: f32) -> Option<(Value, Span)> {
    if pull < 1.0 {
        return None;
    }
    let topic = Topic::new(attribute);
    let at = (0..line.len()).find(|i| line.is_word(*i) && topic.says(line.stem(*i)) >= 1.0)?;
    let verb = (at + 1..at + 5).find(|i| line.is(*i, &["is", "to", ":", "was", "be"]))?;
    let from = verb + 1 + usize::from(line.is(verb + 1, &["that"]));
    let mut to = line.len();
    while to > from && line.is(to - 1, &[".", "!"]) {
        to -= 1;
    }
    (from < to && !line.is(from, &["wrong", "incorrect", "not"]))
        .then(|| (Value::Text(line.text(from, to)), line.span(from, to)))
}

/// "That's the wrong number": taken back without a new value.
pub(super) fn taken_back(line: &Line, listening: &Listening<'_>) -> Option<Move> {
    if line.len() > 14 || listening.filled.is_empty() {
        return None;
    }
    let at = (0..line.len()).find(|i| line.is(*i, &["wrong", "incorrect", "mistake", "typo", "mistyped"]))?;
    const MINE: [&str; 19] = [
        "that's", "thats", "it's", "is", "was", "gave", "typed", "wrote", "entered", "used", "said", "a", "made",
        "sent", "put", "the", "you", "i", "had",
    ];
    let own = at == 0
        || line.is(at - 1, &MINE)
            && !(line.is(at - 1, &["the", "a"])
                && line.is(at.wrapping_sub(2), &["me", "got", "received", "delivered"]));
    let about = |a: &Attribute| named(line, a);
    let best =
        listening
            .filled
            .iter()
            .rev()
            .map(|(a, _)| (about(a), *a))
            .fold(None::<(f32, &Attribute)>, |best, next| match best {
                Some(b) if b.0 >= next.0 => Some(b),
                _ => Some(next),
            })?;
    let by_me = line.tokens().iter().any(|t| matches!(t.word.as_str(), "i" | "my"))
        && line.is(at, &["mistake", "typo", "mistyped"]);
    (own && (best.0 > 0.0 || by_me)).then(|| Move::Correct {
        attribute: best.1.key.clone(),
        value: None,
        span: line.span(at, at + 1),
    })
}

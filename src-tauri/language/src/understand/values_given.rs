//! Which values a message gives, and to which attribute they belong.

use taskwright_domain::{Attribute, AttributeType, Span, Value};

use super::{AskedFor, Listening, Move};
use crate::values::{Answer, Candidate, Line, Polarity, Strength, ValueContext, candidates, phrase_end};

/// The asked attribute has the first claim; others take what only they can mean.
pub(super) fn values(line: &Line, listening: &Listening<'_>, answers: &[Answer]) -> Vec<Move> {
    let context = ValueContext {
        settings: listening.settings,
        now: listening.now,
    };
    let mut taken: Vec<Span> = Vec::new();
    let mut moves = Vec::new();
    let asked = match listening.asked {
        Some(AskedFor::Attribute(attribute)) => Some(attribute),
        _ => None,
    };
    let corrects = is_correction(line, listening, answers);
    if let Some(attribute) = asked
        && !(corrects && fits_better_elsewhere(line, attribute, listening, &context))
        && let Some((value, span)) = asked_value(line, attribute, listening, &context)
    {
        taken.push(span);
        moves.push(Move::Fill {
            attribute: attribute.key.clone(),
            value,
            span,
        });
    }
    if corrects {
        moves.extend(correction(line, listening, &context, &mut taken));
    }
    for attribute in listening
        .wanted
        .iter()
        .filter(|wanted| asked.is_none_or(|asked| asked.key != wanted.key))
    {
        if let Some((value, span)) = volunteered(line, attribute, listening, &context, &taken) {
            taken.push(span);
            moves.push(Move::Fill {
                attribute: attribute.key.clone(),
                value,
                span,
            });
        }
    }
    moves
}

/// The value that answers the question for this attribute.
fn asked_value(
    line: &Line,
    attribute: &Attribute,
    listening: &Listening<'_>,
    context: &ValueContext<'_>,
) -> Option<(Value, Span)> {
    if matches!(attribute.kind, AttributeType::Text) {
        return free_text(line, listening);
    }
    let found = candidates(&attribute.kind, line, context, true);
    let sure: Vec<&Candidate> = found
        .iter()
        .filter(|candidate| candidate.strength != Strength::Unclear)
        .collect();
    let strong: Vec<&&Candidate> = sure
        .iter()
        .filter(|candidate| candidate.strength == Strength::Strong)
        .collect();
    let best = match (strong.as_slice(), sure.as_slice()) {
        // "It's 4511, no, 4512": the last one said holds.
        ([.., last], _) if strong.len() == 1 || takes_back(line) => Some(**last),
        ([first, ..], _) => Some(**first),
        ([], [only]) => Some(*only),
        ([], [first, ..]) => Some(*first),
        ([], []) => None,
    }?;
    let reads_as_address = matches!(
        attribute.kind,
        AttributeType::Address | AttributeType::PersonName | AttributeType::Place
    );
    if reads_as_address && (super::phrases::is_question(line) || super::says(line, super::Said::Refuse)) {
        return None;
    }
    Some((best.value.clone(), best.span))
}

fn takes_back(line: &Line) -> bool {
    [
        "no wait",
        "i mean",
        "i meant",
        "sorry",
        "correction",
        "rather",
        "actually",
    ]
    .iter()
    .any(|phrase| (0..line.len()).any(|at| phrase_end(line, at, phrase).is_some()))
}

/// Any words will do, unless they plainly do something else.
fn free_text(line: &Line, listening: &Listening<'_>) -> Option<(Value, Span)> {
    use super::{Said, phrases, says};
    let other = [Said::Refuse, Said::Hold, Said::Cancel, Said::Person, Said::NoPerson]
        .into_iter()
        .any(|said| says(line, said));
    let asks_back = line.len() <= 8 && (says(line, Said::Why) || phrases::is_question(line));
    if other || asks_back || phrases::only_greets(line) || line.len() == 0 {
        return None;
    }
    let _ = listening;
    let text = line.text(0, line.len());
    Some((Value::Text(text), line.span(0, line.len())))
}

/// A value that nobody asked for counts only where its type or the words around it leave no doubt.
fn volunteered(
    line: &Line,
    attribute: &Attribute,
    listening: &Listening<'_>,
    context: &ValueContext<'_>,
    taken: &[Span],
) -> Option<(Value, Span)> {
    let telling = matches!(
        attribute.kind,
        AttributeType::Amount
            | AttributeType::Date
            | AttributeType::DateTime
            | AttributeType::Time
            | AttributeType::Email
            | AttributeType::Phone
            | AttributeType::Identifier { .. }
            | AttributeType::Choice { .. }
            | AttributeType::Address
            | AttributeType::PersonName
    );
    if !telling {
        return None;
    }
    let free = |candidate: &&Candidate| {
        !taken
            .iter()
            .any(|span| span.start < candidate.span.end && candidate.span.start < span.end)
    };
    let found = candidates(&attribute.kind, line, context, false);
    let strong: Vec<&Candidate> = found
        .iter()
        .filter(|candidate| candidate.strength == Strength::Strong)
        .filter(free)
        .collect();
    let [one] = strong.as_slice() else { return None };
    let rivals = listening
        .wanted
        .iter()
        .filter(|other| other.key != attribute.key && same_kind(&other.kind, &attribute.kind))
        .count();
    let asked_alike = matches!(listening.asked, Some(AskedFor::Attribute(asked)) if asked.key != attribute.key && same_kind(&asked.kind, &attribute.kind));
    let named = is_named(line, attribute, one.span);
    // Dates, times and amounts say little of what they belong to; the attribute must be named beside them.
    let vague = matches!(
        attribute.kind,
        AttributeType::Date
            | AttributeType::Time
            | AttributeType::DateTime
            | AttributeType::Address
            | AttributeType::PersonName
    );
    (named || (rivals == 0 && !asked_alike && !vague)).then(|| (one.value.clone(), one.span))
}

fn same_kind(a: &AttributeType, b: &AttributeType) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b) && !matches!(a, AttributeType::Choice { .. })
}

/// Whether a word of the attribute's name stands in the message outside the value.
fn is_named(line: &Line, attribute: &Attribute, span: Span) -> bool {
    let name = attribute.name.to_lowercase();
    let words: Vec<&str> = name
        .split_whitespace()
        .filter(|word| word.len() > 2 && !["the", "your", "new", "number", "code"].contains(word))
        .collect();
    (0..line.len()).any(|at| {
        let here = line.span(at, at + 1);
        let outside = here.end <= span.start || here.start >= span.end;
        outside && words.contains(&line.word(at))
    })
}

/// "No, I meant …", "sorry, it's …", "the number was wrong".
fn is_correction(line: &Line, listening: &Listening<'_>, answers: &[Answer]) -> bool {
    const PHRASES: &[&str] = &[
        "i meant",
        "i mean",
        "no wait",
        "wrong number",
        "wrong order",
        "was wrong",
        "is wrong",
        "i made a mistake",
        "my mistake",
        "typo",
        "correction",
        "let me correct",
        "it should be",
        "should have been",
        "instead of",
        "not the right",
        "sorry it's",
        "sorry its",
        "sorry it is",
        "actually it's",
        "actually its",
        "actually it is",
        "actually my",
        "actually the",
        "change it to",
    ];
    if listening.filled.is_empty() {
        return false;
    }
    let said = PHRASES
        .iter()
        .any(|phrase| (0..line.len()).any(|at| phrase_end(line, at, phrase).is_some()));
    let opens = line.is(0, &["sorry", "actually", "oops", "wait"]);
    let no_and_more = matches!(listening.asked, Some(AskedFor::Confirmation))
        && answers
            .first()
            .is_some_and(|answer| answer.polarity == Polarity::No && answer.to + 1 < line.len());
    said || opens || no_and_more
}

/// The asked attribute cannot take what a filled one can.
fn fits_better_elsewhere(
    line: &Line,
    asked: &Attribute,
    listening: &Listening<'_>,
    context: &ValueContext<'_>,
) -> bool {
    let elsewhere = |attribute: &Attribute| {
        candidates(&attribute.kind, line, context, true)
            .iter()
            .any(|candidate| candidate.strength == Strength::Strong)
    };
    let here = !matches!(asked.kind, AttributeType::Text)
        && candidates(&asked.kind, line, context, true)
            .iter()
            .any(|candidate| candidate.strength == Strength::Strong);
    !here
        && listening.filled.iter().any(|(attribute, _)| {
            !matches!(attribute.kind, AttributeType::Text | AttributeType::Boolean) && elsewhere(attribute)
        })
}

fn correction(
    line: &Line,
    listening: &Listening<'_>,
    context: &ValueContext<'_>,
    taken: &mut Vec<Span>,
) -> Option<Move> {
    let mut named_first: Vec<&(&Attribute, &Value)> = listening.filled.iter().rev().collect();
    named_first.sort_by_key(|(attribute, _)| !is_named(line, attribute, Span::new(0, 0)));
    for (attribute, old) in named_first {
        if matches!(attribute.kind, AttributeType::Text | AttributeType::Boolean) {
            continue;
        }
        let found = candidates(&attribute.kind, line, context, true);
        let new = found.iter().rev().find(|candidate| {
            let free = !taken
                .iter()
                .any(|span| span.start < candidate.span.end && candidate.span.start < span.end);
            candidate.strength == Strength::Strong && free && candidate.value != **old
        });
        if let Some(candidate) = new {
            taken.push(candidate.span);
            let (value, span) = (Some(candidate.value.clone()), candidate.span);
            return Some(Move::Correct {
                attribute: attribute.key.clone(),
                value,
                span,
            });
        }
    }
    None
}

/// Why an answer to a typed question does not fit, in words for the customer.
pub(super) fn misfit(line: &Line, attribute: &Attribute) -> Option<Move> {
    if line.len() == 0 {
        return None;
    }
    let why = match &attribute.kind {
        AttributeType::Email => "That doesn't look like an e-mail address.",
        AttributeType::Phone => "That doesn't look like a phone number.",
        AttributeType::Date => "I couldn't read a date in that.",
        AttributeType::Time => "I couldn't read a time in that.",
        AttributeType::DateTime => "I couldn't read a date and time in that.",
        AttributeType::Amount => "I couldn't read an amount in that.",
        AttributeType::Integer | AttributeType::Decimal => "I couldn't read a number in that.",
        AttributeType::Identifier { .. } => "I couldn't find a number or code in that.",
        AttributeType::Choice { options } => {
            let why = format!("Please choose {}.", crate::wording::join(options, "or"));
            return Some(Move::Misfit {
                attribute: attribute.key.clone(),
                why,
            });
        }
        AttributeType::Boolean => "Please answer yes or no.",
        _ => return None,
    };
    Some(Move::Misfit {
        attribute: attribute.key.clone(),
        why: why.to_owned(),
    })
}

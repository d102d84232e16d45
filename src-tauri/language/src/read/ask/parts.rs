//! The parts of a list of things to ask for, without what only leads to them.

use crate::read::reader::trimmed;
use crate::read::split::{lead, starts};
use crate::read::token::{Kind, Token};

/// Without "the customer", "them", "with" before what is asked, and without "for", "about".
pub(in crate::read) fn without_customer<'t, 'a>(mut words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    while let [first, rest @ ..] = words {
        let the_customer = first.any(&["the"])
            && rest.first().is_some_and(Token::is_customer)
            && !rest
                .get(1)
                .is_some_and(|t| t.any(&["'s", "name", "id", "number", "email", "reference"]));
        if the_customer {
            words = &rest[1..];
            continue;
        }
        let idle = first.any(&["them", "him", "customer", "customers", "politely", "again"])
            && !rest.is_empty()
            && !rest[0].any(&["'s"])
            || first.is("her")
                && rest
                    .first()
                    .is_some_and(|t| t.any(&["she", "that", "to", "if", "whether", "it", "we"]))
            || first.any(&["for", "about", "from", "with", "also", "first"]) && !rest.is_empty()
            || matches!(first.kind, Kind::Mark(':' | ','));
        if !idle {
            break;
        }
        words = rest;
    }
    words
}

pub(super) fn without_articles<'a>(words: &[Token<'a>]) -> Vec<Token<'a>> {
    words
        .iter()
        .filter(|t| !t.any(&["the", "a", "an", "their"]))
        .cloned()
        .collect()
}

/// Without how it is asked: "…, in this order", "…, offering red and blue as options".
pub(super) fn without_manner<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let manner = words.windows(3).position(|three| {
        three[0].mark(',')
            && (three[1].any(&["offering", "giving", "preferably", "ideally"])
                || three[1].is("in") && three[2].any(&["this", "that", "their", "one"])
                || three[1].is("one") && three[2].is("at"))
    });
    match manner {
        Some(at) if at > 0 => &words[..at],
        _ => words,
    }
}

/// Without what stands in brackets.
pub(super) fn without_brackets<'a>(words: &[Token<'a>]) -> Vec<Token<'a>> {
    let mut depth = 0_u32;
    let mut kept = Vec::new();
    for token in words {
        match token.kind {
            Kind::Mark('(') => depth += 1,
            Kind::Mark(')') => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(token.clone()),
            _ => {}
        }
    }
    kept
}

/// Words that join the parts of a list.
const JOINTS: [&[&str]; 4] = [
    &["as", "well", "as"],
    &["along", "with"],
    &["together", "with"],
    &["in", "addition", "to"],
];

/// The parts of a list: "the name, the e-mail and how many people come".
pub(in crate::read) fn noun_phrases<'t, 'a>(words: &'t [Token<'a>]) -> Vec<&'t [Token<'a>]> {
    let mut parts = Vec::new();
    let mut from = 0;
    let mut depth = 0_u32;
    for (at, token) in words.iter().enumerate() {
        match token.kind {
            Kind::Mark('(') => depth += 1,
            Kind::Mark(')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        if at < from {
            continue;
        }
        if let Some(joint) = depth
            .eq(&0)
            .then(|| JOINTS.iter().find(|joint| starts(&words[at..], joint)))
            .flatten()
        {
            parts.push(&words[from..at]);
            from = at + joint.len();
            continue;
        }
        let cuts = depth == 0
            && (matches!(token.kind, Kind::Mark(',' | '/' | '&' | '+' | ';' | '.' | '→'))
                || token.any(&["and", "or", "plus"]));
        if cuts {
            parts.push(&words[from..at]);
            from = at + 1;
        }
    }
    parts.push(&words[from..]);
    parts
        .into_iter()
        .map(|part| strip(trimmed(part)))
        .filter(|part| part.iter().any(|t| matches!(t.kind, Kind::Word | Kind::Pill)))
        .collect()
}

/// Without asides in brackets and "as well as", "also".
fn strip<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let words = match words.iter().position(|t| t.mark('(')) {
        Some(open) if open > 0 => &words[..open],
        _ => words,
    };
    let mut words = lead(words);
    while let [hedge, rest @ ..] = words
        && hedge.any(&["roughly", "approximately", "around", "exactly", "preferably", "ideally"])
        && !rest.is_empty()
    {
        words = rest;
    }
    match words {
        [rest @ .., last] if last.any(&["too", "again", "first", "well"]) && !rest.is_empty() => match rest {
            [more @ .., before] if before.is("as") => more,
            rest => rest,
        },
        words => words,
    }
}

/// "a, b and c".
pub(in crate::read) fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

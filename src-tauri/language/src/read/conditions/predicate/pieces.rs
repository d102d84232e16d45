//! What words of a predicate add nothing, and where its parts end.

use crate::read::conditions::compare::relation_at;
use crate::read::conditions::subject::Subject;
use crate::read::token::Token;

pub(super) const AUXILIARIES: [&str; 24] = [
    "is", "are", "was", "were", "'s", "be", "been", "being", "has", "have", "had", "does", "do", "did", "will",
    "would", "can", "could", "am", "gets", "got", "seems", "turns", "shows",
];

pub(super) const NEGATIONS: [&str; 5] = ["not", "never", "no", "neither", "nor"];

/// Drops `is`, `has been`, `does` and `not`; whether it was negated.
pub(super) fn without_auxiliaries<'t, 'a>(mut words: &'t [Token<'a>]) -> (bool, &'t [Token<'a>]) {
    let mut negated = false;
    while let [first, rest @ ..] = words {
        if first.any(&["not", "never", "neither"]) {
            // "not more than" is a comparison of its own.
            if relation_at(words, 0).is_some() {
                break;
            }
            negated = !negated;
        } else if first.is("no") && rest.first().is_some_and(|t| t.is("longer")) {
            negated = !negated;
            words = &rest[1..];
            continue;
        } else if !first.any(&AUXILIARIES) && !first.any(&["that", "which", "who", "to"])
            || relation_at(words, 0).is_some()
        {
            break;
        }
        words = rest;
    }
    (negated, words)
}

pub(super) fn without_relative<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    match words {
        [rest @ .., last] if last.any(&["that", "which", "who"]) && !rest.is_empty() => rest,
        words => words,
    }
}

/// After "wants", "chooses", "asked for", "says": what is wanted.
pub(super) fn without_wanting<'t, 'a>(subject: &Subject, words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    if !matches!(subject, Subject::Customer | Subject::Open) {
        return words;
    }
    let [first, rest @ ..] = words else { return words };
    let wants = first.any(&[
        "wants",
        "want",
        "wanted",
        "chooses",
        "choose",
        "chose",
        "chosen",
        "picks",
        "pick",
        "picked",
        "selects",
        "select",
        "selected",
        "prefers",
        "prefer",
        "says",
        "say",
        "said",
        "asks",
        "ask",
        "asked",
        "likes",
        "like",
        "needs",
        "need",
        "needed",
        "opts",
        "opted",
        "answers",
        "answered",
        "goes",
        "requests",
        "requested",
        "decides",
        "decided",
        "replies",
        "uses",
        "use",
        "using",
        "used",
        "owns",
    ]);
    if !wants {
        return words;
    }
    match rest {
        [next, more @ ..] if next.any(&["for", "to", "on", "with", "that", "a", "an", "the"]) => match more {
            [article, tail @ ..] if article.any(&["a", "an", "the"]) => tail,
            more => more,
        },
        rest => rest,
    }
}

/// Drops "one of", "set to", "a" and the like.
pub(super) fn without_lead<'t, 'a>(mut words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    while let [first, rest @ ..] = words {
        let lead = first.any(&[
            "in",
            "on",
            "a",
            "an",
            "the",
            "to",
            "as",
            "set",
            "marked",
            "equal",
            "listed",
            "either",
            "of",
            "for",
            "at",
            "shown",
            "one",
            "any",
            "these",
            "following",
        ]) || first.mark(':')
            || first.mark('=');
        if !lead || rest.is_empty() {
            break;
        }
        words = rest;
    }
    words
}

/// What stands between commas and "or".
pub(super) fn pieces<'t, 'a>(words: &'t [Token<'a>]) -> Vec<&'t [Token<'a>]> {
    let parts = words.split(|t| t.any(&["or", "nor"]) || t.mark(',') || t.mark('/') || t.mark('&') || t.is("and"));
    parts.filter(|part| part.iter().any(|t| !t.is_mark())).collect()
}

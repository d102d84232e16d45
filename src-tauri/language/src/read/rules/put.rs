//! How a rule is put: "never", "do not", "you may only".

use crate::read::split::{lead, starts};
use crate::read::token::Token;

/// How a rule is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Put {
    Never,
    Only,
}

/// "never", "do not", "you must not", "only".
pub(super) fn imperative_rule<'t, 'a>(words: &'t [Token<'a>]) -> Option<(Put, &'t [Token<'a>])> {
    const NEVER: &[&[&str]] = &[
        &["never", "ever"],
        &["never"],
        &["do", "not", "ever"],
        &["do", "not"],
        &["you", "must", "not"],
        &["you", "must", "never"],
        &["you", "should", "not"],
        &["you", "should", "never"],
        &["you", "can", "not"],
        &["you", "may", "not"],
        &["we", "do", "not"],
        &["we", "never"],
        &["we", "can", "not"],
        &["we", "must", "not"],
        &["must", "not"],
        &["must", "never"],
        &["under", "no", "circumstances"],
        &["the", "agent", "must", "not"],
        &["the", "agent", "should", "not"],
        &["the", "agent", "can", "not"],
        &["the", "agent", "must", "never"],
        &["the", "assistant", "must", "not"],
        &["the", "assistant", "must", "never"],
        &["avoid"],
        &["try", "not", "to"],
        &["neither"],
        &["refrain", "from"],
    ];
    // "Do not forget to ask for the name" is an order.
    if words.get(2).is_some_and(|t| t.any(&["forget", "hesitate"])) {
        return None;
    }
    for phrase in NEVER {
        if starts(words, phrase) && words.len() > phrase.len() {
            return Some((Put::Never, &words[phrase.len()..]));
        }
    }
    const ONLY: &[&[&str]] = &[
        &["only", "ever"],
        &["only"],
        &["you", "may", "only"],
        &["you", "can", "only"],
        &["you", "should", "only"],
        &["you", "must", "only"],
        &["we", "only"],
        &["we", "can", "only"],
        &["the", "agent", "can", "only"],
        &["the", "agent", "may", "only"],
    ];
    for phrase in ONLY {
        if starts(words, phrase) && words.len() > phrase.len() {
            let rest = &words[phrase.len()..];
            // "Only if A, do B" is a condition.
            if rest[0].any(&["if", "when"]) {
                return None;
            }
            return Some((Put::Only, rest));
        }
    }
    None
}

/// Joining words before a rule, "always" kept.
pub(super) fn rule_lead<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let mut words = words;
    while let [first, rest @ ..] = words {
        let idle = first.any(&[
            "and",
            "but",
            "also",
            "please",
            "so",
            "then",
            "important",
            "note",
            "nb",
            "rule",
            "remember",
        ]) && !rest.is_empty()
            && !(first.is("note") && !rest[0].mark(':'))
            || first.is_mark();
        if !idle {
            break;
        }
        words = rest;
    }
    words
}

pub(super) fn lead_never<'t, 'a>(words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    let rest = lead(words);
    if rest.is_empty() { words } else { rest }
}

//! Words of a condition that change nothing of it.

use super::{Outcome, Trouble};
use crate::read::token::{Kind, Token};

/// The words without parentheses that change nothing; others make the condition unclear.
pub(super) fn without_asides<'a>(words: &[Token<'a>]) -> Outcome<Vec<Token<'a>>> {
    let Some(open) = words.iter().position(|t| t.mark('(')) else {
        return Ok(words.to_vec());
    };
    let close = words
        .iter()
        .position(|t| t.mark(')'))
        .filter(|close| *close > open)
        .unwrap_or(words.len());
    let telling = [
        "or",
        "and",
        "unless",
        "except",
        "only",
        "if",
        "not",
        "max",
        "min",
        "whichever",
        "at",
        "up",
        "but",
        "plus",
        "excluding",
        "including",
    ];
    if words[open..close]
        .iter()
        .any(|t| t.any(&telling) || matches!(t.kind, Kind::Number | Kind::Quote))
    {
        return Err(Trouble::NotClear);
    }
    let mut kept = words[..open].to_vec();
    kept.extend_from_slice(words.get(close + 1..).unwrap_or(&[]));
    without_asides(&kept)
}

/// The words without adverbs that change nothing.
pub(super) fn plain<'a>(words: &[Token<'a>]) -> Vec<Token<'a>> {
    let words = without_relative_clause(words);
    let idle = |t: &Token<'_>| {
        t.any(&[
            "still",
            "already",
            "also",
            "currently",
            "actually",
            "really",
            "even",
            "simply",
            "clearly",
            "indeed",
            "yet",
            "definitely",
            "explicitly",
            "just",
            "then",
            "ever",
            "please",
            "previously",
            "successfully",
            "therefore",
        ]) || t.mark('–')
    };
    let states = |at: usize| {
        words
            .get(at + 1)
            .is_some_and(|next| is_state_on_arrival(&words[at], next))
    };
    let kept = (0..words.len()).filter(|at| !idle(&words[*at]) && !states(*at));
    kept.map(|at| words[at].clone()).collect()
}

/// "arrived broken" is broken.
fn is_state_on_arrival(arrived: &Token<'_>, state: &Token<'_>) -> bool {
    let participle = state.low.ends_with("ed") || state.low.ends_with("en") || state.any(&["torn", "wrong", "empty"]);
    arrived.any(&["arrived", "arrives", "arrive", "came", "comes"]) && participle
}

/// "the postcode they give", "the name that comes back": who gives a value tells nothing of it.
fn without_relative_clause<'a>(words: &[Token<'a>]) -> Vec<Token<'a>> {
    const GIVE: [&str; 10] = [
        "give", "gave", "gives", "provide", "provided", "entered", "enter", "told", "typed", "send",
    ];
    let mut kept = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let rest = &words[at..];
        let skip = usize::from(rest[0].any(&["that", "which"]));
        let tail = &rest[skip..];
        let length = match tail {
            [who, gives, us, ..]
                if at > 0 && who.any(&["they", "you", "we"]) && gives.any(&GIVE) && us.any(&["us", "you"]) =>
            {
                3
            }
            [who, gives, ..] if at > 0 && who.any(&["they", "you", "we"]) && gives.any(&GIVE) => 2,
            [comes, back, ..] if skip > 0 && comes.any(&["comes", "came", "come"]) && back.is("back") => 2,
            _ => 0,
        };
        if length > 0 && at + skip + length < words.len() {
            at += skip + length;
            continue;
        }
        kept.push(words[at].clone());
        at += 1;
    }
    kept
}

/// Without marks and joining words at either end.
pub(in crate::read) fn trim<'t, 'a>(mut words: &'t [Token<'a>]) -> &'t [Token<'a>] {
    while let [first, rest @ ..] = words {
        let idle = matches!(first.kind, Kind::Mark(',' | ';' | ':' | '.' | '–' | '(' | ')' | '…'))
            || first.any(&["and", "or", "but", "that", "if", "when", "where", "whether", "nor"])
                && rest.len() > 1
                && !rest[0].any(&["one"]);
        if !idle {
            break;
        }
        words = rest;
    }
    while let [rest @ .., last] = words {
        if !matches!(
            last.kind,
            Kind::Mark(',' | ';' | ':' | '.' | '?' | '!' | '–' | '(' | ')' | '…')
        ) {
            break;
        }
        words = rest;
    }
    words
}

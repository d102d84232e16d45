//! Which words of a phrase carry its meaning, and where a name stands among them.

use super::stems::Stem;
use crate::read::token::{Kind, Token};

/// Whether `name` stands in `said`, word for word.
pub(super) fn contains_run(said: &[&Token<'_>], name: &[Stem]) -> bool {
    position_of_run(said, name).is_some()
}

pub(in crate::read) fn position_of_run(said: &[&Token<'_>], name: &[Stem]) -> Option<usize> {
    if name.is_empty() || said.len() < name.len() {
        return None;
    }
    (0..=said.len() - name.len()).find(|from| {
        name.iter()
            .zip(&said[*from..])
            .all(|(s, t)| s.same(t) || (t.kind == Kind::Number && s.text == t.low))
    })
}

/// The words of a noun phrase that carry its meaning.
pub(in crate::read) fn content<'t, 'a>(words: &'t [Token<'a>]) -> Vec<&'t Token<'a>> {
    let mail = |at: usize| at > 0 && words[at].is("address") && words[at - 1].stem == "email";
    let tells = |(at, t): &(usize, &Token<'_>)| matches!(t.kind, Kind::Word) && !is_filler(&t.low) && !mail(*at);
    words.iter().enumerate().filter(tells).map(|(_, t)| t).collect()
}

/// Words that name nothing.
pub(in crate::read) fn is_filler(low: &str) -> bool {
    matches!(
        low,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "these"
            | "those"
            | "their"
            | "his"
            | "her"
            | "its"
            | "your"
            | "our"
            | "my"
            | "of"
            | "for"
            | "on"
            | "in"
            | "at"
            | "to"
            | "from"
            | "with"
            | "by"
            | "as"
            | "'s"
            | "customer"
            | "customers"
            | "user"
            | "them"
            | "they"
            | "it"
            | "please"
            | "any"
            | "some"
            | "all"
            | "which"
            | "what"
            | "whose"
            | "is"
            | "are"
            | "was"
            | "were"
            | "be"
            | "you"
            | "we"
            | "us"
            | "i"
            | "he"
            | "she"
            | "him"
            | "me"
            | "just"
            | "also"
            | "then"
            | "and"
            | "or"
            | "both"
            | "either"
            | "have"
            | "has"
            | "do"
            | "does"
            | "did"
            | "there"
            | "so"
            | "would"
            | "will"
            | "should"
            | "must"
            | "can"
            | "may"
            | "want"
            | "wants"
            | "like"
            | "if"
            | "whether"
            | "who"
            | "how"
            | "when"
            | "where"
            | "instead"
            | "again"
            | "straight"
            | "away"
            | "now"
            | "immediately"
            | "first"
            | "too"
            | "well"
            | "why"
            | "not"
            | "no"
            | "yes"
            | "only"
            | "ever"
            | "about"
            | "into"
    )
}

/// Adjectives that a noun phrase may have or lack.
pub(in crate::read) fn is_ornament(low: &str) -> bool {
    matches!(
        low,
        "new"
            | "full"
            | "current"
            | "desired"
            | "correct"
            | "valid"
            | "own"
            | "exact"
            | "actual"
            | "whole"
            | "entire"
            | "existing"
            | "given"
            | "same"
            | "latest"
            | "last"
            | "preferred"
            | "complete"
            | "right"
            | "original"
            | "real"
            | "registered"
            | "personal"
            | "original's"
            | "digits"
            | "digit"
            | "characters"
            | "letters"
    )
}

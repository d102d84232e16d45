//! Words by their stems and families.

use taskwright_domain::key_in_words;

use super::content::is_filler;
use crate::read::stem::{kin, stem};
use crate::read::token::Token;

/// A word's stem with its families.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::read) struct Stem {
    pub(in crate::read) text: String,
    kin: u32,
}

impl Stem {
    pub(in crate::read) fn new(word: &str) -> Self {
        let text = stem(&word.to_lowercase());
        Self { kin: kin(&text), text }
    }

    pub(in crate::read) fn of(token: &Token<'_>) -> Self {
        Self {
            text: token.stem.clone(),
            kin: token.kin,
        }
    }

    pub(in crate::read) fn same(&self, token: &Token<'_>) -> bool {
        self.text == token.stem
    }

    pub(in crate::read) fn akin(&self, token: &Token<'_>) -> bool {
        self.text == token.stem || self.kin & token.kin != 0
    }

    pub(in crate::read) fn near(&self, other: &Self) -> bool {
        self.text == other.text || self.kin & other.kin != 0
    }
}

/// The stems of a name's words.
pub(in crate::read) fn stems(name: &str) -> Vec<Stem> {
    let words = name
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '-'))
        .filter(|w| !w.is_empty());
    words.map(Stem::new).collect()
}

/// Stems that tell something apart, articles and the like left out.
pub(in crate::read) fn content_stems(name: &str) -> Vec<Stem> {
    let words = name
        .split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '-'))
        .filter(|w| !w.is_empty());
    words.filter(|w| !is_filler(&w.to_lowercase())).map(Stem::new).collect()
}

/// The stem of what a list holds: "ticket" for `tickets.list`.
pub(in crate::read) fn noun_of(list: &str) -> Option<Stem> {
    let owner = list.split('.').next()?;
    stems(&key_in_words(owner)).pop()
}

//! Words into typed conditions. Every word must find its place; what is left over makes the whole unclear.

mod asides;
mod compare;
mod event;
mod items;
mod joints;
mod opposite;
mod predicate;
mod special;
mod subject;

use std::cell::Cell;

use taskwright_domain::{Condition, Link, LinkTarget, Operand};

use super::names::Names;
use super::said::Said;
use super::token::Token;

use asides::{plain, without_asides};

pub(super) use asides::trim;
pub(super) use compare::{Relation, operand_for, relation_at};
pub(super) use opposite::negate;
pub(super) use subject::Subject;

/// A condition that was read.
#[derive(Debug, Clone)]
pub(super) struct Got {
    pub(super) condition: Condition,
    /// Nothing was inferred.
    pub(super) sure: bool,
    pub(super) links: Vec<Link>,
    pub(super) subject: Subject,
}

/// Why words are no condition.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Trouble {
    /// No pattern fits.
    NotClear,
    /// It can be seen as a yes or no that nothing gives.
    YesNo,
    /// Nothing goes by this name.
    Unknown(Vec<String>, taskwright_domain::Span),
    /// One part was read, this one was not.
    Half(String),
    /// Several values fit.
    Ambiguous(Vec<usize>),
    /// The types do not go together.
    Mismatch(String),
}

impl Trouble {
    /// How much it says; the best is shown.
    pub(super) const fn weight(&self) -> u8 {
        match self {
            Self::NotClear => 0,
            Self::YesNo => 1,
            Self::Unknown(..) => 2,
            Self::Half(_) => 3,
            Self::Ambiguous(_) => 4,
            Self::Mismatch(_) => 5,
        }
    }

    fn or(self, other: Self) -> Self {
        if other.weight() > self.weight() { other } else { self }
    }
}

pub(super) type Outcome<T> = Result<T, Trouble>;

/// Reads conditions against a catalogue and what was said before.
pub(super) struct Conditions<'n, 'c> {
    pub(super) names: &'n Names<'c>,
    pub(super) said: &'n Said,
    budget: Cell<u32>,
    /// The words say "yet": "not shipped yet".
    yet: Cell<bool>,
}

/// Longer conditions are not read.
const LONGEST: usize = 48;

/// Attempts at a part before giving up, so that no text takes long.
const ATTEMPTS: u32 = 260;

impl<'n, 'c> Conditions<'n, 'c> {
    pub(super) fn new(names: &'n Names<'c>, said: &'n Said) -> Self {
        Self {
            names,
            said,
            budget: Cell::new(ATTEMPTS),
            yet: Cell::new(false),
        }
    }

    /// Reads words, `if` and the like not included.
    pub(super) fn read(&self, words: &[Token<'_>]) -> Outcome<Got> {
        self.read_about(words, None)
    }

    /// Reads words that may leave their subject out.
    pub(super) fn read_about(&self, words: &[Token<'_>], subject: Option<&Subject>) -> Outcome<Got> {
        if words.len() > LONGEST {
            return Err(Trouble::NotClear);
        }
        // "there isn't one": of what, nothing here says.
        if let [there, is, rest @ ..] = words
            && there.is("there")
            && is.any(&["is", "are", "was", "'s"])
            && rest.iter().all(|t| t.is_mark() || t.any(&["not", "one"]))
        {
            return Err(Trouble::NotClear);
        }
        let canonical = self
            .for_one_of(trim(words))
            .or_else(|| self.difference_said(trim(words)));
        if let Some(got) = canonical {
            return Ok(got);
        }
        if let Some(got) = self.off_by(trim(words)) {
            return Ok(got);
        }
        let words = without_asides(words)?;
        self.yet.set(words.iter().any(|t| t.is("yet")));
        let words = plain(&words);
        if words.is_empty() {
            return Err(Trouble::NotClear);
        }
        if let Some(condition) = self.none_taken(&words) {
            return Ok(Got {
                condition,
                sure: true,
                links: Vec::new(),
                subject: Subject::Open,
            });
        }
        if let Some(got) = self.item_exists(&words) {
            return Ok(got);
        }
        self.compound(&words, subject)
    }

    pub(super) fn link(&self, words: &[Token<'_>], at: usize) -> Vec<Link> {
        let target = LinkTarget::Reference {
            reference: self.names.value(at).reference.clone(),
        };
        link_over(words, target)
    }
}

/// A link over some words.
pub(super) fn link_over(words: &[Token<'_>], target: LinkTarget) -> Vec<Link> {
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return Vec::new();
    };
    vec![Link {
        span: taskwright_domain::Span::new(first.span.start, last.span.end),
        target,
    }]
}

/// The reference of a named value as an operand.
pub(super) fn refer(reference: &str) -> Operand {
    match reference {
        "today" => Operand::Today,
        "now" => Operand::Now,
        reference => Operand::Reference {
            reference: reference.to_owned(),
        },
    }
}

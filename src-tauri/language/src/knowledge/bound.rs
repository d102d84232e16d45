//! From where on a passage answers: set for each workspace from its own articles, so that there is no threshold to tune.
//!
//! What a passage is about is taken for a question, and its article taken away: so close comes what does not answer. A real
//! question that no article answers is farther from them than half of these are.

use super::passage::Shelved;
use super::score::Asked;
use super::shelf::{Shelf, WordIndex};
use crate::rank::Meanings;

/// Passages that are enough to set it by.
const SAMPLE: usize = 80;
/// Where it lies when nothing is known of the articles.
const USUAL: f32 = 0.36;
/// Where it lies by words alone: of what is asked, nearly half must stand there. What other articles have in common with a heading
/// says nothing about that.
const BY_WORDS: f32 = 0.45;
/// How many passages outweigh what is usual.
const PASSAGES: f32 = 12.0;
/// Fewer articles than this say nothing about what does not answer.
const FEW: usize = 4;

/// From which score on a passage answers, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    pub(super) answers: f32,
}

impl Bound {
    /// Where nothing is known of the articles.
    pub(super) fn usual(by_meaning: bool) -> Self {
        Self {
            answers: if by_meaning { USUAL } else { BY_WORDS },
        }
    }

    /// As numbers that can be kept; [`Bound::of_numbers`] makes it anew from them.
    #[must_use]
    pub fn numbers(self) -> Vec<f32> {
        vec![self.answers]
    }

    /// The bound of these numbers; none where they are none of it.
    #[must_use]
    pub fn of_numbers(numbers: &[f32]) -> Option<Self> {
        match numbers {
            [answers] if (0.0..=1.0).contains(answers) => Some(Self { answers: *answers }),
            _ => None,
        }
    }
}

/// Works it out from the articles.
pub(super) fn bound_of(shelf: &Shelf, index: &dyn WordIndex, meanings: Option<&dyn Meanings>) -> Bound {
    let usual = Bound::usual(meanings.is_some());
    let passages = shelf.passages();
    let mut articles: Vec<_> = passages.iter().map(|shelved| &shelved.article).collect();
    articles.dedup();
    if articles.len() < FEW || meanings.is_none() {
        return usual;
    }
    let step = passages.len().div_ceil(SAMPLE).max(1);
    let tried = passages.iter().step_by(step);
    let mut without: Vec<f32> = tried
        .map(|shelved| said_without(shelf, shelved, index, meanings))
        .collect();
    without.sort_by(f32::total_cmp);
    let half = without.get(without.len() / 2).copied().unwrap_or(usual.answers);
    #[expect(clippy::cast_precision_loss, reason = "a count of passages")]
    let weight = without.len() as f32;
    Bound {
        answers: (weight * half + PASSAGES * usual.answers) / (weight + PASSAGES),
    }
}

/// How far the best passage of another article speaks of what this one is about.
fn said_without(shelf: &Shelf, shelved: &Shelved, index: &dyn WordIndex, meanings: Option<&dyn Meanings>) -> f32 {
    let question = match shelved.passage.heading.as_str() {
        "" => &shelved.title,
        heading => heading,
    };
    let asked = Asked::new(question, meanings);
    let others = shelf.standings(&asked, index, meanings, Some(&shelved.article));
    others.first().map_or(0.0, |other| other.says)
}

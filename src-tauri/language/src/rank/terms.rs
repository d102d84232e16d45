//! Texts as weighted words and pairs of words (TF-IDF).

use std::collections::{BTreeMap, BTreeSet};

use super::words::words;
use crate::values::near;

/// Terms of a text with their weights, by term, of length 1 unless empty.
pub(super) type Terms = BTreeMap<String, f32>;

/// How rare the terms of a workspace are.
#[derive(Debug, Clone)]
pub(super) struct Rarity {
    known: BTreeMap<String, f32>,
    unknown: f32,
    /// Words as they are written, that others may be misspelled from.
    spelled: BTreeSet<String>,
}

/// Letters from which on a word may be misspelled.
const LONG: usize = 5;

impl Rarity {
    /// Of the terms of all texts.
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let (mut all, mut spelled) = (0, BTreeSet::new());
        for text in texts {
            all += 1;
            spelled.extend(plain(text).filter(|word| word.chars().count() >= LONG));
            for term in split(text).into_iter().collect::<BTreeSet<_>>() {
                *counts.entry(term).or_default() += 1;
            }
        }
        let rarity = |count: usize| (ratio(1 + all) / ratio(1 + count)).ln() + 1.0;
        Self {
            known: counts.into_iter().map(|(term, count)| (term, rarity(count))).collect(),
            unknown: rarity(0),
            spelled,
        }
    }

    /// The word of a task's texts that this one may be misspelled from. Nobody misses the first letter.
    pub(super) fn meant(&self, word: &str) -> Option<&str> {
        let word = word.to_lowercase();
        if word.chars().count() < LONG || self.spelled.contains(&word) {
            return None;
        }
        let alike = |known: &&String| known.as_bytes().first() == word.as_bytes().first() && near(&word, known);
        self.spelled.iter().find(alike).map(String::as_str)
    }

    /// How much of a text the tasks' texts speak of.
    pub(super) fn weight(&self, text: &str) -> f32 {
        words(text).iter().filter_map(|word| self.known.get(word)).sum()
    }

    /// The weighted terms of a text.
    pub(super) fn terms(&self, text: &str) -> Terms {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for term in split(text) {
            *counts.entry(term).or_default() += 1;
        }
        let weigh = |(term, count): (String, usize)| {
            let rarity = self.known.get(&term).copied().unwrap_or(self.unknown);
            (term, (1.0 + ratio(count).ln()) * rarity)
        };
        let mut terms: Terms = counts.into_iter().map(weigh).collect();
        let length = length(&terms);
        if length > 0.0 {
            terms.values_mut().for_each(|weight| *weight /= length);
        }
        terms
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of words")]
fn ratio(count: usize) -> f32 {
    count as f32
}

pub(super) fn length(terms: &Terms) -> f32 {
    terms.values().map(|weight| weight * weight).sum::<f32>().sqrt()
}

/// How much two texts share.
pub(super) fn product(few: &Terms, many: &Terms) -> f32 {
    let both = few.iter().filter_map(|(term, weight)| Some(weight * many.get(term)?));
    both.sum()
}

/// The words that say something, and all pairs of words that stand together.
fn split(text: &str) -> Vec<String> {
    let mut terms: Vec<_> = words(text).into_iter().collect();
    let plain: Vec<_> = plain(text).collect();
    terms.extend(plain.windows(2).map(|pair| pair.join(" ")));
    terms
}

fn plain(text: &str) -> impl Iterator<Item = String> {
    let split = text.split(|c: char| !c.is_alphanumeric() && c != '\'');
    split.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

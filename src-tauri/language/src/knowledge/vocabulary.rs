//! The words of all articles: how rare each is, and which one a misspelled word may be.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::passage::Shelved;
use crate::rank::stems_of;
use crate::values::near;

/// Letters from which on a word may be misspelled.
const LONG: usize = 5;

/// The words of all passages.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    passages: usize,
    counts: HashMap<String, usize>,
    spelled: BTreeSet<String>,
}

impl Vocabulary {
    pub(super) fn of(passages: &[Arc<Shelved>]) -> Self {
        let mut vocabulary = Self {
            passages: passages.len(),
            ..Self::default()
        };
        for shelved in passages {
            for stem in &shelved.stems {
                *vocabulary.counts.entry(stem.clone()).or_default() += 1;
            }
            let text = shelved.in_full().to_lowercase();
            let long = plain(&text).filter(|word| word.chars().count() >= LONG);
            let new: Vec<_> = long
                .filter(|word| !vocabulary.spelled.contains(*word))
                .map(str::to_owned)
                .collect();
            vocabulary.spelled.extend(new);
        }
        vocabulary
    }

    /// How much a stem tells passages apart; one that no passage has tells most.
    pub(super) fn rarity(&self, stem: &str) -> f32 {
        let count = self.counts.get(stem).copied().unwrap_or(0);
        (number(1 + self.passages) / number(1 + count)).ln() + 1.0
    }

    /// The share of the question's weight that a passage's words cover, from 0 to 1.
    pub(super) fn covered(&self, asked: &BTreeSet<String>, passage: &BTreeSet<String>) -> f32 {
        let all: f32 = asked.iter().map(|stem| self.rarity(stem)).sum();
        let both: f32 = asked.intersection(passage).map(|stem| self.rarity(stem)).sum();
        // A single word in common is no answer: short questions are measured as if they were a little longer.
        if all == 0.0 { 0.0 } else { both / (all + 0.5) }
    }

    /// The question with words that nobody knows taken for words of the articles that they may be misspelled from.
    pub(super) fn mended(&self, question: &str, knows: impl Fn(&str) -> bool) -> String {
        let mend = |word: &str| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let low = bare.to_lowercase();
            let odd = low.chars().count() >= LONG && !self.spelled.contains(&low) && !knows(&low);
            // Nobody misses the first letter; most words are out at once.
            let alike = |known: &&String| known.as_bytes().first() == low.as_bytes().first() && near(&low, known);
            match odd.then(|| self.spelled.iter().find(alike)).flatten() {
                Some(meant) => word.replace(bare, meant),
                None => word.to_owned(),
            }
        };
        question.split_inclusive(char::is_whitespace).map(mend).collect()
    }
}

/// The words of a question that say something, as they are written, numbers among them: what an index is asked for.
pub(super) fn sought(question: &str) -> Vec<String> {
    let low = question.to_lowercase();
    let says = |word: &&str| word.chars().any(|c| c.is_ascii_digit()) || !stems_of(word).is_empty();
    let mut words: Vec<String> = plain(&low).filter(says).map(str::to_owned).collect();
    words.sort();
    words.dedup();
    words
}

fn plain(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

#[expect(clippy::cast_precision_loss, reason = "counts of passages")]
fn number(count: usize) -> f32 {
    count as f32
}

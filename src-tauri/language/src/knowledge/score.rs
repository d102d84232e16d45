//! How well a passage answers a question.
//!
//! Which passage is best is told by what it is about and by what it says. Whether it answers at all is told by what it says:
//! that a title fits is no answer.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::customers_words::in_their_words;
use super::passage::Shelved;
use super::vocabulary::Vocabulary;
use crate::rank::{Meanings, TextVectors, dot, stems_of};

/// What words in common count beside the meaning; as for tasks.
const WORDS: f32 = 0.2;
/// What the order of the index of words counts in what words count.
const INDEX: f32 = 0.25;

/// A question as it is looked for: in one's own words, or in those of articles.
struct Wording {
    stems: BTreeSet<String>,
    /// What it means; none where there is no encoder.
    vectors: Option<Arc<TextVectors>>,
}

impl Wording {
    fn new(text: &str, meanings: Option<&dyn Meanings>) -> Self {
        Self {
            stems: stems_of(text),
            vectors: meanings.map(|meanings| meanings.of_message(text)),
        }
    }
}

/// A question that is being answered, in one or two wordings.
pub(super) struct Asked {
    wordings: Vec<Wording>,
    /// What an index of words is asked for.
    pub(super) sought: String,
}

impl Asked {
    pub(super) fn new(question: &str, meanings: Option<&dyn Meanings>) -> Self {
        let theirs = in_their_words(question);
        let wordings = [Some(question), theirs.as_deref()].into_iter().flatten();
        Self {
            wordings: wordings.map(|text| Wording::new(text, meanings)).collect(),
            sought: theirs.clone().unwrap_or_else(|| question.to_owned()),
        }
    }

    /// What each wording comes to, on the average.
    fn mean(&self, of: impl Fn(&Wording) -> f32) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "two at most")]
        let count = self.wordings.len().max(1) as f32;
        self.wordings.iter().map(of).sum::<f32>() / count
    }

    /// How like a vector it is.
    pub(super) fn like(&self, vector: &[f32]) -> f32 {
        self.mean(|wording| {
            wording
                .vectors
                .as_ref()
                .map_or(0.0, |own| dot(&own.vector, vector).max(0.0))
        })
    }

    fn by_meaning(&self) -> bool {
        self.wordings.iter().any(|wording| wording.vectors.is_some())
    }
}

/// How a passage stands to a question, each from 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Standing {
    /// Its place on the shelf.
    pub(super) place: usize,
    /// By which passages are ordered.
    pub(super) fits: f32,
    /// How far what it says speaks of the question: by this it answers, or does not.
    pub(super) says: f32,
    /// What meaning counts.
    pub(super) meaning: f32,
    /// What words count.
    pub(super) words: f32,
    /// How well each of its units answers.
    pub(super) units: Vec<f32>,
}

/// Looks at passages for one question.
pub(super) struct Scale<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) meanings: Option<&'a dyn Meanings>,
    pub(super) asked: &'a Asked,
}

impl Scale<'_> {
    /// A first look: the passage as a whole. `index` says how near the top of the index of words it stands, from 0 to 1.
    pub(super) fn glance(&self, shelved: &Shelved, index: f32) -> f32 {
        let words = self.words(shelved, index);
        match shelved.meaning() {
            Some(meaning) if self.asked.by_meaning() => (1.0 - WORDS) * self.asked.like(&meaning.whole) + WORDS * words,
            _ => words,
        }
    }

    /// A close look: sentence by sentence.
    pub(super) fn look(&self, place: usize, shelved: &Shelved, index: f32) -> Standing {
        let words = self.words(shelved, index);
        let told = shelved.passage.units.iter().map(|unit| self.unit(shelved, &unit.text));
        let (alike, units): (Vec<f32>, Vec<f32>) = told.unzip();
        let (Some(meaning), Some(meanings)) = (shelved.meaning(), self.meanings) else {
            return Standing {
                place,
                fits: words,
                says: words,
                meaning: 0.0,
                words,
                units,
            };
        };
        let whole = self.asked.like(&meaning.whole);
        let about = self.asked.like(&meanings.of_message(&shelved.about()).vector);
        let closest = alike.into_iter().fold(0.0, f32::max);
        let fits = (whole + about + closest) / 3.0;
        Standing {
            place,
            fits: (1.0 - WORDS) * fits + WORDS * words,
            says: f32::midpoint(whole, self.asked.like(&meaning.said)),
            meaning: fits,
            words,
            units,
        }
    }

    fn words(&self, shelved: &Shelved, index: f32) -> f32 {
        self.covered(&shelved.stems) * (1.0 - INDEX + INDEX * index)
    }

    fn covered(&self, stems: &BTreeSet<String>) -> f32 {
        self.asked
            .mean(|wording| self.vocabulary.covered(&wording.stems, stems))
    }

    /// How like a sentence is, under its heading; and the same with its words.
    fn unit(&self, shelved: &Shelved, text: &str) -> (f32, f32) {
        let covered = self.covered(&stems_of(text));
        match self.meanings {
            Some(meanings) => {
                let heading = Some(shelved.passage.heading.as_str()).filter(|heading| !heading.is_empty());
                let told = format!("{}: {text}", heading.unwrap_or(&shelved.title));
                let alike = self.asked.like(&meanings.of_message(&told).vector);
                (alike, (1.0 - WORDS) * alike + WORDS * covered)
            }
            None => (0.0, covered),
        }
    }
}

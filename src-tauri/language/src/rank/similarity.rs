//! How alike a message and a task are.

use std::sync::Arc;

use super::card::{TaskCard, without_lead};
use super::head::dot;
use super::terms::{Rarity, Terms, length, product};
use super::tokens::word_for_word;
use super::{Meanings, TextVectors};

/// What words in common count beside the meaning.
const WORDS: f32 = 0.2;
/// What the closest of a task's texts counts beside all of them together, where there are examples among them.
const CLOSEST: f32 = 0.5;
/// The same where there are none: a title and a description mean something together.
const CLOSEST_OF_TWO: f32 = 0.2;
/// How much closer a message must be to a task's texts than to what the task is not for.
const APART: f32 = 0.05;

/// Texts of a task that are looked at word for word: one alone may be odd.
const MOST_ALIKE: usize = 3;

/// A text with its meaning and its words.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) vectors: Arc<TextVectors>,
    pub(super) terms: Terms,
}

/// A task's texts, ready to be compared with.
#[derive(Debug, Clone)]
pub(super) struct Profile {
    /// Title and description first, then the examples.
    pub(super) texts: Vec<Text>,
    /// How many of them are examples.
    pub(super) examples: usize,
    /// What it is not for.
    pub(super) against: Vec<Text>,
    sum: Vec<f32>,
    sum_length: f32,
    terms: Terms,
    terms_length: f32,
}

/// All texts of a task: what it is for, examples among them, and what it is not for.
pub(super) fn texts_of(card: &TaskCard) -> (Vec<String>, Vec<String>) {
    let description = card.parted();
    let about = [card.title.clone(), without_lead(&description.about).to_owned()];
    let texts = about.into_iter().chain(card.examples.iter().cloned());
    let against = description
        .against
        .iter()
        .map(|sentence| without_lead(sentence).to_owned());
    let against = against.chain(card.counter_examples.iter().cloned());
    let said = |text: &String| !text.trim().is_empty();
    (texts.filter(said).collect(), against.filter(said).collect())
}

impl Profile {
    pub(super) fn new(card: &TaskCard, meanings: &dyn Meanings, rarity: &Rarity) -> Self {
        let (texts, against) = texts_of(card);
        let text = |text: &String| Text {
            vectors: meanings.of_task(text),
            terms: rarity.terms(text),
        };
        let texts: Vec<_> = texts.iter().map(text).collect();
        let (mut sum, mut terms) = (Vec::new(), Terms::new());
        for text in &texts {
            sum.resize(text.vectors.vector.len(), 0.0);
            sum.iter_mut()
                .zip(&text.vectors.vector)
                .for_each(|(sum, number)| *sum += number);
            for (term, weight) in &text.terms {
                *terms.entry(term.clone()).or_default() += weight;
            }
        }
        let said = card.examples.iter().filter(|example| !example.trim().is_empty());
        Self {
            examples: said.count(),
            against: against.iter().map(text).collect(),
            texts,
            sum_length: dot(&sum, &sum).sqrt(),
            sum,
            terms_length: length(&terms),
            terms,
        }
    }

    /// How alike, about 0 to 1. One of the texts may be left out, as if the task did not have it.
    pub(super) fn likeness(&self, message: &Text, left_out: Option<usize>) -> f32 {
        let kept = || self.texts.iter().enumerate().filter(|(at, _)| Some(*at) != left_out);
        let nearest = |texts: &mut dyn Iterator<Item = &Text>| {
            texts
                .map(|text| dot(&text.vectors.vector, &message.vectors.vector))
                .fold(-1.0, f32::max)
        };
        let closest = nearest(&mut kept().map(|(_, text)| text));
        let out = left_out.and_then(|at| self.texts.get(at));
        let together = (1.0 - WORDS) * self.meaning(message, out) + WORDS * self.words(message, out);
        let share = if self.examples > 0 { CLOSEST } else { CLOSEST_OF_TWO };
        let like = (1.0 - share) * together + share * closest;
        let against = nearest(&mut self.against.iter());
        // What the task is not for counts as much as it comes closer than what it is for.
        like - (against - closest + APART).max(0.0).min(against.max(0.0))
    }

    /// How alike the message and the texts that say most of it are, word for word. One of them may be left out.
    pub(super) fn word_for_word(&self, message: &Text, left_out: Option<usize>) -> f32 {
        let kept = self.texts.iter().enumerate().filter(|(at, _)| Some(*at) != left_out);
        let mut alike: Vec<_> = kept
            .map(|(_, text)| word_for_word(&message.vectors, &text.vectors))
            .collect();
        alike.sort_by(|a, b| b.total_cmp(a));
        alike.truncate(MOST_ALIKE);
        #[expect(clippy::cast_precision_loss, reason = "three at most")]
        let count = alike.len().max(1) as f32;
        alike.iter().sum::<f32>() / count
    }

    /// How alike the message and all texts together are in meaning.
    pub(super) fn meaning(&self, message: &Text, out: Option<&Text>) -> f32 {
        let Some(out) = out else {
            return share(dot(&self.sum, &message.vectors.vector), self.sum_length);
        };
        let rest: Vec<_> = self
            .sum
            .iter()
            .zip(&out.vectors.vector)
            .map(|(sum, out)| sum - out)
            .collect();
        share(dot(&rest, &message.vectors.vector), dot(&rest, &rest).sqrt())
    }

    fn words(&self, message: &Text, out: Option<&Text>) -> f32 {
        let Some(out) = out else {
            return share(product(&message.terms, &self.terms), self.terms_length);
        };
        let rest: Terms = self
            .terms
            .iter()
            .map(|(term, weight)| (term.clone(), weight - out.terms.get(term).copied().unwrap_or_default()))
            .collect();
        share(product(&message.terms, &rest), length(&rest))
    }

    /// The place of the example that is most like the message, among all texts.
    pub(super) fn closest_example(&self, message: &Text) -> Option<usize> {
        let alike = |at: &usize| dot(&self.texts[*at].vectors.vector, &message.vectors.vector);
        let examples = self.texts.len() - self.examples..self.texts.len();
        examples.max_by(|a, b| alike(a).total_cmp(&alike(b)))
    }

    /// The words of a message that the task has too, weightiest first.
    pub(super) fn shared(&self, message: &Text) -> Vec<String> {
        let both = message
            .terms
            .iter()
            .filter(|(term, _)| !term.contains(' ') && self.terms.contains_key(*term));
        let mut both: Vec<_> = both.collect();
        both.sort_by(|a, b| b.1.total_cmp(a.1).then_with(|| a.0.cmp(b.0)));
        both.into_iter().take(5).map(|(term, _)| term.clone()).collect()
    }
}

/// Nothing of nothing.
fn share(part: f32, length: f32) -> f32 {
    if length > 0.0 { part / length } else { 0.0 }
}

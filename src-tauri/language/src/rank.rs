//! Which task a message asks for: by what it means where there is a sentence encoder, else by the words it shares with them.

mod card;
mod head;
mod lexical;
mod matter;
mod meaning;
mod similarity;
mod start;
mod terms;
mod tokens;
mod trial;
mod words;

use std::sync::Arc;

use taskwright_domain::{Ranking, TaskId};

pub use card::TaskCard;
pub use lexical::LexicalRanker;
pub use matter::{WordWeight, words_that_matter};
pub use meaning::MeaningRanker;
pub use trial::{Rival, Trial};

/// The stems of the words of a text that say something about what is wanted; none with digits.
pub(crate) fn stems_of(text: &str) -> std::collections::BTreeSet<String> {
    words::words(text)
}

/// The product of two vectors of one length.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    head::dot(a, b)
}

/// What a text means, as vectors.
#[derive(Debug, Clone, PartialEq)]
pub struct TextVectors {
    /// Of the whole text: of length 1, so that the cosine of two is their product.
    pub vector: Vec<f32>,
    /// Of its tokens in their order, each as many numbers as the whole has, in steps of which [`TextVectors::STEPS`] make 1.
    pub tokens: Vec<i8>,
}

impl TextVectors {
    /// Steps of a token's numbers that make 1. Numbers of half a unit and more are rare, and are cut off.
    pub const STEPS: f32 = 254.0;
}

/// Gives texts vectors by their meaning, all of one count of numbers.
pub trait Meanings: Send + Sync {
    /// What makes the vectors, with its version; vectors of two versions are never compared.
    fn version(&self) -> &str;
    /// What a task's text means; it will be asked for again.
    fn of_task(&self, text: &str) -> Arc<TextVectors>;
    /// Whether this word, in small letters, is one it knows, and not put together from pieces.
    fn knows(&self, word: &str) -> bool;
    /// What a customer's words mean.
    fn of_message(&self, text: &str) -> Arc<TextVectors>;
    /// The vector of a passage of an article: there may be thousands of them, so only the whole of each is kept.
    fn of_passage(&self, text: &str) -> Vec<f32> {
        self.of_task(text).vector.clone()
    }
    /// Numbers that were learned from this content before.
    fn learned(&self, content: &str) -> Option<Vec<f32>>;
    /// Keeps numbers that were learned from this content, as well as it can.
    fn keep_learned(&self, content: &str, numbers: &[f32]);
}

/// Ranks the tasks of a workspace for messages.
#[derive(Clone)]
pub enum Ranker {
    /// By meaning.
    Meaning(Box<MeaningRanker>),
    /// By words alone.
    Words(Box<LexicalRanker>),
}

impl Ranker {
    /// Weighs the tasks; takes seconds with hundreds of tasks and vectors still to be made.
    #[must_use]
    pub fn new(cards: Vec<TaskCard>, meanings: Option<Arc<dyn Meanings>>) -> Self {
        match meanings {
            Some(meanings) => Self::Meaning(Box::new(MeaningRanker::new(cards, meanings))),
            None => Self::Words(Box::new(LexicalRanker::new(cards))),
        }
    }

    /// Ranks them for a message.
    #[must_use]
    pub fn rank(&self, message: &str) -> Ranking {
        self.rank_among(message, &|_| true)
    }

    /// Ranks those of them that are on offer for a message.
    #[must_use]
    pub fn rank_among(&self, message: &str, offered: &dyn Fn(&TaskId) -> bool) -> Ranking {
        match self {
            Self::Meaning(ranker) => ranker.rank_among(message, offered),
            Self::Words(ranker) => ranker.rank_among(message, offered),
        }
    }

    /// What would happen to each example of every task if a customer wrote it and the task did not have it; takes seconds with
    /// hundreds of tasks.
    #[must_use]
    pub fn trials(&self) -> Vec<Trial> {
        match self {
            Self::Meaning(ranker) => ranker.trials(),
            Self::Words(ranker) => ranker.trials(),
        }
    }
}

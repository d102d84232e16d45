//! Trying a question: what would be answered, and why.

use serde::{Deserialize, Serialize};
use taskwright_domain::ArticleId;
use taskwright_language::knowledge::Considered;
use taskwright_language::rank::words_that_matter;
use ts_rs::TS;

use super::number;
use crate::app::App;
use crate::error::CommandError;
use crate::meaning::{EncoderState, encoder_state, meanings};
use crate::triggers::CountedWord;

/// Characters of a question that are looked at.
const LONGEST: usize = 2_000;

/// A question to be tried.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AskKnowledge {
    /// As a customer would write it.
    pub question: String,
}

/// What came of trying a question.
#[derive(Debug, Clone, Serialize, TS)]
pub struct KnowledgeTrial {
    /// What a customer would be told from the articles; none where it could not be found.
    pub answer: Option<String>,
    /// Why, in plain words.
    pub reason: String,
    /// How far a passage must speak of the question to answer it; thousandths.
    pub bound: i32,
    /// The passages that come nearest, best first.
    pub passages: Vec<ConsideredPassage>,
    /// The words of the question without which the best passage would score lower.
    pub words: Vec<CountedWord>,
    /// Passages there are, and those whose meaning is known by now.
    pub all: u32,
    /// See `all`.
    pub read: u32,
    /// How questions are understood on this machine.
    pub encoder: EncoderState,
}

/// A passage that was considered.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ConsideredPassage {
    /// Its article.
    pub article: ArticleId,
    /// The article's title.
    pub title: String,
    /// The headings it stands under.
    pub heading: String,
    /// All of it.
    pub text: String,
    /// What of it would be quoted.
    pub extract: String,
    /// How well it fits, by which passages are ordered; thousandths.
    pub score: i32,
    /// How far what it says speaks of the question; thousandths.
    pub says: i32,
    /// What its meaning says; thousandths.
    pub meaning: i32,
    /// What its words say; thousandths.
    pub words: i32,
}

impl From<&Considered> for ConsideredPassage {
    fn from(considered: &Considered) -> Self {
        Self {
            article: considered.shelved.article.clone(),
            title: considered.shelved.title.clone(),
            heading: considered.shelved.passage.heading.clone(),
            text: considered.shelved.passage.text(),
            extract: considered.extract.clone(),
            score: considered.score,
            says: considered.says,
            meaning: considered.meaning,
            words: considered.words,
        }
    }
}

pub(crate) async fn ask_knowledge(
    app: &App,
    _origin: &str,
    args: AskKnowledge,
) -> Result<KnowledgeTrial, CommandError> {
    let question: String = args.question.trim().chars().take(LONGEST).collect();
    if question.is_empty() {
        return Err(CommandError::bad_request("Write a question first.").at("/question"));
    }
    let desk = app.inner.home.knowledge();
    let (shelf, found) = desk.find(&app.snapshot(), &question).await?;
    let progress = desk.progress(&shelf);
    let best = found.passages.first().map(|best| best.shelved.clone());
    let counted = tokio::task::spawn_blocking(move || {
        let meanings = meanings().ok();
        let Some(best) = best else { return Vec::new() };
        words_that_matter(&question, |part| shelf.score_of(&best, part, meanings.as_deref()))
    });
    let words = counted.await.map_err(|error| CommandError::host(error.to_string()))?;
    let answer = found.passages.first().filter(|_| found.enough);
    Ok(KnowledgeTrial {
        answer: answer.map(|best| best.extract.clone()),
        reason: found.reason.clone(),
        bound: found.bound,
        passages: found.passages.iter().map(ConsideredPassage::from).collect(),
        words: words
            .into_iter()
            .map(|word| CountedWord {
                word: word.word,
                weight: word.weight,
            })
            .collect(),
        all: number(progress.passages),
        read: number(progress.read),
        encoder: encoder_state(),
    })
}

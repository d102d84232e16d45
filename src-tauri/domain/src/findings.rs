//! What a search of the articles comes to.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ArticleId;

/// The result of searching the articles for a question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Findings {
    /// What comes close, best first.
    pub passages: Vec<Passage>,
    /// The best one answers the question.
    pub enough: bool,
    /// In plain words, why or why not.
    pub reason: String,
    /// What searched, with its version.
    pub searcher: String,
}

/// A part of an article that may answer a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Passage {
    /// The article.
    pub article: ArticleId,
    /// Its title.
    pub title: String,
    /// The heading it stands under; empty at the beginning of the article.
    pub heading: String,
    /// The short extract that is quoted.
    pub text: String,
    /// Thousandths.
    pub score: i32,
}

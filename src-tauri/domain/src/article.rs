//! Knowledge.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ArticleId;

/// A piece of knowledge used to answer ordinary questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Article {
    /// Its id.
    pub id: ArticleId,
    /// What it is about.
    pub title: String,
    /// Markdown.
    pub text: String,
}

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

/// A part of an article as people read it: what its Markdown means, and nothing that could run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ArticleBlock {
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its words.
        words: Vec<ArticleWords>,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        words: Vec<ArticleWords>,
    },
    /// A list.
    List {
        /// The number it begins with; none where it is not numbered.
        first: Option<u64>,
        /// What stands in each item.
        items: Vec<Vec<ArticleBlock>>,
    },
    /// A quotation.
    Quote {
        /// What is quoted.
        blocks: Vec<ArticleBlock>,
    },
    /// Text to be typed as it stands.
    Code {
        /// It.
        text: String,
    },
    /// A table.
    Table {
        /// The cells of its head.
        head: Vec<Vec<ArticleWords>>,
        /// The cells of its rows.
        rows: Vec<Vec<Vec<ArticleWords>>>,
    },
    /// A line across.
    Rule,
}

/// Words of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ArticleWords {
    /// Plain ones.
    Text {
        /// Them.
        text: String,
    },
    /// Bold ones.
    Strong {
        /// Them.
        words: Vec<ArticleWords>,
    },
    /// Slanted ones.
    Emphasis {
        /// Them.
        words: Vec<ArticleWords>,
    },
    /// Ones that are struck out.
    Struck {
        /// Them.
        words: Vec<ArticleWords>,
    },
    /// Something to be typed as it stands.
    Code {
        /// It.
        text: String,
    },
    /// A link to the web or to an address for mail or calls; any other stays plain words.
    Link {
        /// Where it leads.
        to: String,
        /// Its words.
        words: Vec<ArticleWords>,
    },
    /// A picture, by what it shows: pictures are not kept with articles.
    Picture {
        /// What it shows.
        shows: String,
    },
    /// The line ends here.
    Break,
}

//! Answers from articles: splitting them into passages, finding the passage that answers a question, and quoting the sentences
//! that do.
//!
//! What a question and a passage mean comes as vectors, which rows hold its words comes from an index; both are asked for by
//! traits. Without the former, passages are found by words alone.

mod bound;
mod customers_words;
mod extract;
mod markdown;
mod passage;
mod score;
mod sentences;
mod shelf;
mod vocabulary;

pub use bound::Bound;
pub use markdown::{blocks_of, plain_words};
pub use passage::{Meaning, Passage, Shelved, Unit, passages_of};
pub use shelf::{Considered, Found, Hit, Shelf, WordIndex};

//! Messages as words: which of them say something, and where a new thought begins.

use std::collections::BTreeSet;

use crate::values::stem;

/// Words that begin a new thought in the middle of a sentence.
const JOINTS: &[&str] = &["and", "but", "because", "so", "since", "as"];
/// Words that say nothing about what is wanted.
const SILENT: &[&str] = &[
    "a",
    "an",
    "the",
    "i",
    "you",
    "he",
    "she",
    "it",
    "we",
    "they",
    "me",
    "my",
    "your",
    "our",
    "their",
    "is",
    "are",
    "was",
    "be",
    "been",
    "do",
    "does",
    "did",
    "have",
    "has",
    "had",
    "to",
    "of",
    "in",
    "on",
    "at",
    "for",
    "with",
    "and",
    "or",
    "but",
    "not",
    "no",
    "yes",
    "please",
    "hi",
    "hello",
    "hey",
    "thanks",
    "thank",
    "can",
    "could",
    "would",
    "will",
    "want",
    "need",
    "like",
    "get",
    "this",
    "that",
    "there",
    "so",
    "if",
    "when",
    "how",
    "what",
    "why",
    "am",
    "use",
    "task",
    "customer",
    "customers",
    "ask",
    "asks",
    "help",
    "im",
    "id",
    "ive",
    "just",
    "about",
    "from",
    "by",
    "as",
    "any",
    "some",
    "who",
    "it's",
    "i'm",
    "i'd",
    "don't",
    "should",
    "wants",
    "wish",
    "wishes",
    "also",
    "them",
    "pls",
    "plz",
    "thx",
    "because",
    "since",
    "one",
    "now",
    "good",
    "morning",
    "afternoon",
    "evening",
    "sorry",
];

/// A sentence or clause of a message.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) words: BTreeSet<String>,
    /// It asks for something.
    pub(super) wishes: bool,
}

/// Words with which people ask for something.
const WISHES: &[&str] = &[
    "want", "wanna", "need", "like", "please", "pls", "plz", "request", "wish", "would", "can", "could", "give",
];

/// Where a clause ends.
const ENDS: [char; 11] = ['.', '!', '?', ';', ':', ',', '\n', '–', '—', '(', ')'];

/// The sentences of a message, and the thoughts of each, as they stand there; nothing where the message is one thought.
pub(super) fn thoughts_of(message: &str) -> Vec<String> {
    let sentences = message
        .split_inclusive(['.', '!', '?', '\n'])
        .map(|sentence| sentence.trim().to_owned());
    let clauses = message
        .split(ENDS)
        .flat_map(thoughts)
        .map(|thought| thought.trim().to_owned());
    let mut found = Vec::new();
    for thought in sentences.chain(clauses) {
        if thought.len() < message.trim().len() && !words(&thought).is_empty() && !found.contains(&thought) {
            found.push(thought);
        }
    }
    found
}

/// The sentences and clauses of a message.
pub(super) fn parts(message: &str) -> Vec<Part> {
    let clauses = message.split(ENDS);
    let part = |text: String| Part {
        words: words(&text),
        wishes: text
            .to_lowercase()
            .split_whitespace()
            .any(|word| WISHES.contains(&word)),
    };
    clauses.flat_map(thoughts).map(part).collect()
}

/// A clause cut before the words that begin a new thought.
fn thoughts(clause: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for word in clause.split_whitespace() {
        if JOINTS.contains(&word.to_lowercase().as_str()) {
            found.push(String::new());
        }
        if let Some(last) = found.last_mut() {
            last.push(' ');
            last.push_str(word);
        }
    }
    found
}

pub(super) fn words(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase().replace('’', "'");
    let split = lower.split(|c: char| !c.is_alphanumeric() && c != '\'');
    split
        .map(|word| word.trim_matches('\''))
        .filter(|word| word.chars().count() > 1 && !SILENT.contains(word) && !word.chars().any(|c| c.is_ascii_digit()))
        .map(|word| stem(word).to_string())
        .collect()
}

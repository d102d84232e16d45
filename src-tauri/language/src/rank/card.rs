//! What a task is chosen by.

use taskwright_domain::{RevisionId, TaskId};

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

/// How a sentence of a description begins that says when a task is not to be used.
const NOT_FOR: &[&str] = &["do not use", "don't use", "not for", "never use"];
/// What a description says before it says what customers want.
const LEADS: &[&str] = &[
    "asks to ",
    "ask to ",
    "wants to ",
    "want to ",
    "wishes to ",
    "wish to ",
    "asks for ",
    "ask for ",
    "asks about ",
    "ask about ",
    "needs to ",
    "need to ",
    "asks whether ",
    "says that ",
    "reports that ",
    "reports ",
];

/// A description taken apart.
pub(super) struct Description {
    /// What the task is for.
    pub(super) about: String,
    /// The sentences that say what it is not for.
    pub(super) against: Vec<String>,
}

impl TaskCard {
    pub(super) fn parted(&self) -> Description {
        let sentences = self.description.split_inclusive(['.', '!', '?']);
        let (against, about): (Vec<_>, Vec<_>) = sentences.partition(|sentence| is_against(sentence));
        Description {
            about: about.concat().trim().to_owned(),
            against: against.into_iter().map(|sentence| sentence.trim().to_owned()).collect(),
        }
    }
}

fn is_against(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    NOT_FOR.iter().any(|words| lower.contains(words))
}

/// A sentence without what every description says: "Use this task when a customer asks to move a booking" is about moving one.
pub(super) fn without_lead(sentence: &str) -> &str {
    let lower = sentence.to_ascii_lowercase();
    if !lower.starts_with("use") && !NOT_FOR.iter().any(|words| lower.starts_with(words)) {
        return sentence;
    }
    let ends = LEADS
        .iter()
        .filter_map(|lead| lower.find(lead).map(|at| at + lead.len()));
    ends.min()
        .and_then(|end| sentence.get(end..))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(sentence)
}

#[cfg(test)]
mod tests {
    use super::without_lead;

    #[test]
    fn a_description_is_about_what_customers_want() {
        for (text, about) in [
            (
                "Use this task when a customer asks to move a booking.",
                "move a booking.",
            ),
            ("Do not use it when they want to cancel one.", "cancel one."),
            ("Moves a booking to another day.", "Moves a booking to another day."),
            ("Use", "Use"),
        ] {
            assert_eq!(without_lead(text), about);
        }
    }
}

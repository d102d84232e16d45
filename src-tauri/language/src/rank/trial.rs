//! Trying a task's own texts on the workspace.

use taskwright_domain::{RankDecision, TaskId};

use super::words::words;

/// What would happen to a text of a task if a customer wrote it and the task did not have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trial {
    /// The task it belongs to.
    pub task: TaskId,
    /// The text.
    pub text: String,
    /// It is one of the task's examples; else it is the title, tried where there are none.
    pub example: bool,
    /// What would happen.
    pub decision: RankDecision,
    /// How close it comes to its own task; thousandths.
    pub own: i32,
    /// The other task that it comes closest to.
    pub rival: Option<Rival>,
}

/// Another task that a text comes close to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rival {
    /// Which.
    pub task: TaskId,
    /// How close; thousandths.
    pub score: i32,
    /// Its example that is most alike, if it has any.
    pub example: Option<String>,
    /// The words of the text that it has too, as they were written.
    pub words: Vec<String>,
}

/// The words of a text behind these stems, in the order of the text.
pub(super) fn as_written(text: &str, stems: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let plain = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if words(&plain).iter().any(|stem| stems.contains(stem)) && !found.contains(&plain) {
            found.push(plain);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::as_written;

    #[test]
    fn words_are_told_as_they_stand_in_the_text() {
        let stems: Vec<_> = words("bookings").into_iter().collect();
        assert_eq!(as_written("Move my BOOKINGS, please", &stems), ["bookings"]);
    }
}

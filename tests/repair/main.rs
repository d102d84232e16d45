//! What does not go straight on: corrections, digressions, second thoughts, anger, silence. Each situation is a file of
//! conversations with the samples, all of them on offer at once.

#![cfg(test)]

mod crowd;
mod stage;
mod story;

use story::{Story, stories};

/// Every situation that somebody who talks to people knows.
const SITUATIONS: [&str; 15] = [
    "another-language",
    "asking-for-a-person",
    "cancelling",
    "corrections",
    "digressions",
    "gibberish",
    "pasted-text",
    "profanity",
    "refusing",
    "repeated-misunderstanding",
    "second-thoughts",
    "silence",
    "switching-tasks",
    "thanks-and-goodbye",
    "two-wishes",
];

#[tokio::test]
async fn every_conversation_goes_on_as_people_would_expect() {
    let stage = stage::stage();
    let mut failures = Vec::new();
    let mut played = 0;
    for situation in SITUATIONS {
        let stories: Vec<Story> = stories(situation);
        assert!(stories.len() > 1, "{situation} is told in several conversations");
        for story in stories {
            played += 1;
            if let Err(why) = story.play(&stage).await {
                failures.push(format!("{situation}: {}\n{why}", story.title));
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {played} conversations go otherwise:\n\n{}",
        failures.len(),
        failures.join("\n\n")
    );
}

#[test]
fn every_file_is_played() {
    let mut files = story::files();
    files.sort();
    assert_eq!(files, SITUATIONS);
}

//! Workflows: every way out of the one that ships, and the blocks of one of one's own. Each story is a conversation as a
//! channel begins it.

#![cfg(test)]

mod crowd;
mod order;
mod own;
mod shelf;
mod story;

use taskwright_commands::Stage;
use taskwright_domain::Settings;
use taskwright_tests::workspace;

use story::{files, stories};

/// Files of conversations with the workflow that ships.
const OF_THE_DEFAULT: [&str; 6] = ["again", "confirmed", "did-not-help", "in-between", "left", "people"];
/// Files of conversations with a workflow of one's own.
const OF_ONES_OWN: &str = "own-blocks";

fn stage() -> Stage {
    Stage::of(&workspace().unwrap(), Settings::default()).knowing(shelf::shelf())
}

#[tokio::test]
async fn every_way_out_of_the_default_workflow_is_as_it_is_told() {
    let stage = stage();
    let mut failures = Vec::new();
    for file in OF_THE_DEFAULT {
        failures.extend(play(file, &stage).await);
    }
    assert!(
        failures.is_empty(),
        "{} fail:\n\n{}",
        failures.len(),
        failures.join("\n\n")
    );
}

#[tokio::test]
async fn the_blocks_of_a_workflow_do_as_they_say() {
    let stage = Stage::of(&own::workspace(), own::settings()).knowing(shelf::shelf());
    let failures = play(OF_ONES_OWN, &stage).await;
    assert!(
        failures.is_empty(),
        "{} fail:\n\n{}",
        failures.len(),
        failures.join("\n\n")
    );
}

async fn play(file: &str, stage: &Stage) -> Vec<String> {
    let stories = stories(file);
    assert!(stories.len() > 1, "{file} is told in several conversations");
    let mut failures = Vec::new();
    for story in stories {
        if let Err(why) = story.play(stage).await {
            failures.push(format!("{file}: {}\n{why}", story.title));
        }
    }
    failures
}

#[test]
fn every_file_is_played() {
    let mut known: Vec<&str> = OF_THE_DEFAULT.into_iter().chain([OF_ONES_OWN]).collect();
    known.sort_unstable();
    let mut found = files();
    found.sort();
    assert_eq!(found, known);
}

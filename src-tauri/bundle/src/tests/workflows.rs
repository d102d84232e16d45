//! Workflows travel like tasks.

use std::collections::BTreeMap;

use serde_json::json;
use taskwright_domain::Workflow;

use super::sample::content;
use crate::{BundleContent, BundleNoun, Hashes, ImportChoice, ItemState, compare, from_files, merge, to_files};

fn workflow(greeting: &str) -> Workflow {
    serde_json::from_value(json!({
        "id": "workflow_default",
        "name": "Every new conversation",
        "blocks": [
            { "id": "block_greeting", "type": "message", "text": greeting },
            { "id": "block_read", "name": "Look first", "type": "instructions", "text": "Ask for the booking number." },
            { "id": "block_run", "type": "run_task", "task": "task_move" },
        ],
    }))
    .unwrap()
}

fn with(greeting: &str) -> BundleContent {
    BundleContent {
        workflows: vec![workflow(greeting)],
        ..content()
    }
}

#[test]
fn a_workflow_is_written_and_read_back() {
    let content = with("Hello.").in_order();
    let files = to_files(&content).unwrap();
    let folder = "workflows/every-new-conversation";
    assert!(
        files.contains_key(&format!("{folder}/workflow.json")),
        "it has a file of its own"
    );
    assert!(
        files.contains_key(&format!("{folder}/01-look-first.md")),
        "so have its instructions"
    );
    assert!(
        files.contains_key("schemas/workflow.schema.json"),
        "its schema comes with it"
    );
    let again = from_files(&files, Hashes::Check).unwrap();
    assert_eq!(again, content, "nothing is lost");
}

#[test]
fn a_changed_workflow_is_shown_and_replaces_mine() {
    let (mine, theirs) = (with("Hello."), with("Good day."));
    let items = compare(&mine, &theirs).items;
    let item = items.iter().find(|item| item.noun == BundleNoun::Workflow).unwrap();
    assert!(matches!(item.state, ItemState::Changed { .. }), "{item:?}");
    assert!(
        !item.choices.contains(&ImportChoice::KeepBoth),
        "one workflow leads all conversations: {:?}",
        item.choices
    );
    let merged = merge(&mine, &theirs, &BTreeMap::new()).unwrap();
    let [document] = merged.documents.as_slice() else {
        panic!("only the workflow differs: {:?}", merged.documents);
    };
    assert_eq!(document.noun, BundleNoun::Workflow);
    let written: Workflow = serde_json::from_value(document.json.clone()).unwrap();
    assert_eq!(written, workflow("Good day."), "it is written as a workflow");
}

#[test]
fn a_workflow_follows_the_task_it_starts() {
    let mut mine = content();
    mine.tasks[0].id = taskwright_domain::TaskId::new("other");
    let theirs = with("Hello.");
    let task = compare(&mine, &theirs).items;
    let task = task.iter().find(|item| item.noun == BundleNoun::Task).unwrap();
    let choices = BTreeMap::from([(task.id.clone(), ImportChoice::TakeTheirs)]);
    let merged = merge(&mine, &theirs, &choices).unwrap();
    let workflow = merged
        .documents
        .iter()
        .find(|document| document.noun == BundleNoun::Workflow)
        .unwrap();
    assert_eq!(
        workflow.json["blocks"][2]["task"], "task_other",
        "it starts the task that is here under another id"
    );
}

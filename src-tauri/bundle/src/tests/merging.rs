use serde_json::{Value as Json, json};
use taskwright_domain::{ActionId, BlockKind, TaskId, TeamId};

use super::sample::{content, with_id};
use crate::{
    BundleContent, ImportChoice, ImportChoices, ItemState, MergeError, MergedDocument, ScriptedConversation, compare,
    merge,
};

fn choose(choices: &[(&str, ImportChoice)]) -> ImportChoices {
    choices.iter().map(|(id, choice)| ((*id).to_owned(), *choice)).collect()
}

fn merged(theirs: &BundleContent, choices: &[(&str, ImportChoice)]) -> Vec<MergedDocument> {
    merge(&content(), theirs, &choose(choices)).unwrap().documents
}

fn ids(documents: &[MergedDocument]) -> Vec<&str> {
    documents.iter().map(|document| document.document.as_str()).collect()
}

fn json<'a>(documents: &'a [MergedDocument], id: &str) -> &'a Json {
    &documents.iter().find(|document| document.document == id).unwrap().json
}

/// Their bundle, whose look-up has another id and another way to say things, and whose texts use it.
fn their_own_look_up() -> BundleContent {
    let mut theirs = content();
    theirs.actions[0] = with_id(theirs.actions[0].clone(), "theirs");
    theirs.actions[0].name = "Find a booking".into();
    theirs.tasks[0].description = "New words.".into();
    let BlockKind::RunAction { action, .. } = &mut theirs.tasks[0].blocks[3].kind else {
        panic!("the sample changed")
    };
    *action = Some(ActionId::new("theirs"));
    theirs
}

#[test]
fn into_an_empty_workspace_everything_is_written_as_it_is() {
    let documents = merge(&BundleContent::default(), &content(), &ImportChoices::new())
        .unwrap()
        .documents;
    assert_eq!(documents.len(), 6, "every document");
    assert_eq!(
        *json(&documents, "task_move"),
        serde_json::to_value(&content().tasks[0]).unwrap(),
        "unchanged"
    );
}

#[test]
fn what_is_the_same_is_not_written_again() {
    assert_eq!(merged(&content(), &[]), Vec::new());
}

#[test]
fn what_changed_is_taken_unless_chosen_otherwise() {
    let mut theirs = content();
    theirs.tasks[0].title = "Shift".into();
    assert_eq!(ids(&merged(&theirs, &[])), ["task_move"]);
    assert_eq!(
        merged(&theirs, &[("task_move", ImportChoice::KeepMine)]),
        Vec::new(),
        "mine stays"
    );
}

#[test]
fn a_conflict_needs_a_choice_that_it_offers() {
    let error = merge(&content(), &their_own_look_up(), &ImportChoices::new()).unwrap_err();
    assert!(
        matches!(error, MergeError::Undecided { ref id, .. } if id == "action_theirs"),
        "{error}"
    );
    let mut theirs = content();
    theirs.actions[0].key = "move_booking".into();
    theirs.actions.remove(1);
    let choices = choose(&[("action_get_booking", ImportChoice::TakeTheirs)]);
    let error = merge(&content(), &theirs, &choices).unwrap_err();
    assert!(matches!(error, MergeError::NotOffered { .. }), "{error}");
}

#[test]
fn keeping_mine_lets_their_tasks_use_mine() {
    let documents = merged(&their_own_look_up(), &[("action_theirs", ImportChoice::KeepMine)]);
    assert_eq!(ids(&documents), ["task_move"], "their action is not written");
    assert_eq!(
        json(&documents, "task_move")["blocks"][3]["action"],
        "action_get_booking",
        "their task calls mine"
    );
}

#[test]
fn taking_theirs_puts_their_content_under_my_id() {
    let documents = merged(&their_own_look_up(), &[("action_theirs", ImportChoice::TakeTheirs)]);
    assert_eq!(
        ids(&documents),
        ["task_move", "action_get_booking"],
        "under my id, so that my own tasks go on"
    );
    assert_eq!(
        json(&documents, "action_get_booking")["name"],
        "Find a booking",
        "with their content"
    );
    assert_eq!(
        json(&documents, "task_move")["blocks"][3]["action"],
        "action_get_booking",
        "and their task calls it"
    );
}

#[test]
fn keeping_both_renames_theirs_and_rewrites_their_texts() {
    let documents = merged(&their_own_look_up(), &[("action_theirs", ImportChoice::KeepBoth)]);
    let action = json(&documents, "action_theirs");
    assert_eq!(
        (&action["key"], &action["result_name"]),
        (&json!("get_booking_2"), &json!("booking_2")),
        "a free key and answer"
    );
    let task = json(&documents, "task_move");
    assert_eq!(task["blocks"][3]["action"], "action_theirs", "their task calls theirs");
    assert_eq!(
        task["blocks"][0]["text"],
        "Ask for the {booking_number}.\r\nRun @get_booking_2. Tell them {booking_2.date} 😀 שלום\r\n"
    );
    assert_eq!(
        task["blocks"][1]["arms"][0]["condition"]["subject"]["reference"], "booking_2.date",
        "conditions too"
    );
    assert_eq!(
        documents.len(),
        2,
        "what is the same in both goes on using mine: {documents:#?}"
    );
}

#[test]
fn keeping_both_of_a_changed_task_gives_the_copy_ids_of_its_own() {
    let mut theirs = content();
    theirs.tasks[0].description = "New words.".into();
    let documents = merged(&theirs, &[("task_move", ImportChoice::KeepBoth)]);
    assert_eq!(ids(&documents), ["task_move_2"]);
    let task = json(&documents, "task_move_2");
    assert_eq!(task["title"], "Move a booking (2)", "a free title");
    assert_eq!(task["id"], "task_move_2", "a free id");
    assert_eq!(task["blocks"][0]["id"], "block_1_2", "free block ids");
    assert_eq!(task["blocks"][1]["arms"][0]["id"], "option_1_2", "and option ids");
    assert_eq!(
        task["attributes"][0]["id"], "attribute_booking_number_2",
        "and attribute ids"
    );
}

#[test]
fn a_key_they_changed_is_changed_in_my_texts_too() {
    let mut mine = content();
    let mut own = mine.tasks[0].clone();
    own.id = TaskId::new("my_own");
    own.title = "My own".into();
    own.blocks.truncate(1);
    own.blocks[0].id.0 = "block_mine".into();
    own.attributes.clear();
    mine.tasks.push(own);
    let mut theirs = content();
    crate::rename_key(&mut theirs, &crate::KeyOf::Action, "get_booking", "find_booking");
    crate::rename_key(&mut theirs, &crate::KeyOf::ResultName, "booking", "stay");
    let documents = merge(&mine, &theirs, &ImportChoices::new()).unwrap().documents;
    let text = json(&documents, "task_my_own")["blocks"][0]["text"].as_str().unwrap();
    assert!(
        text.contains("@find_booking") && text.contains("{stay.date}"),
        "my task follows: {text}"
    );
}

#[test]
fn keeping_mine_lets_their_texts_follow_my_key() {
    let mut mine = content();
    crate::rename_key(&mut mine, &crate::KeyOf::Action, "get_booking", "find_booking");
    let mut theirs = content();
    theirs.tasks[0].description = "New words.".into();
    let documents = merge(
        &mine,
        &theirs,
        &choose(&[("action_get_booking", ImportChoice::KeepMine)]),
    )
    .unwrap()
    .documents;
    let text = json(&documents, "task_move")["blocks"][0]["text"].as_str().unwrap();
    assert!(text.contains("@find_booking"), "their task calls it as I do: {text}");
}

#[test]
fn two_keys_may_change_places() {
    let mut theirs = content();
    theirs.attributes.push(
        serde_json::from_value(json!({"id": "attribute_b", "key": "other", "name": "other", "kind": {"type": "text"}}))
            .unwrap(),
    );
    let mine = theirs.clone();
    theirs.attributes[0].key = "other".into();
    theirs.attributes[1].key = "loyalty_level".into();
    let choices = choose(&[
        ("attribute_loyalty_level", ImportChoice::KeepMine),
        ("attribute_b", ImportChoice::KeepMine),
    ]);
    theirs.tasks[0].description = "New.".into();
    let documents = merge(&mine, &theirs, &choices).unwrap().documents;
    assert_eq!(
        json(&documents, "task_move")["blocks"][2]["attributes"],
        json!(["booking_number", "other"]),
        "what they call loyalty_level is my other"
    );
}

#[test]
fn blocks_copied_by_hand_get_ids_of_their_own() {
    let mut theirs = content();
    theirs.tasks[0].id = TaskId::new("copied");
    theirs.tasks[0].title = "Copied by hand".into();
    let documents = merged(&theirs, &[]);
    let task = json(&documents, "task_copied");
    assert_eq!(
        (&task["id"], &task["blocks"][0]["id"]),
        (&json!("task_copied"), &json!("block_1_2")),
        "my block_1 stays mine"
    );
}

#[test]
fn a_team_that_is_kept_is_the_one_handed_off_to() {
    let mut theirs = content();
    theirs.teams[0].id = TeamId::new("theirs");
    for block in &mut theirs.tasks[0].blocks {
        for blocks in block.kind.children_mut() {
            for block in blocks {
                if let BlockKind::HandOff { team, .. } = &mut block.kind {
                    *team = Some(TeamId::new("theirs"));
                }
            }
        }
    }
    theirs.actions[1].on_failure.team = Some(TeamId::new("theirs"));
    let documents = merged(&theirs, &[("team_theirs", ImportChoice::KeepMine)]);
    assert_eq!(
        json(&documents, "task_move")["blocks"][1]["arms"][0]["blocks"][0]["team"],
        "team_front_desk"
    );
    assert_eq!(
        json(&documents, "action_move_booking")["on_failure"]["team"],
        "team_front_desk"
    );
    let both = merged(&theirs, &[("team_theirs", ImportChoice::KeepBoth)]);
    assert_eq!(json(&both, "team_theirs")["name"], "Front desk (2)", "or both stay");
}

#[test]
fn whatever_is_chosen_the_result_is_sound_and_importing_again_changes_nothing_in_the_end() {
    let choices = [ImportChoice::KeepMine, ImportChoice::TakeTheirs, ImportChoice::KeepBoth];
    for (first, second) in choices
        .iter()
        .flat_map(|first| choices.iter().map(move |second| (*first, *second)))
    {
        let mut theirs = their_own_look_up();
        theirs.attributes[0].id.0 = "attribute_theirs".into();
        theirs.attributes[0].description = "Else.".into();
        let chosen = choose(&[("action_theirs", first), ("attribute_theirs", second)]);
        let mut mine = content();
        for document in merge(&mine, &theirs, &chosen).unwrap().documents {
            put(&mut mine, document);
        }
        let files = crate::to_files(&mine).unwrap();
        assert_eq!(
            crate::verify(&files),
            Vec::new(),
            "{first:?} and {second:?} leave a sound workspace"
        );
        if (first, second) == (ImportChoice::TakeTheirs, ImportChoice::TakeTheirs) {
            let read = crate::from_files(&files, crate::Hashes::Check).unwrap();
            assert!(
                compare(&mine, &read)
                    .items
                    .iter()
                    .all(|item| item.state == ItemState::Same),
                "it is what it is"
            );
        }
    }
}

fn with_two_conversations() -> BundleContent {
    let mut theirs = content();
    theirs.conversations[0].markdown = "```chat\nwebhook: payment {\"amount\": 1}\n```\n".into();
    theirs.conversations.push(ScriptedConversation {
        task: Some(TaskId::new("move")),
        name: "refused".into(),
        markdown: "New.\n".into(),
    });
    theirs
}

#[test]
fn a_tasks_conversations_come_with_it() {
    let mut mine = content();
    mine.conversations[0].name = "Happy path".into();
    let theirs = with_two_conversations();
    let merged = merge(&mine, &theirs, &ImportChoices::new()).unwrap();
    assert_eq!(ids(&merged.documents), ["task_move"], "the task they belong to");
    let names: Vec<_> = merged.conversations.iter().map(|own| own.name.as_str()).collect();
    assert_eq!(
        names,
        ["Happy path", "refused"],
        "mine is replaced under the name I gave it"
    );
    assert_eq!(
        merged.conversations[0].markdown, theirs.conversations[0].markdown,
        "by theirs"
    );
    let kept = merge(&mine, &theirs, &choose(&[("task_move", ImportChoice::KeepMine)])).unwrap();
    assert!(kept.is_empty(), "with my task my conversations stay: {kept:?}");
}

#[test]
fn a_copy_has_its_own_conversations_and_its_own_webhook() {
    let theirs = with_two_conversations();
    let merged = merge(&content(), &theirs, &choose(&[("task_move", ImportChoice::KeepBoth)])).unwrap();
    let copy = &merged.documents[0];
    assert_ne!(copy.document, "task_move", "mine stays as it is");
    assert!(
        merged
            .conversations
            .iter()
            .all(|own| own.task.as_ref().is_some_and(|task| *task.as_str() == copy.document)),
        "theirs belong to the copy: {:?}",
        merged.conversations
    );
    let wait = &copy.json["blocks"][4];
    assert_eq!(wait["key"], "payment_2", "a webhook's key is unique in the workspace");
    assert_eq!(
        wait["what_then"][0]["text"], "No {payment_2.amount} yet.",
        "whoever reads its fields follows"
    );
    assert!(
        merged.conversations[0]
            .markdown
            .contains("webhook: payment_2 {\"amount\": 1}"),
        "the conversation calls the copy's webhook: {}",
        merged.conversations[0].markdown
    );
}

#[test]
fn a_webhook_of_a_task_that_is_replaced_keeps_its_key() {
    let mut theirs = content();
    theirs.tasks[0].title = "Shift".into();
    assert_eq!(json(&merged(&theirs, &[]), "task_move")["blocks"][4]["key"], "payment");
}

fn put(content: &mut BundleContent, document: MergedDocument) {
    fn set<T: serde::de::DeserializeOwned + serde::Serialize>(list: &mut Vec<T>, document: MergedDocument) {
        let new: T = serde_json::from_value(document.json).unwrap();
        let id = json!(document.document);
        match list
            .iter_mut()
            .find(|old| serde_json::to_value(old).unwrap()["id"] == id)
        {
            Some(old) => *old = new,
            None => list.push(new),
        }
    }
    match document.noun {
        crate::BundleNoun::Task => set(&mut content.tasks, document),
        crate::BundleNoun::Action => set(&mut content.actions, document),
        crate::BundleNoun::Attribute => set(&mut content.attributes, document),
        crate::BundleNoun::Workflow => set(&mut content.workflows, document),
        crate::BundleNoun::Team => set(&mut content.teams, document),
        crate::BundleNoun::Article => set(&mut content.articles, document),
    }
}

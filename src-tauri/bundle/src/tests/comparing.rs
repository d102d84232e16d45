use serde_json::{Value as Json, json};
use taskwright_domain::{BlockKind, TeamId};

use super::sample::{content, with_id};
use crate::{BundleContent, BundleNoun, ComparedItem, ImportChoice, ItemState, compare};

fn find(mine: &BundleContent, theirs: &BundleContent, id: &str) -> ComparedItem {
    compare(mine, theirs)
        .items
        .into_iter()
        .find(|item| item.id == id)
        .unwrap()
}

fn changes(edit: impl FnOnce(&mut BundleContent), id: &str) -> Vec<String> {
    let mut theirs = content();
    edit(&mut theirs);
    match find(&content(), &theirs, id).state {
        ItemState::Changed { what } => what,
        other => panic!("{id} should be changed and is {other:?}"),
    }
}

#[test]
fn equal_content_is_the_same_throughout() {
    let items = compare(&content(), &content()).items;
    assert_eq!(items.len(), 6, "a task, two actions, an attribute, a team, an article");
    assert!(
        items
            .iter()
            .all(|item| item.state == ItemState::Same && item.choices.is_empty()),
        "{items:#?}"
    );
}

#[test]
fn everything_is_new_in_an_empty_workspace() {
    let items = compare(&BundleContent::default(), &content()).items;
    assert!(items.iter().all(|item| item.state == ItemState::New), "{items:#?}");
    assert_eq!(items[0].noun, BundleNoun::Task, "tasks come first");
    assert_eq!(items[1].key_or_title, "get_booking", "actions are shown by key");
}

#[test]
fn a_change_is_told_in_plain_words() {
    let task = "task_move";
    assert_eq!(
        changes(|c| c.tasks[0].title = "Shift".into(), task),
        ["The title is “Shift” instead of “Move a booking”"]
    );
    assert_eq!(
        changes(|c| c.tasks[0].description.clear(), task),
        ["“When to use this task” differs"]
    );
    assert_eq!(
        changes(|c| c.tasks[0].examples.clear(), task),
        ["Its example messages differ"]
    );
    let edited = |c: &mut BundleContent| c.tasks[0].blocks[0].kind = BlockKind::Instructions { text: "New.".into() };
    assert_eq!(changes(edited, task), ["Block 1 (Look it up): the instructions differ"]);
    let inner = |c: &mut BundleContent| {
        c.tasks[0].blocks[1].kind.children_mut()[1][0].kind = BlockKind::Instructions { text: "New.".into() };
    };
    assert_eq!(
        changes(inner, task),
        ["Block 4 (Instructions): the instructions differ"],
        "only the inner block, not the branch"
    );
    assert_eq!(
        changes(|c| c.tasks[0].blocks[2].off = true, task),
        ["Block 5 (Collect attribute): it is switched off"]
    );
    assert_eq!(
        changes(|c| drop(c.tasks[0].blocks.remove(2)), task),
        ["Block 5 (Collect attribute) of yours is removed"]
    );
    assert_eq!(
        changes(|c| c.tasks[0].blocks.swap(2, 3), task),
        ["The blocks stand in another order"]
    );
    assert_eq!(
        changes(|c| c.tasks[0].attributes.clear(), task),
        ["The temporary attribute “booking number” is removed"]
    );
    assert_eq!(
        changes(|c| c.actions[0].stubs.clear(), "action_get_booking"),
        ["Its sample answers differ"]
    );
    assert_eq!(
        changes(
            |c| c.actions[1].request = c.actions[0].request.clone(),
            "action_move_booking"
        ),
        ["How it is called differs"]
    );
    assert_eq!(
        changes(|c| c.attributes[0].sensitive = true, "attribute_loyalty_level"),
        ["“Sensitive” differs"]
    );
    assert_eq!(
        changes(|c| c.teams[0].name = "Desk".into(), "team_front_desk"),
        ["Its name is “Desk” instead of “Front desk”"]
    );
    assert_eq!(
        changes(|c| c.articles[0].text.push('!'), "article_parking"),
        ["The text differs"]
    );
}

#[test]
fn another_document_with_the_same_key_or_name_is_a_conflict() {
    let mut theirs = content();
    theirs.actions[0] = with_id(theirs.actions[0].clone(), "theirs");
    theirs.teams[0].id = TeamId::new("theirs");
    theirs.teams[0].description = "Else.".into();
    let action = find(&content(), &theirs, "action_theirs");
    let ItemState::Conflict { why, what } = &action.state else {
        panic!("{action:?}")
    };
    assert!(
        why.contains("another action with the key “get_booking”, and it is just like this one"),
        "{why}"
    );
    assert!(what.is_empty(), "nothing differs but the id");
    assert_eq!(
        action.choices,
        [ImportChoice::KeepMine, ImportChoice::TakeTheirs, ImportChoice::KeepBoth]
    );
    let ItemState::Conflict { what, .. } = find(&content(), &theirs, "team_theirs").state else {
        panic!("a team's name counts")
    };
    assert_eq!(
        what,
        ["What it is for is “Else.” instead of “Everything about stays.”"],
        "and the difference is told"
    );
}

#[test]
fn a_key_that_moved_to_another_of_mine_is_a_conflict() {
    let mut theirs = content();
    theirs.actions[0].key = "move_booking".into();
    theirs.actions.remove(1);
    let item = find(&content(), &theirs, "action_get_booking");
    assert!(matches!(item.state, ItemState::Conflict { .. }), "{item:?}");
    assert_eq!(
        item.choices,
        [ImportChoice::KeepMine, ImportChoice::KeepBoth],
        "it cannot simply be taken"
    );
}

#[test]
fn the_conversations_of_a_task_count_as_its_own() {
    let edit = |c: &mut BundleContent| {
        c.conversations[0].markdown.push_str("More.");
        let mut second = c.conversations[0].clone();
        second.name = "refused".into();
        c.conversations.push(second);
    };
    assert_eq!(
        changes(edit, "task_move"),
        [
            "The sample conversation “happy-path” differs",
            "The sample conversation “refused” is added"
        ]
    );
    let mut mine = content();
    mine.conversations[0].name = "Happy path".into();
    assert_eq!(
        find(&mine, &content(), "task_move").state,
        ItemState::Same,
        "a name that became the name of a file is the same name"
    );
}

#[test]
fn a_webhook_that_gives_way_is_told() {
    let mut theirs = content();
    theirs.tasks[0].id = taskwright_domain::TaskId::new("copied");
    theirs.tasks[0].title = "Copied by hand".into();
    assert_eq!(
        find(&content(), &theirs, "task_copied").notes,
        ["Its webhook “payment” gets another key, because your task “Move a booking” waits for one of that key"]
    );
    theirs.tasks[0].title = "Shift".into();
    theirs.tasks[0].id = content().tasks[0].id.clone();
    assert!(
        find(&content(), &theirs, "task_move").notes.is_empty(),
        "a newer version of the same task gives way to nobody"
    );
}

#[test]
fn documents_without_a_name_never_clash() {
    let untitled = |id: &str| -> BundleContent {
        let task = serde_json::from_value(json!({"id": id, "title": ""})).unwrap();
        BundleContent {
            tasks: vec![task],
            ..BundleContent::default()
        }
    };
    assert_eq!(
        find(&untitled("task_a"), &untitled("task_b"), "task_b").state,
        ItemState::New,
        "two untitled drafts are two drafts"
    );
}

#[test]
fn the_comparison_is_shared_with_the_screen_as_tagged_data() {
    let mut theirs = content();
    theirs.tasks[0].title = "Shift".into();
    let json: Json = serde_json::to_value(find(&content(), &theirs, "task_move")).unwrap();
    assert_eq!(
        json,
        json!({
            "noun": "task", "id": "task_move", "key_or_title": "Shift",
            "state": {"type": "changed", "what": ["The title is “Shift” instead of “Move a booking”"]},
            "choices": ["take_theirs", "keep_mine", "keep_both"], "notes": []
        })
    );
}

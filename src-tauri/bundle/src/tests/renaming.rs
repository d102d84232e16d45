use serde_json::{Value as Json, json};
use taskwright_domain::{BlockKind, InputFrom, Task, TaskId};

use super::sample::content;
use crate::{BundleContent, KeyOf, rename_key};

fn renamed(of: &KeyOf, old: &str, new: &str) -> (BundleContent, Json) {
    let mut content = content();
    rename_key(&mut content, of, old, new);
    let json = serde_json::to_value(&content).unwrap();
    (content, json)
}

#[test]
fn a_temporary_attribute_is_renamed_wherever_its_task_names_it() {
    let (content, json) = renamed(
        &KeyOf::TaskAttribute(TaskId::new("move")),
        "booking_number",
        "reservation",
    );
    let task = &json["tasks"][0];
    assert_eq!(task["attributes"][0]["key"], "reservation", "its key");
    assert!(
        task["blocks"][0]["text"]
            .as_str()
            .unwrap()
            .starts_with("Ask for the {reservation}.\r\n"),
        "its pills: {}",
        task["blocks"][0]["text"]
    );
    assert_eq!(
        task["blocks"][2]["attributes"],
        json!(["reservation", "loyalty_level"]),
        "lists of keys"
    );
    assert_eq!(
        task["blocks"][3]["inputs"],
        json!({"booking_number": "{reservation}"}),
        "values handed over, not the action's own input"
    );
    let action = &content.actions[0];
    assert_eq!(
        action.inputs[0].key, "booking_number",
        "an input's key is the action's own"
    );
    assert_eq!(
        action.inputs[0].from,
        InputFrom::Reference {
            reference: "reservation".into()
        },
        "and is now filled from the new key"
    );
    assert_eq!(
        action.request.as_ref().unwrap().path.0,
        "/bookings/{booking_number}",
        "a request names inputs"
    );
    assert_eq!(
        content.actions[1].on_failure.say, "I could not move {reservation}.",
        "words at a failure"
    );
}

#[test]
fn an_action_is_renamed_in_instructions_only_where_it_is_called() {
    let mut content = content();
    content.tasks[0].blocks[0].kind = BlockKind::Instructions {
        text: "@get_booking, @get_booking_2, me@get_booking.com, (@get_booking) {get_booking}".into(),
    };
    rename_key(&mut content, &KeyOf::Action, "get_booking", "find_booking");
    assert_eq!(content.actions[0].key, "find_booking", "its key");
    assert_eq!(
        content.tasks[0].blocks[0].kind,
        BlockKind::Instructions {
            text: "@find_booking, @get_booking_2, me@get_booking.com, (@find_booking) {get_booking}".into()
        },
        "neither a longer key, nor an address, nor a value"
    );
}

#[test]
fn the_name_of_an_answer_is_renamed_in_texts_conditions_and_inputs() {
    let (_, json) = renamed(&KeyOf::ResultName, "booking", "stay");
    assert_eq!(json["actions"][0]["result_name"], "stay", "where it is defined");
    assert!(
        json["tasks"][0]["blocks"][0]["text"]
            .as_str()
            .unwrap()
            .contains("{stay.date}"),
        "in instructions"
    );
    assert_eq!(
        json["tasks"][0]["blocks"][1]["arms"][0]["condition"]["subject"]["reference"], "stay.date",
        "in conditions"
    );
    assert_eq!(
        json["actions"][1]["inputs"][0]["from"]["reference"], "stay.date",
        "in the inputs of other actions"
    );
}

#[test]
fn a_webhook_is_renamed_with_its_fields() {
    let (_, json) = renamed(&KeyOf::Webhook, "payment", "deposit");
    let block = &json["tasks"][0]["blocks"][4];
    assert_eq!(
        (&block["key"], &block["what_then"][0]["text"]),
        (&json!("deposit"), &json!("No {deposit.amount} yet."))
    );
}

#[test]
fn an_attribute_of_the_workspace_leaves_tasks_with_their_own_alone() {
    let mut content = content();
    let mut other = Task {
        id: TaskId::new("other"),
        ..content.tasks[0].clone()
    };
    other.attributes[0].key = "loyalty_level".into();
    content.tasks.push(other.clone());
    rename_key(&mut content, &KeyOf::Attribute, "loyalty_level", "tier");
    let json = serde_json::to_value(&content.tasks[0]).unwrap();
    assert_eq!(
        json["blocks"][1]["arms"][0]["blocks"][0]["words"], "{tier}",
        "the task that means it"
    );
    assert_eq!(content.tasks[1], other, "the task with its own");
    assert_eq!(content.attributes[0].key, "tier", "and the attribute itself");
}

#[test]
fn a_task_that_runs_another_follows_its_attributes() {
    let mut content = content();
    let caller = json!({"id": "task_caller", "title": "Caller", "blocks": [
        {"id": "block_20", "type": "run_task", "task": "task_move", "inputs": {"booking_number": "{booking_number}"}, "outputs": {"mine": "booking_number"}}
    ]});
    content.tasks.push(serde_json::from_value(caller).unwrap());
    rename_key(
        &mut content,
        &KeyOf::TaskAttribute(TaskId::new("move")),
        "booking_number",
        "reservation",
    );
    let json = serde_json::to_value(&content.tasks[1]).unwrap();
    assert_eq!(
        json["blocks"][0]["inputs"],
        json!({"reservation": "{booking_number}"}),
        "their key follows, our own value stays"
    );
    assert_eq!(
        json["blocks"][0]["outputs"],
        json!({"mine": "reservation"}),
        "and what is handed back"
    );
}

#[test]
fn renaming_there_and_back_changes_nothing() {
    for (of, old) in [
        (KeyOf::Attribute, "loyalty_level"),
        (KeyOf::TaskAttribute(TaskId::new("move")), "booking_number"),
        (KeyOf::Action, "get_booking"),
        (KeyOf::ResultName, "booking"),
        (KeyOf::Webhook, "payment"),
    ] {
        let mut renamed = content();
        rename_key(&mut renamed, &of, old, "something_else");
        assert_ne!(renamed, content(), "{of:?} did something");
        rename_key(&mut renamed, &of, "something_else", old);
        // An input that took the value of the same name says so in full from now on.
        renamed.actions[0].inputs[0].from = InputFrom::SameName;
        assert_eq!(renamed, content(), "{of:?} there and back");
    }
}

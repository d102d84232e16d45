//! Actions that answer on their own: one call and one reply, whether nothing runs or a task does.

#![cfg(test)]

use std::sync::Arc;

use serde_json::{Value as Json, json};
use taskwright_bundle::BundleContent;
use taskwright_commands::{App, Rehearsal, check_action};
use taskwright_domain::{Action, Customer, EventKind, LogEvent, Settings, TaskId};
use taskwright_engine::Clock;

const NOON: i64 = 1_763_719_200_000;

struct Noon;

impl Clock for Noon {
    fn now(&self) -> i64 {
        NOON
    }
}

async fn workspace() -> (App, TaskId) {
    let app = App::in_memory(Arc::new(Noon)).await.unwrap();
    let tasks = app.call("test", "list_tasks", json!({})).await.unwrap();
    let row = tasks
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["title"] == "Refund or cancel an order")
        .unwrap();
    let id = TaskId(row["id"].as_str().unwrap().to_owned());
    (app, id)
}

fn action(json: Json) -> Action {
    serde_json::from_value(json).unwrap()
}

/// Looks a parcel up: one input, which a customer may give at once or later.
fn parcel() -> Action {
    action(json!({
        "id": "action_parcel", "key": "track_parcel", "name": "Track parcel", "result_name": "parcel",
        "description": "Tells where a parcel is and when it arrives.",
        "examples": ["Where is my parcel?", "Track parcel 77120", "When does my parcel arrive?", "Is parcel 88213 on its way?"],
        "answers_on_its_own": true,
        "inputs": [{ "key": "parcel_number", "name": "Parcel number", "kind": { "type": "identifier" } }],
        "outputs": [{ "key": "place", "kind": { "type": "text" } }, { "key": "day", "kind": { "type": "date" } }],
        "reply": "Your parcel {parcel_number} is in {parcel.place} and arrives on {parcel.day}.",
        "stubs": [{ "name": "On its way", "answer": { "type": "fields", "fields": { "place": "Graz", "day": "2026-12-01" } } }],
    }))
}

/// Tells opening hours: nothing to ask for.
fn hours() -> Action {
    action(json!({
        "id": "action_hours", "key": "get_opening_hours", "name": "Opening hours of the shop", "result_name": "hours",
        "description": "Tells when the shop is open.",
        "examples": ["When are you open?", "What are your opening hours?", "Is the shop open on Saturday?", "How long is the shop open today?"],
        "answers_on_its_own": true,
        "inputs": [],
        "outputs": [{ "key": "weekdays", "name": "On weekdays", "kind": { "type": "text" } }, { "key": "saturday", "kind": { "type": "text" } }],
        "stubs": [{ "name": "Usual", "answer": { "type": "fields", "fields": { "weekdays": "9 to 18", "saturday": "9 to 12" } } }],
    }))
}

async fn rehearsal(more: Vec<Action>) -> Rehearsal {
    let (app, refund) = workspace().await;
    let mut content: BundleContent = app.bundle(&[refund]).unwrap();
    content.actions.extend(more);
    Rehearsal::start(&content, None, Settings::default(), Customer::default(), NOON)
        .await
        .unwrap()
}

fn said(events: &[LogEvent]) -> Vec<String> {
    let said = events.iter().filter_map(|event| match &event.kind {
        EventKind::Said { text, .. } => Some(text.clone()),
        _ => None,
    });
    said.collect()
}

fn kinds(events: &[LogEvent]) -> Vec<String> {
    let kind = |event: &LogEvent| {
        serde_json::to_value(&event.kind).unwrap()["kind"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    events.iter().map(kind).collect()
}

#[tokio::test]
async fn a_question_is_answered_in_one_turn_and_the_log_says_why() {
    let mut chat = rehearsal(vec![parcel(), hours()]).await;
    let events = chat.say("Where is my parcel 77120?").await.unwrap();
    let replies = said(&events);
    assert_eq!(replies.len(), 1, "one reply: {replies:?}");
    assert!(
        replies[0].contains("77120 is in Graz") && replies[0].contains("December"),
        "{replies:?}"
    );
    let kinds = kinds(&events);
    for kind in [
        "task_considered",
        "task_started",
        "action_started",
        "action_succeeded",
        "said",
        "task_finished",
    ] {
        assert!(kinds.iter().any(|found| found == kind), "{kind} in {kinds:?}");
    }
    assert_eq!(
        kinds.iter().filter(|kind| *kind == "action_started").count(),
        1,
        "one call"
    );
    assert_eq!(chat.rerun(), chat.log(), "and it is decided the same way again");
}

#[tokio::test]
async fn the_thing_it_is_about_fills_an_input_of_another_name() {
    let mut purchase = parcel();
    purchase.name = "Find purchase".to_owned();
    purchase.inputs[0].name = "Receipt code".to_owned();
    purchase.examples = vec![
        "Where is my purchase?".to_owned(),
        "Has my purchase been sent?".to_owned(),
    ];
    for (message, filled) in [
        ("Where is purchase 77120?", true),
        ("Where is my purchase number 77120?", true),
        ("Has my purchase been sent? I live at number 77120.", false),
        ("Where is my purchase? I paid 77120 in all.", false),
    ] {
        let mut chat = rehearsal(vec![purchase.clone(), hours()]).await;
        let events = chat.say(message).await.unwrap();
        let replies = said(&events).join(" ");
        assert_eq!(replies.contains("77120 is in Graz"), filled, "{message}: {replies}");
        assert_eq!(
            replies.to_lowercase().contains("receipt code"),
            !filled,
            "{message}: {replies}"
        );
    }
}

#[tokio::test]
async fn what_is_missing_is_asked_for() {
    let mut chat = rehearsal(vec![parcel(), hours()]).await;
    let asked = said(&chat.say("Where is my parcel?").await.unwrap()).join(" ");
    assert!(asked.to_lowercase().contains("parcel number"), "{asked}");
    let replies = said(&chat.say("77120").await.unwrap());
    assert!(
        replies.iter().any(|text| text.contains("77120 is in Graz")),
        "{replies:?}"
    );
}

#[tokio::test]
async fn without_a_reply_of_its_own_it_names_its_fields() {
    let mut chat = rehearsal(vec![hours()]).await;
    let replies = said(&chat.say("What are your opening hours?").await.unwrap());
    assert_eq!(replies, ["On weekdays: 9 to 18. Saturday: 9 to 12."]);
}

#[tokio::test]
async fn a_question_in_the_middle_of_a_task_is_answered_and_the_task_goes_on() {
    let mut chat = rehearsal(vec![hours()]).await;
    let asked = said(&chat.say("I want a refund for an order").await.unwrap()).join(" ");
    assert!(asked.to_lowercase().contains("order number"), "{asked}");
    let events = chat.say("What are your opening hours?").await.unwrap();
    let replies = said(&events);
    assert!(
        replies.iter().any(|text| text.contains("Saturday: 9 to 12")),
        "{replies:?}"
    );
    assert!(
        replies.last().unwrap().to_lowercase().contains("order number"),
        "and back to the question: {replies:?}"
    );
    assert!(
        kinds(&events).iter().any(|kind| kind == "resumed"),
        "{:?}",
        kinds(&events)
    );
    let replies = said(&chat.say("4512").await.unwrap()).join(" ");
    assert!(
        !replies.is_empty() && !replies.contains("opening"),
        "the refund goes on: {replies}"
    );
}

#[tokio::test]
async fn a_change_without_a_yes_never_answers_on_its_own_and_that_is_a_problem() {
    let mut change = hours();
    change.changes_data = true;
    let (app, refund) = workspace().await;
    let content = app.bundle(&[refund]).unwrap();
    let problems = check_action(&content, &change, &Default::default());
    assert!(
        problems
            .iter()
            .any(|problem| problem.message.contains("asked for a yes first")),
        "{problems:?}"
    );
    let mut chat = rehearsal(vec![change]).await;
    let events = chat.say("What are your opening hours?").await.unwrap();
    assert!(
        !kinds(&events).iter().any(|kind| kind == "action_started"),
        "{:?}",
        kinds(&events)
    );
}

#[tokio::test]
async fn with_a_yes_a_change_waits_for_it() {
    let mut change = hours();
    change.changes_data = true;
    change.needs_confirmation = true;
    let mut chat = rehearsal(vec![change]).await;
    let events = chat.say("What are your opening hours?").await.unwrap();
    assert!(
        !kinds(&events).iter().any(|kind| kind == "action_started"),
        "asked first: {:?}",
        kinds(&events)
    );
    let events = chat.say("yes").await.unwrap();
    assert!(
        said(&events).iter().any(|text| text.contains("Saturday")),
        "{:?}",
        said(&events)
    );
}

#[test]
fn a_reply_that_names_what_is_not_given_is_a_problem() {
    let mut wrong = parcel();
    wrong.reply = taskwright_domain::Template::new("It is in {parcel.town}, says {customer.name} of {parcel_number}.");
    let problems = check_action(&BundleContent::default(), &wrong, &Default::default());
    let told: Vec<_> = problems
        .iter()
        .filter(|problem| problem.message.contains("The reply"))
        .collect();
    assert_eq!(told.len(), 1, "{problems:?}");
    assert!(told[0].message.contains("parcel.town"), "{told:?}");
}

#[tokio::test]
async fn it_stands_among_the_tasks_where_messages_are_tried() {
    let (app, refund) = workspace().await;
    let made = app
        .call("test", "create_action", json!({ "name": "Track parcel" }))
        .await
        .unwrap();
    let view = app
        .call("test", "read_action", json!({ "action": made["id"] }))
        .await
        .unwrap();
    let mut after = serde_json::to_value(parcel()).unwrap();
    after["id"] = made["id"].clone();
    let change = json!({ "document": made["id"], "change": { "type": "set", "path": "", "before": view["action"], "after": after } });
    let edit = json!({ "document": made["id"], "edit": { "label": "", "changes": [change] }, "base_version": view["version"] });
    app.call("test", "save_edit", edit).await.unwrap();
    let view = app
        .call("test", "read_action", json!({ "action": made["id"] }))
        .await
        .unwrap();
    assert_eq!(view["usual_reply"], "Place: {parcel.place}. Day: {parcel.day}.");
    let task = app.call("test", "read_task", json!({ "task": refund })).await.unwrap()["task"].clone();
    let args = json!({ "task": task, "before": task, "messages": ["Where is my parcel 77120?"] });
    let tried = app.call("test", "try_messages", args).await.unwrap();
    let first = &tried["messages"][0];
    assert_eq!(first["ranking"]["candidates"][0]["title"], "Track parcel", "{first:#}");
    assert_eq!(first["outcome"]["type"], "starts", "{first:#}");
    // The same message really starts it in a preview of all tasks.
    let start = json!({ "task": refund, "from_the_start": true, "calls": "sample" });
    let preview = app.call("test", "start_preview", start).await.unwrap();
    let conversation = preview["conversation"].clone();
    app.call(
        "test",
        "say",
        json!({ "conversation": conversation, "text": "Where is my parcel 77120?" }),
    )
    .await
    .unwrap();
    let log = app
        .call("test", "read_log", json!({ "conversation": conversation, "limit": 50 }))
        .await
        .unwrap();
    assert!(log.to_string().contains("77120 is in Graz"), "{log:#}");
}

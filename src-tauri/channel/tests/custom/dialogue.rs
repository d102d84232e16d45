//! The dialogue of the product's documents, from its greeting to its end: what the product sends, and what it is told.

use std::path::Path;

use serde_json::{Value, json};

use crate::house::House;

pub(crate) const WORKFLOW: &str = "workflow_default";

/// Sets fields of a task or a workflow, and turns it on.
pub(crate) async fn publish(house: &House, document: &str, fields: Value) {
    let view = house.call("read_task", json!({"task": document})).await;
    let changes: Vec<_> = fields
        .as_object()
        .unwrap()
        .iter()
        .map(|(field, after)| {
            let before = &view["task"][field];
            let change = json!({"type": "set", "path": format!("/{field}"), "before": before, "after": after});
            json!({"document": document, "change": change})
        })
        .collect();
    let edit = json!({"label": "", "changes": changes});
    let args = json!({"document": document, "edit": edit, "base_version": view["version"]});
    house.call("save_edit", args).await;
    house.call("publish_task", json!({"task": document})).await;
}

/// The workflow of the documents, and a task that answers their question.
async fn set_up(house: &House) {
    // Whoever is passed on is told whether anybody is there, which must not hang on the hour of the test.
    let mut settings = house.call("read_settings", json!({})).await;
    settings["opening_hours"]["hours"] = json!([]);
    house.call("save_settings", json!({"settings": settings})).await;
    let task = house
        .call("create_task", json!({"title": "Time to return an item"}))
        .await["id"]
        .clone();
    let answer = json!({
        "description": "Use this task when a customer asks how long they have to return an item, or until when.",
        "examples": [
            "How long do I have to return an item?",
            "Until when can I send my order back?",
            "How many days do I have for a return?",
        ],
        "blocks": [
            {"id": "block_days", "type": "instructions", "text": "Tell the customer \"You have up to 40 days.\""},
            {"id": "block_done", "type": "end", "outcome": "done"},
        ],
    });
    publish(house, task.as_str().unwrap(), answer).await;
    let blocks = json!([
        {"id": "block_greeting", "type": "message", "text": "Hi there!"},
        {
            "id": "block_answer", "type": "let_assistant_answer",
            "idle": {"count": 10, "unit": "minutes"}, "follow_up": "",
        },
        {"id": "block_reason", "type": "collect_attribute", "attributes": ["reason_for_return"]},
        {"id": "block_note", "type": "note", "text": "Logged internal note"},
        {"id": "block_tags", "type": "tags", "add": ["resolved"]},
        {"id": "block_end", "type": "end", "outcome": "done"},
    ]);
    let reason = json!([{
        "id": "attribute_reason", "key": "reason_for_return", "name": "Reason for return", "kind": {"type": "text"},
    }]);
    publish(house, WORKFLOW, json!({"blocks": blocks, "attributes": reason})).await;
}

/// The id of an option that was offered.
fn option(told: &[Value], text: &str) -> Value {
    let offers = told
        .iter()
        .rev()
        .find(|body| body["event_type"] == "quick_reply_options");
    let options = offers.unwrap()["quick_reply_options"].as_array().unwrap();
    options.iter().find(|option| option["text"] == text).unwrap()["id"].clone()
}

async fn told(house: &House, conversation: &str, last: &str) -> Vec<Value> {
    house
        .shop
        .until(last, |shop| {
            shop.arrived_in(conversation)
                .iter()
                .any(|body| body["event_type"] == last)
        })
        .await;
    house.shop.arrived_in(conversation)
}

#[tokio::test]
async fn the_dialogue_of_the_documents_is_told_event_by_event() {
    let house = House::open().await;
    set_up(&house).await;
    for name in ["helped", "person"] {
        house.begin(name).await;
        house
            .say(&format!("{name}-1"), name, "How long do I have to return an item?")
            .await;
        told(&house, name, "quick_reply_options").await;
    }
    let press = |told: &[Value], text: &str| json!({"quick_reply_option_id": option(told, text)});
    let helped = press(&told(&house, "helped", "quick_reply_options").await, "That helped");
    let pressed = house
        .send("notify_quick_reply_selected", "helped-2", "helped", helped)
        .await;
    assert_eq!(pressed.status, 200, "{:?}", pressed.body);
    told(&house, "helped", "attribute_collector").await;
    let reason = json!({"attribute": {"id": "reason_for_return", "value": "It does not fit"}});
    let collected = house
        .send("notify_attribute_collected", "helped-3", "helped", reason)
        .await;
    assert_eq!(collected.status, 200, "{:?}", collected.body);
    let helped = told(&house, "helped", "workflow_finished").await;

    let person = press(&told(&house, "person", "quick_reply_options").await, "Talk to a person");
    let pressed = house
        .send("notify_quick_reply_selected", "person-2", "person", person)
        .await;
    assert_eq!(pressed.status, 200, "{:?}", pressed.body);
    let person = told(&house, "person", "workflow_finished").await;

    let found = json!({"That helped": helped, "Talk to a person": person});
    let mut found = serde_json::to_string_pretty(&found).unwrap() + "\n";
    for body in [&helped[0], &person[0]] {
        found = found.replace(body["conversation_id"].as_str().unwrap(), "conversation_abc123");
    }
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/custom/dialogue.json");
    if std::env::var_os("TASKWRIGHT_ACCEPT").is_some() {
        std::fs::write(&golden, &found).unwrap();
    }
    let there = std::fs::read_to_string(&golden).unwrap_or_default();
    assert_eq!(
        there, found,
        "run this with TASKWRIGHT_ACCEPT=1 and review dialogue.json"
    );
    house.close().await;
}

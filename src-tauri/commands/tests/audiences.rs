//! Who a task is for: others' messages do not start it, and the log says why.

#![cfg(test)]

use std::sync::Arc;

use serde_json::{Value as Json, json};
use taskwright_commands::App;
use taskwright_engine::Clock;

struct Noon;

impl Clock for Noon {
    fn now(&self) -> i64 {
        1_763_719_200_000
    }
}

const SAMPLE: &str = "Refund or cancel an order";

async fn call(app: &App, name: &str, arguments: Json) -> Json {
    app.call("test", name, arguments).await.unwrap()
}

/// The samples, one of them for customers of whom this is so.
async fn workspace(words: &str) -> (App, Json) {
    let app = App::in_memory(Arc::new(Noon)).await.unwrap();
    let tasks = call(&app, "list_tasks", json!({})).await;
    let row = tasks.as_array().unwrap().iter().find(|row| row["title"] == SAMPLE);
    let id = row.expect("the sample is there")["id"].clone();
    let read = call(&app, "read_condition", json!({"task": id, "words": words})).await;
    assert_eq!(read["type"], "read", "{words}: {read}");
    let view = call(&app, "read_task", json!({"task": id})).await;
    let change = json!({"type": "set", "path": "/audience", "before": null, "after": read["condition"]});
    let edit = json!({"changes": [{"document": id, "change": change}]});
    let edit = json!({"document": id, "edit": edit, "base_version": view["version"]});
    call(&app, "save_edit", edit).await;
    (app, id)
}

/// How the message that is the sample's first example was ranked for a customer.
async fn ranked(app: &App, task: &Json, signed_in: bool) -> Json {
    let view = call(app, "read_task", json!({"task": task})).await;
    let message = view["task"]["examples"][0].clone();
    let customer = json!({"id": "c", "name": null, "email": null, "signed_in": signed_in});
    let start = json!({"task": task, "from_the_start": true, "calls": "sample", "customer": customer});
    let preview = call(app, "start_preview", start).await;
    let said = json!({"conversation": preview["conversation"], "text": message});
    call(app, "say", said).await;
    let read = json!({"conversation": preview["conversation"], "limit": 100});
    let log = call(app, "read_log", read).await;
    let mut events = log["events"].as_array().unwrap().iter();
    let considered = events.find(|event| event["kind"] == "task_considered");
    considered.unwrap_or_else(|| panic!("{log:#}")).clone()
}

#[tokio::test]
async fn a_task_for_signed_in_customers_is_started_by_their_messages_only() {
    let (app, task) = workspace("the customer is signed in").await;
    let theirs = ranked(&app, &task, true).await;
    assert_eq!(theirs["ranking"]["decision"]["task"], task, "{theirs:#}");
    let others = ranked(&app, &task, false).await;
    assert_ne!(others["ranking"]["decision"]["task"], task, "{others:#}");
    let reason = others["ranking"]["reason"].as_str().unwrap();
    assert!(reason.contains(SAMPLE) && reason.contains("signed in"), "{reason}");
}

#[tokio::test]
async fn what_nobody_knows_of_a_customer_who_writes_is_a_problem() {
    let (app, task) = workspace("the order's status is shipped").await;
    let view = call(&app, "read_task", json!({"task": task})).await;
    let problems = view["problems"].as_array().unwrap();
    let found = problems.iter().find(|problem| problem["place"]["field"] == "/audience");
    assert_eq!(found.expect("a problem")["code"], "nothing_provides");
    let others = ranked(&app, &task, true).await;
    assert_ne!(
        others["ranking"]["decision"]["task"], task,
        "it lets nobody in: {others:#}"
    );
}

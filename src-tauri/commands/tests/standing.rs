//! How a task stands, and the end of a log, as screens read them.

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

async fn call(app: &App, name: &str, args: Json) -> Json {
    app.call("test", name, args).await.unwrap()
}

async fn status(app: &App, id: &Json) -> Json {
    call(app, "read_task", json!({"task": id})).await["status"].clone()
}

async fn refund(app: &App) -> Json {
    let tasks = call(app, "list_tasks", json!({})).await;
    let rows = tasks.as_array().unwrap();
    let row = rows.iter().find(|row| row["title"] == "Refund or cancel an order");
    row.expect("the sample is there")["id"].clone()
}

#[tokio::test]
async fn a_published_task_has_changes_when_it_was_changed_and_not_when_another_one_was() {
    let app = App::in_memory(Arc::new(Noon)).await.unwrap();
    let task = refund(&app).await;
    call(&app, "publish_task", json!({"task": task})).await;
    assert_eq!(status(&app, &task).await, "on", "it was just published");

    call(&app, "create_task", json!({"title": "Move a booking"})).await;
    assert_eq!(status(&app, &task).await, "on", "another task is no change of it");

    let view = call(&app, "read_task", json!({"task": task})).await;
    let change = json!({"type": "set", "path": "/title", "before": view["task"]["title"], "after": "Refunds"});
    let edit = json!({"label": "", "changes": [{"document": task, "change": change}]});
    let args = json!({"document": task, "base_version": view["version"], "edit": edit});
    call(&app, "save_edit", args).await;
    assert_eq!(status(&app, &task).await, "on_with_changes", "now it was changed");
}

#[tokio::test]
async fn a_log_is_read_from_its_end_where_nothing_else_is_said() {
    let app = App::in_memory(Arc::new(Noon)).await.unwrap();
    let start = json!({"task": refund(&app).await, "from_the_start": false, "calls": "sample"});
    let conversation = call(&app, "start_preview", start).await["conversation"].clone();
    let said = json!({"conversation": conversation, "text": "I want a refund for order 4512"});
    call(&app, "say", said).await;
    let end = call(&app, "read_log", json!({"conversation": conversation, "limit": 3})).await;
    let seqs: Vec<_> = end["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["seq"].as_u64())
        .collect();
    let total = end["total"].as_u64();
    assert_eq!(seqs.last(), Some(&total), "up to the last event");
    assert_eq!(seqs.len(), 3, "no more than asked for");
}

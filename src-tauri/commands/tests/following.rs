//! Whoever follows a workspace hears of everything, also of what happened while nobody listened.

#![cfg(test)]

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value as Json, json};
use taskwright_commands::{App, SubscribeRequest, WorkspaceMessage};
use taskwright_engine::Clock;
use tokio::time::timeout;

struct Noon;

impl Clock for Noon {
    fn now(&self) -> i64 {
        1_763_719_200_000
    }
}

async fn call(app: &App, name: &str, args: Json) -> Json {
    app.call("test", name, args).await.unwrap()
}

async fn refund(app: &App) -> Json {
    let tasks = call(app, "list_tasks", json!({})).await;
    let rows = tasks.as_array().unwrap();
    let row = rows.iter().find(|row| row["title"] == "Refund or cancel an order");
    row.expect("the sample is there")["id"].clone()
}

#[tokio::test]
async fn a_publication_is_told_to_those_who_come_late() {
    let app = App::in_memory(Arc::new(Noon)).await.unwrap();
    let task = refund(&app).await;
    call(&app, "publish_task", json!({ "task": task })).await;
    call(&app, "pause_task", json!({ "task": task })).await;
    let mut following = app.subscribe(SubscribeRequest {
        after: Some(0),
        ..SubscribeRequest::default()
    });
    let mut publications = Vec::new();
    while let Ok(Some(message)) = timeout(Duration::from_millis(200), following.recv()).await {
        let message = serde_json::to_value(message).unwrap();
        if message["type"] == "publication" {
            publications.push(message["task"].clone());
        }
    }
    let workflow = json!("workflow_default");
    assert_eq!(
        publications,
        [workflow, task],
        "each once, for it stands as it stands now; the workflow is on from the beginning"
    );
}

#[tokio::test]
async fn who_follows_documents_only_hears_nothing_of_conversations() {
    let app = App::in_memory(Arc::new(Noon)).await.unwrap();
    let task = refund(&app).await;
    let mut now = app.subscribe(serde_json::from_value(json!({"documents_only": true})).unwrap());
    call(
        &app,
        "start_preview",
        json!({ "task": task, "from_the_start": false, "calls": "sample" }),
    )
    .await;
    call(&app, "publish_task", json!({ "task": task })).await;
    let mut later = app.subscribe(serde_json::from_value(json!({"documents_only": true, "after": 0})).unwrap());
    for following in [&mut now, &mut later] {
        let mut kinds = Vec::new();
        while let Ok(Some(message)) = timeout(Duration::from_millis(200), following.recv()).await {
            let message = serde_json::to_value(message).unwrap();
            kinds.push(message["type"].as_str().unwrap().to_owned());
        }
        assert!(!kinds.contains(&"events".to_owned()), "{kinds:?}");
        assert!(kinds.contains(&"publication".to_owned()), "{kinds:?}");
    }
}

#[tokio::test]
async fn undo_and_redo_are_seen_at_once() {
    let app = App::in_memory(Arc::new(Noon)).await.unwrap();
    let task = refund(&app).await;
    let title = |view: &Json| view["task"]["title"].as_str().unwrap().to_owned();
    let view = call(&app, "read_task", json!({ "task": task })).await;
    let before = title(&view);
    let change = json!({ "type": "set", "path": "/title", "before": before, "after": "Else" });
    let edit = json!({
        "document": task,
        "edit": { "label": "Renamed", "changes": [{ "document": task, "change": change }] },
        "base_version": view["version"],
    });
    call(&app, "save_edit", edit).await;
    for (command, expected) in [("undo", before.as_str()), ("redo", "Else"), ("undo", before.as_str())] {
        call(&app, command, json!({ "document": task })).await;
        let view = call(&app, "read_task", json!({ "task": task })).await;
        assert_eq!(title(&view), expected, "after {command}");
    }
}

#[tokio::test]
async fn who_begins_to_follow_a_conversation_is_first_told_to_read_it() {
    let app = App::in_memory(Arc::new(Noon)).await.unwrap();
    let request = serde_json::from_value(json!({"conversation": "conversation_1"})).unwrap();
    let first = app.subscribe(request).recv().await;
    assert!(
        matches!(first, Some(WorkspaceMessage::Reread { .. })),
        "what was committed while the request was on its way must not be missed, but: {first:?}"
    );
}

//! A picture on its way from the customer to the system that an action calls, byte for byte.

#![cfg(test)]

use std::sync::Arc;

use demo_service::{DemoService, Options, Running};
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

/// A picture with every byte there is, line breaks and what looks like the line between parts among them.
fn picture() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend((0..=255_u8).cycle().take(70_000));
    bytes.extend_from_slice(b"\r\n--boundary--\r\nContent-Disposition: form-data; name=\"photo\"\r\n\r\n");
    bytes
}

/// Replaces a document by another one, as an editor would.
async fn set(app: &App, document: &str, version: &Json, path: &str, before: &Json, after: Json) {
    let change = json!({"type": "set", "path": path, "before": before, "after": after});
    let edit = json!({"label": "", "changes": [{"document": document, "change": change}]});
    let args = json!({"document": document, "base_version": version, "edit": edit});
    call(app, "save_edit", args).await;
}

/// An action that sends a photo in this body, and a task that asks for one and sends it.
async fn task(app: &App, shop: &Running, body: Json) -> Json {
    let action = call(app, "create_action", json!({"name": "Upload photo"})).await["id"].clone();
    let id = action.as_str().unwrap();
    let view = call(app, "read_action", json!({"action": action})).await;
    let input = json!([{"key": "photo", "name": "", "kind": {"type": "image"}, "from": {"type": "same_name"}, "accepts": "anyone"}]);
    set(app, id, &view["version"], "/inputs", &view["action"]["inputs"], input).await;
    let view = call(app, "read_action", json!({"action": action})).await;
    let request =
        json!({"method": "POST", "path": "/photos", "body": body, "timeout_ms": 15000, "max_bytes": 1_048_576});
    set(app, id, &view["version"], "/request", &Json::Null, request).await;
    let args = json!({"actions": [action], "addresses": {"live": shop.base_url()}, "inside": {"live": true}});
    call(app, "save_connections", args).await;

    let task = call(app, "create_task", json!({"title": "Report damage"})).await["id"].clone();
    let view = call(app, "read_task", json!({"task": task})).await;
    let id = task.as_str().unwrap();
    let photo = json!([{"id": "attribute_photo", "key": "photo", "name": "photo", "kind": {"type": "image"}}]);
    set(
        app,
        id,
        &view["version"],
        "/attributes",
        &view["task"]["attributes"],
        photo,
    )
    .await;
    let view = call(app, "read_task", json!({"task": task})).await;
    let blocks = json!([
        {"id": "block_damage", "name": "", "type": "instructions", "text": "Ask for the {photo}."},
        {"id": "block_upload", "name": "", "type": "run_action", "action": action},
    ]);
    set(app, id, &view["version"], "/blocks", &view["task"]["blocks"], blocks).await;
    task
}

async fn log(app: &App, conversation: &Json) -> Vec<Json> {
    let args = json!({"conversation": conversation, "from": 1, "limit": 500});
    call(app, "read_log", args).await["events"].as_array().unwrap().clone()
}

/// Talks until the picture is asked for, and attaches it.
async fn report(app: &App, task: &Json, bytes: Vec<u8>) -> Vec<Json> {
    let start = json!({"task": task, "from_the_start": false, "calls": "live"});
    let conversation = call(app, "start_preview", start).await["conversation"].clone();
    call(
        app,
        "start_task_anyway",
        json!({"conversation": conversation, "task": task}),
    )
    .await;
    let file = app.put_file(bytes, "box.png").await.unwrap();
    let args = json!({"conversation": conversation, "file": file, "name": "box"});
    call(app, "attach_file", args).await;
    log(app, &conversation).await
}

async fn arrived(body: Json) -> Vec<Json> {
    let shop = DemoService::start(Options::default()).await.unwrap();
    let app = App::in_memory(Arc::new(Noon)).await.unwrap();
    let task = task(&app, &shop, body).await;
    let log = report(&app, &task, picture()).await;
    let succeeded = log.iter().any(|event| event["kind"] == "action_succeeded");
    assert!(succeeded, "the service took it: {log:#?}");
    let attached = log.iter().find(|event| event["kind"] == "file_attached").unwrap();
    assert_eq!(attached["name"], "box.png", "a picture is known for one by its name");
    let photo = log.iter().find(|event| event["kind"] == "attribute_set").unwrap();
    assert_eq!(
        photo["to"]["value"],
        json!({"file": attached["file"], "name": "box.png"}),
        "the value says what it is called: {photo:#}"
    );
    let id = attached["file"]
        .as_str()
        .unwrap()
        .trim_start_matches("file_")
        .to_owned();
    let kept = reqwest::Client::builder().no_proxy().build().unwrap();
    let kept = kept
        .get(format!("{}/photos/{id}", shop.base_url()))
        .send()
        .await
        .unwrap();
    assert_eq!(kept.status().as_u16(), 200, "under the hash of its bytes");
    assert!(kept.bytes().await.unwrap() == picture(), "byte for byte");
    log
}

#[tokio::test]
async fn a_picture_arrives_byte_for_byte_as_a_part() {
    let part = json!({"type": "file", "name": "photo", "input": "photo"});
    arrived(json!({"type": "multipart", "parts": [part]})).await;
}

#[tokio::test]
async fn a_picture_arrives_byte_for_byte_in_base64() {
    arrived(json!({"type": "json", "json": {"data": "{photo}"}})).await;
}

#[tokio::test]
async fn a_program_that_is_called_a_picture_is_refused_and_never_reaches_the_conversation() {
    let shop = DemoService::start(Options::default()).await.unwrap();
    let app = App::in_memory(Arc::new(Noon)).await.unwrap();
    let task = task(&app, &shop, json!({"type": "json", "json": {"data": "{photo}"}})).await;
    let start = json!({"task": task, "from_the_start": false, "calls": "live"});
    let conversation = call(&app, "start_preview", start).await["conversation"].clone();
    let program = std::fs::read(std::env::current_exe().unwrap()).unwrap();
    let program = program[..program.len().min(1 << 20)].to_vec();
    let file = app.put_file(program, "photo.png").await.unwrap();
    let args = json!({"conversation": conversation, "file": file, "name": "photo.png"});
    let refused = app.call("test", "attach_file", args).await.unwrap_err();
    assert!(
        refused
            .message
            .starts_with("“photo.png” is no picture: inside it is a program."),
        "it is said why: {refused}"
    );
    let log = log(&app, &conversation).await;
    assert!(
        log.iter().all(|event| event["kind"] != "file_attached"),
        "nothing came of it"
    );
    let unknown = json!({"conversation": conversation, "file": "file_none", "name": "photo.png"});
    let refused = app.call("test", "attach_file", unknown).await.unwrap_err();
    assert!(
        refused.message.contains("This file"),
        "nor of one that is not there: {refused}"
    );
}

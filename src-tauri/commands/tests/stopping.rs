//! Stopping a preview ends the call that is out, at once.

#![cfg(test)]

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value as Json, json};
use taskwright_commands::App;
use taskwright_engine::Clock;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;
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

/// The row of a list whose field holds these words.
async fn row(app: &App, list: &str, field: &str, words: &str) -> Json {
    let rows = call(app, list, json!({})).await;
    let found = rows.as_array().unwrap().iter().find(|row| row[field] == words);
    found.expect("the sample is there").clone()
}

#[tokio::test]
async fn a_call_that_is_out_ends_when_its_preview_is_stopped() {
    let app = App::in_memory(Arc::new(Noon)).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let action = row(&app, "list_actions", "name", "Get order").await["id"].clone();
    let addresses = json!({"actions": [action], "addresses": {"live": address}, "inside": {"live": true}});
    call(&app, "save_connections", addresses).await;
    let task = row(&app, "list_tasks", "title", "Refund or cancel an order").await["id"].clone();
    let start = json!({"task": task, "from_the_start": false, "calls": "live"});
    let conversation = call(&app, "start_preview", start).await["conversation"].clone();

    let said = json!({"conversation": conversation, "text": "I want a refund for order 4512"});
    let saying = tokio::spawn({
        let app = app.clone();
        async move { app.call("test", "say", said).await }
    });
    let (mut caller, _) = timeout(Duration::from_secs(10), listener.accept())
        .await
        .unwrap()
        .unwrap();
    let mut request = [0_u8; 4096];
    let read = caller.read(&mut request).await.unwrap();
    assert!(request[..read].starts_with(b"GET /orders/4512"), "the call is out");

    call(&app, "stop_preview", json!({"conversation": conversation})).await;
    let gone = timeout(Duration::from_secs(5), caller.read(&mut request)).await;
    assert!(
        matches!(gone, Ok(Ok(0) | Err(_))),
        "its receiver sees the caller go: {gone:?}"
    );
    let said = timeout(Duration::from_secs(5), saying).await.unwrap().unwrap();
    assert!(said.is_ok(), "what was said is taken all the same: {said:?}");
    let log = call(&app, "read_log", json!({"conversation": conversation, "limit": 50})).await;
    let last = log["events"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["kind"], "stopped", "nothing comes after: {last}");
}

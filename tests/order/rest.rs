//! Where the quiet run learns that a conversation is at rest: nothing is worked out in it, and it waits for its customer. A
//! time in which nothing comes tells nothing, for a busy machine takes longer than any.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use serde_json::{Value, json};
use taskwright_commands::{App, SubscribeRequest};
use taskwright_domain::ConversationId;
use tokio::net::TcpListener;

/// Answers how much a conversation has to tell once it is at rest; its address.
pub(crate) async fn open(app: App) -> String {
    let router = Router::new().route("/{conversation}", get(rest)).with_state(app);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

async fn rest(State(app): State<App>, Path(conversation): Path<String>) -> String {
    let mut following = app.subscribe(SubscribeRequest {
        conversation: Some(ConversationId(conversation.clone())),
        ..SubscribeRequest::default()
    });
    let mut log = Vec::new();
    loop {
        let args = json!({"conversation": conversation, "from": log.len() + 1, "limit": 500});
        let mut page = app.call("test", "read_log", args).await.unwrap();
        log.append(page["events"].as_array_mut().unwrap());
        if page["total"] == log.len() && is_at_rest(&log) {
            return log.iter().filter(|event| is_told(event)).count().to_string();
        }
        if page["total"] == log.len() {
            following.recv().await.unwrap();
        }
    }
}

/// Its silence is watched, it is over, or people have taken over, who let the assistant say nothing more.
fn is_at_rest(log: &[Value]) -> bool {
    let last = log.last().map(|event| &event["kind"]);
    last.is_some_and(|kind| kind == "idle_limit_set" || kind == "workflow_finished")
        || log.iter().any(|event| event["kind"] == "handed_off")
}

/// Whether the product is told of it, beside that somebody types.
fn is_told(event: &Value) -> bool {
    const TOLD: [&str; 8] = [
        "said",
        "options_offered",
        "attributes_requested",
        "resolution_changed",
        "customer_idle",
        "note_added",
        "tags_updated",
        "workflow_finished",
    ];
    event["kind"].as_str().is_some_and(|kind| TOLD.contains(&kind))
}

//! Customers of the three samples, one behind the other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value as Json, json};
use taskwright_commands::{App, Options, SubscribeRequest};

use crate::runs::spread;

pub(crate) const FOLDER: &str = "TASKWRIGHT_CHAOS_FOLDER";
pub(crate) const LINE: &str = "TASKWRIGHT_CHAOS_LINE";
pub(crate) const RUN: &str = "TASKWRIGHT_CHAOS_RUN";

/// The logs of conversations, by their ids.
pub(crate) type Logs = BTreeMap<String, Vec<Json>>;

/// What a customer writes; the mark stands for the webhook they wait for.
const WEBHOOK: &str = "<the link is followed>";

const ORDERS: [&str; 4] = ["4512", "4970", "4980", "4900"];

fn wishes(number: u64) -> (&'static str, Vec<&'static str>) {
    let order = ORDERS[usize::try_from(spread(number, 4)).unwrap()];
    match number % 3 {
        0 => (
            "task_refund_or_cancel",
            vec!["I want a refund for my order", order, "the full amount", "yes please"],
        ),
        1 => (
            "task_change_details",
            vec![
                "I have moved, can you change my address?",
                "maya.lindqvist@example.com",
                WEBHOOK,
                "3 Mill Lane, Cork T12 A1B2",
                "yes",
            ],
        ),
        _ => (
            "task_troubleshooting",
            vec![
                "The app keeps crashing",
                "S-20418",
                "an iPhone",
                "no",
                "no",
                "no",
                "maya.lindqvist@example.com",
                "It closes whenever I upload a photo.",
                "urgent",
            ],
        ),
    }
}

async fn open(folder: &Path) -> App {
    let options = Options {
        data_dir: folder.to_owned(),
        program: "the test".to_owned(),
        max_pages: None,
    };
    App::open(options).await.unwrap()
}

async fn call(app: &App, name: &str, args: Json) -> Json {
    app.call("test", name, args).await.unwrap()
}

/// Confirms the line as the live system of every action.
async fn connect(app: &App, address: &str) {
    let rows = call(app, "list_connections", json!({})).await;
    let actions: Vec<_> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["action"].clone())
        .collect();
    let args = json!({"actions": actions, "addresses": {"live": address}, "inside": {"live": true}});
    call(app, "save_connections", args).await;
}

async fn log(app: &App, conversation: &str) -> Vec<Json> {
    let args = json!({"conversation": conversation, "from": 1, "limit": 500});
    call(app, "read_log", args).await["events"].as_array().unwrap().clone()
}

/// Chats for ever, and tells what was begun.
#[tokio::test]
#[ignore = "run by the test above, to be killed"]
async fn chats_until_it_is_killed() {
    let folder = std::env::var_os(FOLDER).unwrap();
    let app = open(folder.as_ref()).await;
    connect(&app, &std::env::var(LINE).unwrap()).await;
    let run: u64 = std::env::var(RUN).unwrap().parse().unwrap();
    for chat in 0.. {
        let (task, texts) = wishes(run * 7 + chat);
        let args = json!({"task": task, "from_the_start": false, "calls": "live"});
        let conversation = call(&app, "start_preview", args).await["conversation"].clone();
        let id = conversation.as_str().unwrap().to_owned();
        println!("\ntold chat {id} .");
        for text in texts {
            let said = if text == WEBHOOK {
                follow_the_link(&app, &id).await
            } else {
                let args = json!({"conversation": conversation, "text": text});
                app.call("test", "say", args).await.is_ok()
            };
            println!("\ntold turn .");
            if !said {
                // People have taken over.
                break;
            }
        }
    }
}

/// The checking service calls back, if somebody waits for it.
async fn follow_the_link(app: &App, conversation: &str) -> bool {
    let log = log(app, conversation).await;
    let waits = log.iter().rfind(|event| event["kind"] == "webhook_awaited");
    let begun = log.iter().rfind(|event| event["kind"] == "action_succeeded");
    let (Some(waits), Some(begun)) = (waits, begun) else {
        return false;
    };
    let told = begun["fields"].to_string();
    let Some(check) = told.split('"').find(|word| word.starts_with("V-")) else {
        return false;
    };
    let body = json!({"data": {"check_id": check, "status": "passed", "name": "Maya Lindqvist"}});
    let args = json!({"conversation": conversation, "block": waits["place"]["block"], "body": body});
    app.call("test", "send_webhook", args).await.is_ok()
}

/// The logs once every call that was begun has its end.
pub(crate) async fn settled(folder: &Path, conversations: &BTreeSet<String>) -> Logs {
    let app = open(folder).await;
    let mut logs = Logs::new();
    for conversation in conversations {
        let request: SubscribeRequest = serde_json::from_value(json!({"conversation": conversation})).unwrap();
        let mut following = app.subscribe(request);
        let settled = loop {
            let log = log(&app, conversation).await;
            if calls_out(&log) == 0 {
                break log;
            }
            following.recv().await.unwrap();
        };
        logs.insert(conversation.clone(), settled);
    }
    app.close().await.unwrap();
    logs
}

fn calls_out(log: &[Json]) -> usize {
    let count = |kinds: &[&str]| {
        let of_kind = log
            .iter()
            .filter(|event| kinds.contains(&event["kind"].as_str().unwrap_or_default()));
        of_kind.count()
    };
    count(&["action_started"]) - count(&["action_succeeded", "action_failed", "action_unresolved"])
}

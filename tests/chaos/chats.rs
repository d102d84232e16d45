//! Customers of the three samples, one behind the other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Value as Json, json};
use taskwright_tests::{Opened, spread};

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

/// Chats for ever, and tells what was begun.
#[tokio::test]
#[ignore = "run by the test above, to be killed"]
async fn chats_until_it_is_killed() {
    let folder = std::env::var_os(FOLDER).unwrap();
    let opened = Opened::at(folder.as_ref()).await.unwrap();
    opened.connect(&std::env::var(LINE).unwrap()).await.unwrap();
    let run: u64 = std::env::var(RUN).unwrap().parse().unwrap();
    for chat in 0.. {
        let (task, texts) = wishes(run * 7 + chat);
        let conversation = opened.start_live(task).await.unwrap();
        println!("\ntold chat {conversation} .");
        for text in texts {
            let said = if text == WEBHOOK {
                follow_the_link(&opened, &conversation).await
            } else {
                let args = json!({"conversation": conversation, "text": text});
                opened.call("say", args).await.is_ok()
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
async fn follow_the_link(opened: &Opened, conversation: &str) -> bool {
    let log = opened.log(conversation).await.unwrap();
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
    opened.call("send_webhook", args).await.is_ok()
}

/// The logs once every call that was begun has its end.
pub(crate) async fn settled(folder: &Path, conversations: &BTreeSet<String>) -> Logs {
    let opened = Opened::at(folder).await.unwrap();
    let mut logs = Logs::new();
    for conversation in conversations {
        logs.insert(conversation.clone(), opened.settled(conversation).await.unwrap());
    }
    opened.0.close().await.unwrap();
    logs
}

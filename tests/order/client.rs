//! A customer of a product: sends one event, and the next one once the expected reply is there.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use crate::product::Product;
use crate::systems::ORDERS;

/// Events of each conversation.
pub(crate) const EVENTS: usize = 20;

/// How much each conversation was told after each of its events, in a quiet run.
pub(crate) type Expected = BTreeMap<String, Vec<usize>>;

pub(crate) struct Client {
    pub(crate) base: String,
    pub(crate) key: String,
    pub(crate) product: Product,
    /// Where a conversation is said to be at rest.
    pub(crate) rest: String,
    /// What is expected; none in the quiet run, which finds it out.
    pub(crate) expected: Option<Arc<Expected>>,
    pub(crate) sent: Arc<AtomicU64>,
}

impl Client {
    /// A conversation from its beginning to its last event; how much was told after each.
    pub(crate) async fn talk(&self, number: usize) -> (String, Vec<usize>) {
        let http = reqwest::Client::builder().build().unwrap();
        let conversation = format!("conversation-{number}");
        let mut told = Vec::new();
        for event in 0..EVENTS {
            let (call, more) = what(number, event);
            let mut body = json!({
                "event_id": format!("{conversation}-{event}"), "external_conversation_id": conversation,
                "contact": {"type": "user", "external_id": format!("user-{number}"), "name": "Ada"},
            });
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            let ours = self.send(&http, call, &body).await;
            if self.expected.is_some() && (number + event).is_multiple_of(3) {
                // Its answer was lost on the way: it is sent again.
                self.send(&http, call, &body).await;
            }
            self.sent.fetch_add(1, Ordering::Relaxed);
            let wanted = match &self.expected {
                None => self.rests(&http, &ours).await,
                Some(expected) => expected[&conversation][event],
            };
            self.product.reaches(&conversation, wanted).await;
            told.push(wanted);
        }
        (conversation, told)
    }

    /// How much a conversation has to tell once nothing is worked out in it any more.
    async fn rests(&self, http: &reqwest::Client, conversation: &str) -> usize {
        let answer = http.get(format!("{}/{conversation}", self.rest)).send().await.unwrap();
        answer.text().await.unwrap().parse().unwrap()
    }

    /// Sends until the program has answered that it is taken; the program's own id of the conversation.
    async fn send(&self, http: &reqwest::Client, call: &str, body: &Value) -> String {
        let url = format!("{}/custom_channel_events/{call}", self.base);
        loop {
            let sent = http.post(&url).bearer_auth(&self.key).body(body.to_string());
            match sent.send().await {
                Ok(answer) if answer.status() == 200 => {
                    // An answer that breaks off is asked for again.
                    if let Ok(text) = answer.text().await {
                        let taken: Value = serde_json::from_str(&text).unwrap();
                        return taken["conversation_id"].as_str().unwrap().to_owned();
                    }
                }
                Ok(answer) if answer.status().is_client_error() => {
                    let status = answer.status();
                    panic!("{body} is answered {status}: {:?}", answer.text().await);
                }
                // It is down, or its answer broke off: the same event again.
                _ => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }
}

/// The call, and what it holds: changes of mind and a cancellation at systems that only take their time, each customer
/// beginning elsewhere; then a refund of an order of their own, at systems some of which fail, after which people take over.
fn what(number: usize, event: usize) -> (&'static str, Value) {
    if event == 0 {
        return ("notify_new_conversation", json!({}));
    }
    let order = ORDERS[number % ORDERS.len()];
    let refund = format!("I want a refund for order {order}");
    let mut words = [
        "hello",
        "Please cancel my order",
        "4900",
        "no",
        "thanks",
        "I want to cancel order 4900",
        "yes",
        "thanks",
        "Please cancel my order",
        "no, leave it",
        &refund,
        "the full amount",
        "yes please",
        "thanks",
        "hello",
        "Please cancel my order",
        "4900",
        "yes",
        "thanks, goodbye",
    ];
    words[..10].rotate_left(number / ORDERS.len() % 10);
    (
        "notify_new_message",
        json!({ "body": words[(event - 1) % words.len()] }),
    )
}

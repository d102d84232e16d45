//! The demo service as the live system that a chat's actions call.

use std::collections::BTreeMap;
use std::sync::Arc;

use demo_service::{DemoService, Options, Running};
use serde_json::{Value as Json, json};
use taskwright_connect::{Client, Connection};
use taskwright_domain::{Action, ActionResult, ConversationId};
use taskwright_engine::{ActionCall, Actions, BoxFuture};

/// The day its orders are relative to.
const TODAY: &str = "2026-11-21";

/// A shop of one chat's own, which answers over HTTP on this machine.
pub(crate) struct Shop {
    running: Running,
    http: reqwest::Client,
}

impl Shop {
    pub(crate) async fn open(http: &reqwest::Client) -> Self {
        let options = Options {
            today: Some(TODAY.to_owned()),
            ..Options::default()
        };
        Self {
            running: DemoService::start(options).await.unwrap(),
            http: http.clone(),
        }
    }

    /// What calls its actions.
    pub(crate) fn line(&self, client: &Client) -> Arc<dyn Actions> {
        Arc::new(Line {
            client: client.clone(),
            connection: Connection {
                base_url: self.running.base_url(),
                secrets: BTreeMap::new(),
                allow_private: true,
            },
        })
    }

    /// The customer follows the link of their identity check; what the checking service then sends to whoever waits.
    pub(crate) async fn pass_check(&self, check: &str) -> Result<Json, String> {
        let url = format!("{}/identity_checks/{check}/complete", self.running.base_url());
        let passed = json!({"status": "passed", "name": "Maya Lindqvist"});
        let request = self.http.post(url).body(passed.to_string());
        let answer = request.send().await.and_then(reqwest::Response::error_for_status);
        let answer = answer.map_err(|error| error.to_string())?;
        let text = answer.text().await.map_err(|error| error.to_string())?;
        let mut answer: Json = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        Ok(answer["body"].take())
    }

    /// Every change that was made: its kind, what was changed, and the body of the request.
    pub(crate) fn changes(&self) -> Vec<(String, String, Json)> {
        let entries = self.running.ledger().entries().unwrap();
        entries
            .into_iter()
            .map(|entry| (entry.kind, entry.subject, entry.body))
            .collect()
    }
}

/// Calls every action at one shop.
struct Line {
    client: Client,
    connection: Connection,
}

impl Actions for Line {
    fn call(&self, call: ActionCall) -> BoxFuture<'_, ActionResult> {
        Box::pin(async move { self.client.call(&call, &self.connection).await })
    }

    fn chosen_stub(&self, _: &ConversationId, _: &Action) -> Option<String> {
        None
    }
}

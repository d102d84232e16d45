//! The demo service as the live system that a chat's actions call.

use std::sync::Arc;

use demo_service::{DemoService, Entry, LedgerError, Options, Running, StartError};
use reqwest::Method;
use serde_json::{Value as Json, json};
use taskwright_connect::{Client, Connection};
use taskwright_domain::{Action, ActionResult, ConversationId};
use taskwright_engine::{ActionCall, Actions, BoxFuture};

/// The day its orders are relative to.
const TODAY: &str = "2026-11-21";

/// A shop of one chat's own, which answers over HTTP on this machine.
pub struct Shop {
    running: Running,
    http: reqwest::Client,
}

/// What comes of an identity check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckEnd {
    /// The person is who they say.
    Passed,
    /// They are not.
    Failed,
    /// Nobody can tell.
    Inconclusive,
}

impl CheckEnd {
    const fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Inconclusive => "inconclusive",
        }
    }
}

impl Shop {
    /// A shop that refuses what does not fit.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn open(http: &reqwest::Client) -> Result<Self, StartError> {
        Self::start(http, false).await
    }

    /// A shop that pays whatever it is told: nothing but the caller's own rules is in the way.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn trusting(http: &reqwest::Client) -> Result<Self, StartError> {
        Self::start(http, true).await
    }

    async fn start(http: &reqwest::Client, trusting: bool) -> Result<Self, StartError> {
        let options = Options {
            today: Some(TODAY.to_owned()),
            trusting,
            ..Options::default()
        };
        Ok(Self {
            running: DemoService::start(options).await?,
            http: http.clone(),
        })
    }

    /// What calls its actions.
    #[must_use]
    pub fn line(&self, client: &Client) -> Arc<dyn Actions> {
        Arc::new(Line {
            client: client.clone(),
            connection: Connection::confirmed(self.running.base_url()),
        })
    }

    /// The customer follows the link of their identity check; what the checking service then sends to whoever waits.
    ///
    /// # Errors
    /// When the service does not take it.
    pub async fn end_check(&self, check: &str, end: CheckEnd, name: &str) -> Result<Json, String> {
        let path = format!("/identity_checks/{check}/complete");
        let mut answer = self
            .ask(Method::POST, &path, Some(json!({"status": end.word(), "name": name})))
            .await?;
        Ok(answer["body"].take())
    }

    /// The shop's own systems go down.
    ///
    /// # Errors
    /// When the service does not take it.
    pub async fn go_down(&self) -> Result<(), String> {
        let outage = json!({"status": "outage", "message": "Uploads are down."});
        self.ask(Method::PUT, "/status", Some(outage)).await.map(|_| ())
    }

    /// What the shop knows of something, as anybody may look it up.
    ///
    /// # Errors
    /// When it knows nothing of it.
    pub async fn look_up(&self, path: &str) -> Result<Json, String> {
        self.ask(Method::GET, path, None).await
    }

    async fn ask(&self, method: Method, path: &str, body: Option<Json>) -> Result<Json, String> {
        let url = format!("{}{path}", self.running.base_url());
        let mut request = self.http.request(method, url);
        if let Some(body) = body {
            request = request.body(body.to_string());
        }
        let answer = request.send().await.and_then(reqwest::Response::error_for_status);
        let text = answer.map_err(|error| error.to_string())?.text().await;
        let text = text.map_err(|error| error.to_string())?;
        serde_json::from_str(&text).map_err(|error| error.to_string())
    }

    /// Takes no more requests: whoever calls finds nobody there.
    pub async fn close(self) {
        self.running.stop().await;
    }

    /// Every change that was really made, in order.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn changes(&self) -> Result<Vec<Entry>, LedgerError> {
        self.running.ledger().entries()
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

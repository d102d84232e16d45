//! A workspace with its channel on, and what a product does with it.

use std::path::Path;
use std::time::Duration;

use reqwest::{Client, Response};
use serde_json::{Value, json};
use taskwright_channel::{Patience as Waiting, Supervisor, supervise_with};
use taskwright_commands::channel::Patience;
use taskwright_commands::{App, Options};
use tempfile::TempDir;

use crate::shop::Shop;

/// A program that runs, and the product that it tells.
pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) http: Client,
    pub(crate) base: String,
    pub(crate) key: String,
    pub(crate) shop: Shop,
    supervisor: Supervisor,
    folder: TempDir,
}

/// What an event was answered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) replayed: bool,
    pub(crate) request: String,
    pub(crate) body: Value,
}

impl House {
    /// Opens a new workspace with its channel on.
    pub(crate) async fn open() -> Self {
        Self::open_with(Waiting::default()).await
    }

    /// The same, with a server that has so much patience.
    pub(crate) async fn open_with(waiting: Waiting) -> Self {
        let shop = Shop::open().await;
        let folder = tempfile::tempdir().unwrap();
        let (app, supervisor, base) = start(folder.path(), waiting).await;
        let mut house = Self {
            app,
            http: Client::builder().build().unwrap(),
            base,
            key: String::new(),
            shop,
            supervisor,
            folder,
        };
        house.key = house.make_key().await;
        let url = house.shop.url.clone();
        house.set_up(true, Some(&url)).await;
        house
    }

    /// Ends the program and opens the workspace again.
    pub(crate) async fn again(self) -> Self {
        let Self {
            app,
            http,
            key,
            shop,
            supervisor,
            folder,
            ..
        } = self;
        supervisor.stop().await;
        app.close().await.unwrap();
        drop(app);
        let (app, supervisor, base) = start(folder.path(), Waiting::default()).await;
        Self {
            app,
            http,
            base,
            key,
            shop,
            supervisor,
            folder,
        }
    }

    /// Ends the program; the workspace stays as long as what is given back.
    pub(crate) async fn close(self) -> TempDir {
        self.supervisor.stop().await;
        self.app.close().await.unwrap();
        self.folder
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) async fn call(&self, name: &str, args: Value) -> Value {
        self.app.call("test", name, args).await.unwrap()
    }

    pub(crate) async fn make_key(&self) -> String {
        let made = self.call("make_channel_key", json!({})).await;
        made["key"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn set_up(&self, on: bool, callback_url: Option<&str>) {
        let args = json!({"on": on, "callback_url": callback_url, "calls": "sample"});
        self.call("save_channel", args).await;
    }

    pub(crate) async fn channel(&self) -> Value {
        self.call("read_channel", json!({})).await
    }

    /// Sends an event as it is, with this key.
    pub(crate) async fn post(&self, call: &str, key: Option<&str>, body: String) -> Answer {
        let url = format!("{}/custom_channel_events/{call}", self.base);
        let mut request = self
            .http
            .post(url)
            .header("content-type", "application/json")
            .body(body);
        if let Some(key) = key {
            request = request.bearer_auth(key);
        }
        Answer::of(request.send().await.unwrap()).await
    }

    /// Sends an event of a conversation.
    pub(crate) async fn send(&self, call: &str, event: &str, conversation: &str, more: Value) -> Answer {
        let body = event_of(event, conversation, more).to_string();
        self.post(call, Some(&self.key), body).await
    }

    /// Begins a conversation.
    pub(crate) async fn begin(&self, conversation: &str) -> Answer {
        let event = format!("{conversation}-begins");
        self.send("notify_new_conversation", &event, conversation, json!({}))
            .await
    }

    /// Says something in it.
    pub(crate) async fn say(&self, event: &str, conversation: &str, text: &str) -> Answer {
        self.send("notify_new_message", event, conversation, json!({"body": text}))
            .await
    }

    /// The log of a conversation.
    pub(crate) async fn log(&self, conversation: &str) -> Vec<Value> {
        let args = json!({"conversation": conversation, "from": 1, "limit": 500});
        self.call("read_log", args).await["events"].as_array().unwrap().clone()
    }
}

/// An event of a conversation.
pub(crate) fn event_of(event: &str, conversation: &str, more: Value) -> Value {
    let mut body = json!({
        "event_id": event, "external_conversation_id": conversation,
        "contact": {"type": "user", "external_id": "user_1", "name": "Ada", "email": "ada@example.com"},
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

async fn start(folder: &Path, waiting: Waiting) -> (App, Supervisor, String) {
    let options = Options {
        data_dir: folder.to_owned(),
        program: "a test".to_owned(),
        max_pages: None,
    };
    let app = App::open(options).await.unwrap();
    app.set_channel_patience(Patience {
        first: Duration::from_millis(10),
        ..Patience::default()
    });
    app.webhooks().use_port(0);
    let supervisor = supervise_with(app.clone(), waiting);
    loop {
        // Whoever asks for an address needs the server.
        let asked = app
            .call("test", "webhook_address", json!({"block": "block_none"}))
            .await;
        if let Some(base) = asked.unwrap()["server"]["base_url"].as_str() {
            return (app, supervisor, base.to_owned());
        }
        tokio::task::yield_now().await;
    }
}

impl Answer {
    pub(crate) async fn of(response: Response) -> Self {
        let header = |name: &str| {
            let value = response.headers().get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        Self {
            status: response.status().as_u16(),
            replayed: header("idempotent-replayed") == "true",
            request: header("x-request-id"),
            body: serde_json::from_str(&response.text().await.unwrap()).unwrap_or(Value::Null),
        }
    }

    /// The code of the first error, and its field.
    pub(crate) fn error(&self) -> (&str, &str) {
        let error = &self.body["errors"][0];
        (
            error["code"].as_str().unwrap_or_default(),
            error["field"].as_str().unwrap_or_default(),
        )
    }
}

//! A workspace on disk with its server for webhooks, and a task that waits for calls.

use std::path::Path;
use std::time::Duration;

use reqwest::{Client, Response};
use serde_json::{Value, json};
use taskwright_channel::{Patience, Supervisor, supervise_with};
use taskwright_commands::webhooks::ServerState;
use taskwright_commands::{App, Options, SubscribeRequest};

/// The wait for a payment, and the one after it.
pub(crate) const PAYMENT: &str = "block_payment";
pub(crate) const DELIVERY: &str = "block_delivery";

/// A program that runs.
pub(crate) struct House {
    pub(crate) app: App,
    pub(crate) http: Client,
    pub(crate) base: String,
    supervisor: Supervisor,
}

/// What a caller was answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) replayed: bool,
    pub(crate) request: String,
    pub(crate) body: Value,
}

impl House {
    /// Opens the workspace of a folder, and waits until its server listens.
    pub(crate) async fn open(folder: &Path) -> Self {
        Self::open_with(folder, Patience::default()).await
    }

    /// The same, with a server that has so much patience.
    pub(crate) async fn open_with(folder: &Path, patience: Patience) -> Self {
        let options = Options {
            data_dir: folder.to_owned(),
            program: "a test".to_owned(),
            max_pages: None,
        };
        let app = App::open(options).await.unwrap();
        app.webhooks().use_port(0);
        let supervisor = supervise_with(app.clone(), patience);
        let mut house = Self {
            app,
            http: Client::builder().build().unwrap(),
            base: String::new(),
            supervisor,
        };
        house.base = house.listens().await;
        house
    }

    async fn listens(&self) -> String {
        loop {
            let address = self.call("webhook_address", json!({"block": PAYMENT})).await;
            if let Some(base) = address["server"]["base_url"].as_str() {
                return base.to_owned();
            }
            tokio::task::yield_now().await;
        }
    }

    /// Ends the program; the workspace stays.
    pub(crate) async fn close(self) {
        self.supervisor.stop().await;
        self.app.close().await.unwrap();
    }

    pub(crate) async fn call(&self, name: &str, args: Value) -> Value {
        self.app.call("test", name, args).await.unwrap()
    }

    /// A task that says hello, waits for a payment and then for a delivery. Each says what then happens.
    pub(crate) async fn task(&self) -> String {
        self.task_of(json!([
            { "id": "block_hello", "type": "collect_attribute", "attributes": ["nickname"] },
            {
                "id": PAYMENT, "type": "wait_for_webhook", "key": "payment", "name": "the payment",
                "example": { "amount": "79.00", "currency": "EUR", "paid": true, "card": "4111" },
                "fields": [
                    { "key": "amount", "kind": { "type": "decimal" } },
                    { "key": "paid", "kind": { "type": "boolean" } },
                    { "key": "note", "kind": { "type": "text" }, "optional": true },
                    { "key": "card", "kind": { "type": "text" }, "redacted": true },
                ],
                "limit": { "count": 30, "unit": "minutes" },
                "what_then": [{ "id": "block_late", "type": "message", "text": "The payment did not come." }],
            },
            { "id": "block_thanks", "type": "message", "text": "Paid {payment.amount}." },
            {
                "id": DELIVERY, "type": "wait_for_webhook", "key": "delivery", "name": "the delivery",
                "example": { "carrier": "Post" },
                "fields": [{ "key": "carrier", "kind": { "type": "text" } }],
                "limit": { "count": 2, "unit": "days" }, "what_then": [],
            },
            { "id": "block_sent", "type": "message", "text": "Sent by {delivery.carrier}." },
        ]))
        .await
    }

    pub(crate) async fn task_of(&self, blocks: Value) -> String {
        let task = self.call("create_task", json!({"title": "Pay"})).await["id"]
            .as_str()
            .unwrap()
            .to_owned();
        let nickname = json!([{
            "id": "attribute_nickname", "key": "nickname", "name": "nickname", "kind": { "type": "text" },
        }]);
        let view = self.call("read_task", json!({"task": task})).await;
        let set = |path: &str, after: &Value| {
            let before = view["task"][&path[1..]].clone();
            json!({"document": task, "change": {"type": "set", "path": path, "before": before, "after": after}})
        };
        let changes = [set("/blocks", &blocks), set("/attributes", &nickname)];
        let edit = json!({"label": "", "changes": changes});
        let args = json!({"document": task, "edit": edit, "base_version": view["version"]});
        self.call("save_edit", args).await;
        task
    }

    /// A conversation in which the task has begun and asks its first question.
    pub(crate) async fn begun(&self, task: &str) -> String {
        let args = json!({"task": task, "from_the_start": false, "calls": "sample"});
        let started = self.call("start_preview", args).await;
        let conversation = started["conversation"].as_str().unwrap().to_owned();
        self.call("start_task_anyway", json!({"conversation": conversation, "task": task}))
            .await;
        conversation
    }

    /// A conversation that waits for the payment.
    pub(crate) async fn waiting(&self, task: &str) -> String {
        let conversation = self.begun(task).await;
        self.call("say", json!({"conversation": conversation, "text": "Ada"}))
            .await;
        let waits = self.events(&conversation, "webhook_awaited").await;
        assert_eq!(waits.len(), 1, "it waits for the payment");
        conversation
    }

    /// The address of a block.
    pub(crate) async fn url(&self, block: &str) -> String {
        let address = self.call("webhook_address", json!({"block": block})).await;
        address["url"].as_str().unwrap().to_owned()
    }

    /// The address of the run of a conversation.
    pub(crate) async fn run_url(&self, conversation: &str) -> String {
        let args = json!({"block": PAYMENT, "conversation": conversation});
        self.call("webhook_address", args).await["run_url"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Calls back, with a key or without.
    pub(crate) async fn post(&self, url: &str, key: Option<&str>, body: &Value) -> Answer {
        self.post_text(url, key, body.to_string()).await
    }

    pub(crate) async fn post_text(&self, url: &str, key: Option<&str>, body: String) -> Answer {
        let mut request = self.http.post(url).body(body);
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        Answer::of(request.send().await.unwrap()).await
    }

    /// The payment for a conversation, to the address of its block.
    pub(crate) async fn pay(&self, conversation: &str, key: Option<&str>) -> Answer {
        let body = json!({"conversationId": conversation, "data": payment()});
        self.post(&self.url(PAYMENT).await, key, &body).await
    }

    pub(crate) async fn log(&self, conversation: &str) -> Vec<Value> {
        let args = json!({"conversation": conversation, "from": 1, "limit": 500});
        self.call("read_log", args).await["events"].as_array().unwrap().clone()
    }

    pub(crate) async fn events(&self, conversation: &str, kind: &str) -> Vec<Value> {
        let mut log = self.log(conversation).await;
        log.retain(|event| event["kind"] == kind);
        log
    }

    /// Whatever was said so far.
    pub(crate) async fn said(&self, conversation: &str) -> Vec<String> {
        let said = self.events(conversation, "said").await;
        said.iter()
            .map(|event| event["text"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Waits until these words are said.
    pub(crate) async fn hears(&self, conversation: &str, words: &str) {
        let request: SubscribeRequest = serde_json::from_value(json!({"conversation": conversation})).unwrap();
        let mut following = self.app.subscribe(request);
        while !self.said(conversation).await.iter().any(|text| text.contains(words)) {
            let news = tokio::time::timeout(Duration::from_secs(20), following.recv()).await;
            assert!(
                news.is_ok(),
                "{words:?} is never said in {:?}",
                self.said(conversation).await
            );
        }
    }

    /// Moves the clock of a conversation.
    pub(crate) async fn later(&self, conversation: &str, words: &str) {
        let to = json!({"type": "words", "text": words});
        self.call("move_time", json!({"conversation": conversation, "to": to}))
            .await;
    }

    pub(crate) async fn server(&self) -> Value {
        self.call("read_webhook_server", json!({})).await
    }
}

/// What the payment provider sends.
pub(crate) fn payment() -> Value {
    json!({"amount": 79.5, "paid": true, "card": "4111 1111", "more": {"ignored": 1}})
}

impl Answer {
    async fn of(response: Response) -> Self {
        let header = |name: &str| {
            let value = response.headers().get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        Self {
            status: response.status().as_u16(),
            replayed: header("idempotent-replayed") == "true",
            request: header("x-request-id"),
            body: serde_json::from_str(&response.text().await.unwrap()).unwrap(),
        }
    }

    /// The code of the first error.
    pub(crate) fn code(&self) -> &str {
        self.body["errors"][0]["code"].as_str().unwrap_or_default()
    }
}

/// That a server that cannot listen says so.
#[tokio::test]
async fn the_server_says_why_it_does_not_listen_and_moves_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path()).await;
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port();
    house.app.webhooks().use_port(port);
    let state = loop {
        let server = house.server().await;
        if server["state"]["type"] == "failed" {
            break server;
        }
        tokio::task::yield_now().await;
    };
    let why = state["state"]["why"].as_str().unwrap();
    assert!(why.contains(&port.to_string()) && why.contains("Settings"), "{why}");
    house.app.webhooks().use_port(0);
    while house.server().await["state"] != json!({"type": "listening", "url": house.server().await["base_url"]}) {
        tokio::task::yield_now().await;
    }
    assert!(house.server().await["local_only"].as_bool().unwrap());
    let settings = json!({"port": 0, "open_to_network": false, "public_url": "https://hooks.example.com/"});
    house.call("save_webhook_server", json!({"settings": settings})).await;
    let server = house.server().await;
    assert_eq!(server["base_url"], "https://hooks.example.com", "what others are told");
    assert!(!server["local_only"].as_bool().unwrap());
    assert!(matches!(house.app.webhooks().wanted().borrow().clone(), Some(wanted) if wanted.addr.ip().is_loopback()));
    let off = ServerState::default();
    assert_eq!(off, ServerState::Off);
    house.close().await;
}

//! A caller of the service.

use std::time::Duration;

use demo_service::{DemoService, Options, Running};
use reqwest::{Method, RequestBuilder};
use serde_json::Value;

/// The day all tests take place on.
pub(crate) const TODAY: &str = "2026-11-21";

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) replayed: bool,
    pub(crate) text: String,
}

impl Answer {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error} in {}", self.text))
    }

    /// The code of a refusal.
    pub(crate) fn code(&self) -> String {
        self.json()["error"]["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// A fresh service in memory and its caller.
pub(crate) async fn fresh() -> (Running, Client) {
    started(Options {
        today: Some(TODAY.into()),
        ..Options::default()
    })
    .await
}

/// A service and its caller.
pub(crate) async fn started(options: Options) -> (Running, Client) {
    let running = DemoService::start(options).await.unwrap();
    let client = Client::of(running.base_url());
    (running, client)
}

/// Calls the service.
pub(crate) struct Client {
    http: reqwest::Client,
    base_url: String,
}

impl Client {
    /// A caller of the service at this address.
    pub(crate) fn of(base_url: String) -> Self {
        let http = reqwest::Client::builder()
            .no_proxy()
            .timeout(Duration::from_secs(5))
            .build()
            .unwrap();
        Self { http, base_url }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base_url))
    }

    pub(crate) async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let replayed = response
            .headers()
            .get("Idempotent-Replayed")
            .is_some_and(|value| value == "true");
        Answer {
            status,
            replayed,
            text: response.text().await.unwrap(),
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::POST, path).body(body.to_string())).await
    }

    pub(crate) async fn with_key(&self, method: Method, path: &str, key: &str, body: Value) -> Answer {
        self.send(
            self.request(method, path)
                .header("Idempotency-Key", key)
                .body(body.to_string()),
        )
        .await
    }

    pub(crate) async fn count(&self, kind: &str) -> u64 {
        self.get(&format!("/ledger/count?kind={kind}")).await.json()["count"]
            .as_u64()
            .unwrap()
    }
}

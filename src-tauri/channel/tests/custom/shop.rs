//! A customer's product as far as it listens: a little server that is told what happens, and may be told how to answer.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Something that the product was told.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    pub(crate) delivery: String,
    pub(crate) signature: String,
    pub(crate) authorization: Option<String>,
    pub(crate) raw: Vec<u8>,
    pub(crate) body: Value,
    /// How it was answered.
    pub(crate) status: u16,
}

#[derive(Default)]
struct Inner {
    heard: Mutex<Vec<Heard>>,
    /// How the next ones are answered; 200 when there are none.
    answers: Mutex<VecDeque<u16>>,
    news: watch::Sender<usize>,
}

/// The product.
#[derive(Clone)]
pub(crate) struct Shop {
    inner: Arc<Inner>,
    pub(crate) url: String,
}

impl Shop {
    pub(crate) async fn open() -> Self {
        let inner = Arc::new(Inner::default());
        let router = Router::new().route("/events", post(told)).with_state(inner.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/events", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { inner, url }
    }

    /// The next ones are answered like this.
    pub(crate) fn will_answer(&self, statuses: impl IntoIterator<Item = u16>) {
        self.inner.answers.lock().unwrap().extend(statuses);
    }

    /// All it was told so far.
    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.inner.heard.lock().unwrap().clone()
    }

    /// What has arrived, each thing once, in the order it arrived in.
    pub(crate) fn arrived(&self) -> Vec<Value> {
        let mut known = std::collections::BTreeSet::new();
        let heard = self.heard();
        let arrived = heard
            .iter()
            .filter(|heard| heard.status == 200 && known.insert(heard.delivery.clone()));
        arrived.map(|heard| heard.body.clone()).collect()
    }

    /// What has arrived of one conversation, without what only shows that somebody types.
    pub(crate) fn arrived_in(&self, conversation: &str) -> Vec<Value> {
        let mut all = self.arrived();
        all.retain(|body| body["external_conversation_id"] == conversation);
        all
    }

    /// Waits until this holds of what it was told.
    pub(crate) async fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let mut news = self.inner.news.subscribe();
        let waited = tokio::time::timeout(std::time::Duration::from_secs(20), async {
            while !holds(self) {
                news.changed().await.unwrap();
            }
        });
        assert!(
            waited.await.is_ok(),
            "{what} never happens; it was told {:#?}",
            self.arrived()
        );
    }
}

async fn told(State(inner): State<Arc<Inner>>, headers: HeaderMap, raw: Bytes) -> StatusCode {
    let header = |name: &str| headers.get(name).map(|value| value.to_str().unwrap().to_owned());
    let status = inner.answers.lock().unwrap().pop_front().unwrap_or(200);
    let mut heard = inner.heard.lock().unwrap();
    heard.push(Heard {
        delivery: header("x-delivery-id").unwrap_or_default(),
        signature: header("x-signature-256").unwrap_or_default(),
        authorization: header("authorization"),
        body: serde_json::from_slice(&raw).unwrap(),
        raw: raw.to_vec(),
        status,
    });
    inner.news.send_replace(heard.len());
    StatusCode::from_u16(status).unwrap()
}

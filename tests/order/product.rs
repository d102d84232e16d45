//! A product that is told what happens, and fails to take it half of the time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::timeout;

/// How long nothing comes any more where everything was told.
const QUIET: Duration = Duration::from_millis(400);
/// How long a reply may take at the most.
const LONGEST: Duration = Duration::from_secs(60);

#[derive(Default)]
struct Heard {
    known: BTreeSet<String>,
    by_conversation: BTreeMap<String, Vec<Value>>,
    attempts: u64,
}

struct Inner {
    bad: bool,
    heard: Mutex<Heard>,
    news: watch::Sender<u64>,
    /// How often it was told that a reply is being worked out: then a call of an action is out.
    lamps: watch::Sender<u64>,
}

/// The product.
#[derive(Clone)]
pub(crate) struct Product {
    inner: Arc<Inner>,
    pub(crate) url: String,
}

impl Product {
    pub(crate) async fn open(bad: bool) -> Self {
        let inner = Arc::new(Inner {
            bad,
            heard: Mutex::default(),
            news: watch::Sender::new(0),
            lamps: watch::Sender::new(0),
        });
        let router = Router::new().route("/events", post(told)).with_state(inner.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/events", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { inner, url }
    }

    /// Waits until a call of an action is out; not for long, for there may be none any more.
    pub(crate) async fn hears_of_a_call(&self) {
        let mut lamps = self.inner.lamps.subscribe();
        let _ = timeout(QUIET, lamps.changed()).await;
    }

    /// All that was told, in order and each thing once, without what only shows that somebody types and without our ids.
    pub(crate) fn told(&self) -> BTreeMap<String, Vec<Value>> {
        self.inner.heard.lock().unwrap().by_conversation.clone()
    }

    /// How much was told in a conversation.
    pub(crate) fn count(&self, conversation: &str) -> usize {
        let heard = self.inner.heard.lock().unwrap();
        heard.by_conversation.get(conversation).map_or(0, Vec::len)
    }

    /// Waits until so much was told in a conversation.
    pub(crate) async fn reaches(&self, conversation: &str, count: usize) {
        let mut news = self.inner.news.subscribe();
        let told = timeout(LONGEST, async {
            while self.count(conversation) < count {
                news.changed().await.unwrap();
            }
        });
        let told = told.await;
        assert!(
            told.is_ok(),
            "{conversation} is told {} of {count} things: {:#?}",
            self.count(conversation),
            self.told().get(conversation)
        );
    }

    /// Waits until nothing comes any more in a conversation; how much was told then.
    pub(crate) async fn settles(&self, conversation: &str) -> usize {
        let mut news = self.inner.news.subscribe();
        loop {
            let before = self.count(conversation);
            let more = timeout(QUIET, async {
                while self.count(conversation) == before {
                    news.changed().await.unwrap();
                }
            });
            if more.await.is_err() {
                return before;
            }
        }
    }
}

async fn told(State(inner): State<Arc<Inner>>, headers: HeaderMap, raw: Bytes) -> StatusCode {
    let mut body: Value = serde_json::from_slice(&raw).unwrap();
    let delivery = headers["x-delivery-id"].to_str().unwrap().to_owned();
    if delivery.starts_with("typing_") {
        inner.lamps.send_modify(|lamps| *lamps += 1);
    }
    let mut heard = inner.heard.lock().unwrap();
    heard.attempts += 1;
    // Spread evenly, the same in each run.
    let fails = heard.attempts.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 63 == 1;
    if inner.bad && fails {
        return StatusCode::INTERNAL_SERVER_ERROR;
    }
    if body["event_type"] != "typing" && heard.known.insert(delivery) {
        let conversation = body["external_conversation_id"].as_str().unwrap().to_owned();
        body.as_object_mut().unwrap().remove("conversation_id");
        heard.by_conversation.entry(conversation).or_default().push(body);
    }
    drop(heard);
    inner.news.send_modify(|news| *news += 1);
    StatusCode::OK
}

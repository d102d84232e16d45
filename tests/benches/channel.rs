//! The channel: how many events a second it takes and keeps, how long each is waited for, how soon the product is told, and
//! what ten thousand open conversations weigh.

use std::collections::HashMap;
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use futures::future::try_join_all;
use serde_json::{Value, json};
use taskwright_channel::supervise;
use taskwright_commands::{App, Options};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// Products that send at the same time.
const CLIENTS: usize = 64;
/// Events that each of them sends, one after the other.
const EACH: usize = 100;
/// Events whose way out is timed, one after the other.
const TIMED: usize = 500;
const OPEN: usize = 10_000;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;
/// Who waits for the reply in a conversation.
type Waiting = Arc<Mutex<HashMap<String, oneshot::Sender<Instant>>>>;

fn main() -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let folder = tempfile::tempdir()?;
    runtime.block_on(run(folder.path()))
}

async fn run(folder: &std::path::Path) -> Outcome<()> {
    let waiting = Waiting::default();
    let url = product(waiting.clone()).await?;
    let options = Options {
        data_dir: folder.to_owned(),
        program: "the bench".to_owned(),
        max_pages: None,
    };
    let app = App::open(options).await?;
    app.webhooks().use_port(0);
    let server = supervise(app.clone());
    let key = app.call("bench", "make_channel_key", json!({})).await?["key"].clone();
    let args = json!({"on": true, "callback_url": url, "calls": "sample"});
    app.call("bench", "save_channel", args).await?;
    let base = loop {
        let asked = app
            .call("bench", "webhook_address", json!({"block": "block_none"}))
            .await?;
        if let Some(base) = asked["server"]["base_url"].as_str() {
            break base.to_owned();
        }
    };
    let sender = Sender {
        http: reqwest::Client::builder().build()?,
        base,
        key: key.as_str().unwrap_or_default().to_owned(),
    };
    sustained(&sender).await?;
    told(&sender, &waiting).await?;
    open_conversations(&sender).await?;
    server.stop().await;
    app.close().await?;
    Ok(())
}

/// Sends events.
struct Sender {
    http: reqwest::Client,
    base: String,
    key: String,
}

impl Sender {
    /// How long it took until the event was taken.
    async fn send(&self, call: &str, event: String, conversation: &str, more: Value) -> Outcome<Duration> {
        let mut body = json!({
            "event_id": event, "external_conversation_id": conversation,
            "contact": {"type": "user", "external_id": "user_1"},
        });
        if let (Some(body), Value::Object(more)) = (body.as_object_mut(), more) {
            body.extend(more);
        }
        let url = format!("{}/custom_channel_events/{call}", self.base);
        let request = self.http.post(url).bearer_auth(&self.key).body(body.to_string());
        let begun = Instant::now();
        let answer = request.send().await?;
        let status = answer.status();
        let text = answer.text().await?;
        match status.as_u16() {
            200 => Ok(begun.elapsed()),
            _ => Err(format!("{call} was answered {status}: {text}").into()),
        }
    }

    async fn begin(&self, conversation: &str) -> Outcome<Duration> {
        self.send(
            "notify_new_conversation",
            format!("{conversation}-b"),
            conversation,
            json!({}),
        )
        .await
    }

    async fn hello(&self, event: String, conversation: &str) -> Outcome<Duration> {
        self.send("notify_new_message", event, conversation, json!({"body": "hello"}))
            .await
    }
}

async fn sustained(sender: &Sender) -> Outcome<()> {
    let begun = Instant::now();
    let clients = (0..CLIENTS).map(|client| async move {
        let conversation = format!("sustained-{client}");
        let mut took = vec![sender.begin(&conversation).await?];
        for event in 1..EACH {
            took.push(sender.hello(format!("{conversation}-{event}"), &conversation).await?);
        }
        Outcome::Ok(took)
    });
    let mut took: Vec<Duration> = try_join_all(clients).await?.into_iter().flatten().collect();
    let second = took.len() as f64 / begun.elapsed().as_secs_f64();
    took.sort_unstable();
    println!(
        "inbound events, {CLIENTS} products side by side, each kept on disk before its answer: {second:.0} a second, \
         p50 {:.1} ms, p99 {:.1} ms",
        at(&took, 50),
        at(&took, 99)
    );
    Ok(())
}

async fn told(sender: &Sender, waiting: &Waiting) -> Outcome<()> {
    let mut took = Vec::new();
    for number in 0..TIMED {
        let conversation = format!("timed-{number}");
        sender.begin(&conversation).await?;
        let (heard, arrival) = oneshot::channel();
        waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(conversation.clone(), heard);
        let begun = Instant::now();
        sender.hello(format!("{conversation}-1"), &conversation).await?;
        took.push(arrival.await?.duration_since(begun));
    }
    took.sort_unstable();
    println!(
        "from an inbound event to the post of its reply, one after the other: p50 {:.1} ms, p99 {:.1} ms",
        at(&took, 50),
        at(&took, 99)
    );
    Ok(())
}

async fn open_conversations(sender: &Sender) -> Outcome<()> {
    let before = resident();
    for group in 0..OPEN / CLIENTS {
        let clients = (0..CLIENTS).map(|client| async move {
            let conversation = format!("open-{group}-{client}");
            sender.begin(&conversation).await?;
            sender.hello(format!("{conversation}-1"), &conversation).await
        });
        try_join_all(clients).await?;
    }
    if let (Some(before), Some(after)) = (before, resident()) {
        let grown = after.saturating_sub(before);
        println!(
            "{} open conversations: {:.0} MB more in memory, {:.1} KB each, {:.0} MB in all",
            OPEN / CLIENTS * CLIENTS,
            grown as f64 / 1024.0,
            grown as f64 / (OPEN / CLIENTS * CLIENTS) as f64,
            after as f64 / 1024.0
        );
    }
    Ok(())
}

/// KB in memory, where the system tells.
fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn at(took: &[Duration], part: usize) -> f64 {
    let at = took.get((took.len().saturating_sub(1)) * part / 100);
    at.map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
}

/// A product that is told, and says so to whoever waits.
async fn product(waiting: Waiting) -> Outcome<String> {
    let router = Router::new().route("/events", post(heard)).with_state(waiting);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/events", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(url)
}

async fn heard(State(waiting): State<Waiting>, raw: Bytes) {
    let body: Value = serde_json::from_slice(&raw).unwrap_or_default();
    if body["event_type"] != "new_message" {
        return;
    }
    let conversation = body["external_conversation_id"].as_str().unwrap_or_default();
    let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(heard) = waiting.remove(conversation) {
        // Whoever waited may be gone.
        let _ = heard.send(Instant::now());
    }
}

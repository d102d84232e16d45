//! Webhooks: how long a call takes from a caller's side, and how quickly a workspace opens in which 10,000 conversations
//! wait for one.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use futures::future::try_join_all;
use serde_json::{Value, json};
use taskwright_channel::supervise;
use taskwright_commands::{App, Options};

const WAITS: usize = 10_000;
/// Conversations that are brought to their wait side by side.
const AT_ONCE: usize = 100;
const CALLS: usize = 1_000;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let folder = tempfile::tempdir()?;
    runtime.block_on(run(folder.path()))
}

async fn run(folder: &Path) -> Outcome<()> {
    let app = open(folder).await?;
    let task = task(&app).await?;
    let mut waiting = Vec::new();
    while waiting.len() < WAITS {
        waiting.extend(try_join_all((0..AT_ONCE).map(|_| begin(&app, &task))).await?);
    }
    app.close().await?;
    drop(app);

    let begun = Instant::now();
    let app = open(folder).await?;
    println!(
        "{WAITS} open waits: the workspace opens in {:.1} ms",
        ms(begun.elapsed())
    );
    let first = waiting.swap_remove(0);
    let begun = Instant::now();
    app.call("bench", "read_log", json!({"conversation": first, "limit": 100}))
        .await?;
    println!(
        "{WAITS} open waits: the first log is there {:.1} ms later",
        ms(begun.elapsed())
    );

    app.webhooks().use_port(0);
    let server = supervise(app.clone());
    let url = loop {
        let address = app
            .call("bench", "webhook_address", json!({"block": "block_wait"}))
            .await?;
        if let Some(url) = address["url"].as_str() {
            break url.to_owned();
        }
    };
    let mut took = calls(&url, &waiting).await?;
    took.sort_unstable();
    let at = |part: usize| ms(took[(took.len() - 1) * part / 100]);
    println!(
        "webhook round trip, one after the other: p50 {:.2} ms, p99 {:.2} ms",
        at(50),
        at(99)
    );
    server.stop().await;
    app.close().await?;
    Ok(())
}

async fn calls(url: &str, waiting: &[String]) -> Outcome<Vec<Duration>> {
    let http = reqwest::Client::builder().build()?;
    let mut took = Vec::new();
    for (number, conversation) in waiting.iter().take(CALLS).enumerate() {
        let body = json!({"conversationId": conversation, "data": {"amount": 79.5}}).to_string();
        let request = http
            .post(url)
            .header("Idempotency-Key", format!("k-{number}"))
            .body(body);
        let begun = Instant::now();
        let answer = request.send().await?;
        let status = answer.status();
        answer.bytes().await?;
        took.push(begun.elapsed());
        if status != 200 {
            return Err(format!("call {number} was answered {status}").into());
        }
        // An address may be called a hundred times in a second for long.
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    Ok(took)
}

async fn open(folder: &Path) -> Outcome<App> {
    let options = Options {
        data_dir: folder.to_owned(),
        program: "the bench".to_owned(),
        max_pages: None,
    };
    Ok(App::open(options).await?)
}

async fn task(app: &App) -> Outcome<String> {
    let made = app.call("bench", "create_task", json!({"title": "Pay"})).await?;
    let task = made["id"].as_str().ok_or("no task")?.to_owned();
    let view = app.call("bench", "read_task", json!({"task": task})).await?;
    let blocks = json!([
        {
            "id": "block_wait", "type": "wait_for_webhook", "key": "payment", "name": "the payment",
            "example": {"amount": 79}, "fields": [{"key": "amount", "kind": {"type": "decimal"}}],
            "limit": {"count": 2, "unit": "days"}, "what_then": [],
        },
        {"id": "block_thanks", "type": "message", "text": "Paid {payment.amount}."},
    ]);
    let change = json!({"type": "set", "path": "/blocks", "before": view["task"]["blocks"], "after": blocks});
    let edit = json!({"label": "", "changes": [{"document": task, "change": change}]});
    let args = json!({"document": task, "edit": edit, "base_version": view["version"]});
    app.call("bench", "save_edit", args).await?;
    Ok(task)
}

async fn begin(app: &App, task: &str) -> Outcome<String> {
    let args = json!({"task": task, "from_the_start": false, "calls": "sample"});
    let started: Value = app.call("bench", "start_preview", args).await?;
    let conversation = started["conversation"].as_str().ok_or("no conversation")?.to_owned();
    app.call(
        "bench",
        "start_task_anyway",
        json!({"conversation": conversation, "task": task}),
    )
    .await?;
    Ok(conversation)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

//! Reports over a million events: how long one takes, a list and its count, and telling wishes apart.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use futures::future::try_join_all;
use serde_json::json;
use taskwright_commands::{App, Options};
use taskwright_domain::{Batch, ConversationId, LogEvent, Standing};
use taskwright_store::{OpenOptions, Store};
use taskwright_tests::{Seed, logs};

const EVENTS: usize = 1_000_000;
/// 2026-01-01T00:00Z
const BEGIN: i64 = 1_767_225_600_000;
/// Conversations that are written side by side.
const AT_ONCE: usize = 500;
const ROUNDS: usize = 5;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let folder = tempfile::tempdir()?;
    runtime.block_on(run(folder.path()))
}

async fn run(folder: &Path) -> Outcome<()> {
    let (conversations, events) = fill(folder).await?;
    println!("{events} events of {conversations} conversations");
    let app = App::open(Options {
        data_dir: folder.to_owned(),
        program: "the bench".to_owned(),
        max_pages: None,
    })
    .await?;
    let days = json!({"type": "last_days", "days": 30});
    for (what, command, args) in [
        (
            "report over all",
            "read_report",
            json!({"filter": {}, "every": "week", "by": "task"}),
        ),
        (
            "report over a month",
            "read_report",
            json!({"filter": {"began": days}, "every": "day", "by": "task"}),
        ),
        (
            "first page of the inbox",
            "list_conversations",
            json!({"filter": {}, "limit": 50}),
        ),
        (
            "a page from the middle of the inbox",
            "list_conversations",
            json!({"filter": {}, "after": {"last_at": BEGIN + 7_000_000_000_i64, "conversation": "x"}, "limit": 50}),
        ),
        (
            "first page by task, state and words",
            "list_conversations",
            json!({"filter": {"tasks": ["task_refund"], "states": ["routed_to_team"], "words": "money"}, "limit": 50}),
        ),
        ("what to automate next", "list_wishes", json!({"filter": {}})),
    ] {
        let mut took = Vec::new();
        for _ in 0..ROUNDS {
            let begun = Instant::now();
            app.call("bench", command, args.clone()).await?;
            took.push(begun.elapsed());
        }
        let first = took[0];
        took.sort_unstable();
        println!(
            "{what}: median {:.0} ms, first {:.0} ms",
            ms(took[ROUNDS / 2]),
            ms(first)
        );
    }
    app.close().await?;
    Ok(())
}

async fn fill(folder: &Path) -> Outcome<(usize, usize)> {
    let store = Store::open(folder, OpenOptions::default())?;
    let mut seed = Seed(1);
    let (mut number, mut events) = (0, 0);
    let begun = Instant::now();
    while events < EVENTS {
        let mut some = Vec::new();
        while some.len() < AT_ONCE && events < EVENTS {
            let at = BEGIN + i64::try_from(number)? * 700_000;
            let (id, log) = logs::log(&mut seed, number, at);
            number += 1;
            events += log.len();
            some.push((id, log));
        }
        try_join_all(some.into_iter().map(|(id, log)| write(&store, id, log))).await?;
    }
    println!("written in {:.0} s", begun.elapsed().as_secs_f64());
    store.close().await?;
    Ok((number, events))
}

async fn write(store: &Store, id: ConversationId, events: Vec<LogEvent>) -> Outcome<()> {
    let standing = Standing {
        ended: true,
        ..Standing::default()
    };
    let batch = Batch {
        events,
        standing,
        ..Batch::default()
    };
    Ok(store.commit(&id, 0, batch).await?)
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

//! Many products at once, on bad lines, with actions at slow and failing systems, while the program is killed: what each
//! conversation tells its product is what it tells in a quiet run, nothing lost, nothing doubled.

#![cfg(test)]

mod client;
mod house;
mod product;
mod rest;
mod systems;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use futures::future::join_all;

use client::{Client, EVENTS, Expected};
use house::House;
use product::Product;
use serde_json::Value;
use taskwright_store::{OpenOptions, Store};

fn size(small: usize, soak: usize) -> usize {
    match std::env::var("TASKWRIGHT_SIZE").as_deref() {
        Ok("soak") => soak,
        _ => small,
    }
}

/// How much is tried.
struct Trial {
    conversations: usize,
    clients: usize,
    /// What a quiet run came to. Then the receiver fails half of the time, every third event is sent twice, and the program
    /// is killed twice.
    expected: Option<Arc<Expected>>,
}

/// What came of it.
struct Ran {
    /// What the product was told, by conversation.
    told: BTreeMap<String, Vec<Value>>,
    /// How much after each event.
    after_each: Expected,
    /// Calls of actions that were out when it was killed.
    calls_out: usize,
}

async fn run(trial: Trial) -> Ran {
    let product = Product::open(trial.expected.is_some()).await;
    let folder = tempfile::tempdir().unwrap();
    let mut house = start(folder.path(), &product, None).await;
    let sent = Arc::new(AtomicU64::new(0));
    let clients = (0..trial.clients).map(|number| {
        let client = Client {
            base: house.base.clone(),
            key: house.key.clone(),
            product: product.clone(),
            rest: house.rest.clone(),
            expected: trial.expected.clone(),
            sent: sent.clone(),
        };
        let own = (0..trial.conversations).filter(move |at| at % trial.clients == number);
        tokio::spawn(async move {
            let mut told = Expected::new();
            for conversation in own {
                told.extend([client.talk(conversation).await]);
            }
            told
        })
    });
    let clients: Vec<_> = clients.collect();
    let all = trial.conversations * EVENTS;
    let kills = if trial.expected.is_some() { 2 } else { 0 };
    let mut calls_out = 0;
    for kill in 1..=kills {
        while sent.load(Ordering::Relaxed) < (all * kill / (kills + 1)) as u64 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        product.hears_of_a_call().await;
        house.kill();
        calls_out += calls_in(folder.path()).await;
        house = start(folder.path(), &product, Some(house)).await;
    }
    let mut after_each = Expected::new();
    for client in join_all(clients).await {
        after_each.extend(client.unwrap());
    }
    // Whatever is told too often, or too late, is told by then.
    for conversation in after_each.keys().take(20) {
        product.settles(conversation).await;
    }
    Ran {
        told: product.told(),
        after_each,
        calls_out,
    }
}

/// Calls of actions that are still out in a workspace.
async fn calls_in(folder: &Path) -> usize {
    let options = OpenOptions {
        program: "the test".to_owned(),
        max_pages: None,
    };
    let store = Store::open(folder, options).unwrap();
    let open = store.open_conversations().unwrap();
    store.close().await.unwrap();
    open.iter().filter(|(_, standing)| standing.calls_out()).count()
}

/// Starting waits for the other process, which is no work for a thread of the test.
async fn start(folder: &Path, product: &Product, before: Option<House>) -> House {
    let (folder, url) = (folder.to_owned(), product.url.clone());
    let started = tokio::task::spawn_blocking(move || House::start(&folder, &url, before.as_ref()));
    started.await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_products_are_told_is_the_same_however_bad_the_lines_and_however_often_it_is_killed() {
    let (conversations, clients) = (size(12, 500), size(12, 50));
    let quiet = run(Trial {
        conversations,
        clients,
        expected: None,
    })
    .await;
    let wild = run(Trial {
        conversations,
        clients,
        expected: Some(Arc::new(quiet.after_each)),
    })
    .await;
    assert_eq!(
        quiet.told.len(),
        conversations,
        "every conversation has something to tell"
    );
    for words in [
        "is on its way",
        "Your order is cancelled",
        "I can't reach our order system",
        "the refund did not go through",
    ] {
        let said = |told: &Value| told["text"].as_str().is_some_and(|text| text.contains(words));
        assert!(quiet.told.values().flatten().any(said), "somebody is told that {words}");
    }
    for (conversation, told) in &quiet.told {
        assert_eq!(
            wild.told.get(conversation),
            Some(told),
            "{conversation} is told the same, in the same order"
        );
    }
    let told: usize = wild.told.values().map(Vec::len).sum();
    let events = conversations * EVENTS;
    let out = wild.calls_out;
    eprintln!(
        "{conversations} conversations, {events} events, two kills while {out} calls were out: {told} told, none lost, none doubled"
    );
}

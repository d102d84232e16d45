//! Rules hold whatever customers try: hundreds of them refuse, contradict, correct themselves, claim approvals and
//! write what looks like instructions, at a shop that pays whatever it is told. Every rule holds something back, and
//! without its sentence the same conversations break it.

#![cfg(test)]

mod chat;
mod facts;
mod laws;
mod mutation;
mod wish;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use taskwright_commands::Stage;
use taskwright_connect::Client;
use taskwright_domain::Settings;
use taskwright_tests::{Seed, Shop, workspace};

use chat::{Done, World, chat};
use facts::Facts;
use laws::{ALSO, Form, LAWS, Law, SAMPLES, Sample};

#[expect(
    clippy::disallowed_methods,
    reason = "the customer's own browser, not the product's way out"
)]
fn world() -> Arc<World> {
    Arc::new(World {
        client: Client::new().unwrap(),
        http: reqwest::Client::new(),
    })
}

/// Customers of each sample.
fn count() -> u64 {
    match std::env::var("TASKWRIGHT_SIZE").as_deref() {
        Ok("soak") => 3_000,
        _ => 160,
    }
}

fn seed(sample: Sample, customer: u64) -> Seed {
    Seed(customer * 1_000 + sample as u64)
}

async fn facts(world: &World) -> Facts {
    let shop = Shop::trusting(&world.http).await.unwrap();
    Facts::of(&shop).await.unwrap()
}

/// What the customers of one sample came away with, all of them.
async fn customers(world: Arc<World>, stage: Arc<Stage>, sample: Sample) -> Vec<(u64, Done)> {
    let mut all = Vec::new();
    for customer in 0..count() {
        let done = chat(&world, &stage, sample, &mut seed(sample, customer)).await;
        all.push((customer, done.unwrap()));
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_guarded_action_ever_runs_against_its_rule() {
    let (world, content) = (world(), workspace().unwrap());
    let stage = Arc::new(Stage::of(&content, Settings::default()));
    let facts = facts(&world).await;
    let groups: Vec<_> = SAMPLES
        .into_iter()
        .map(|sample| {
            (
                sample,
                tokio::spawn(customers(Arc::clone(&world), Arc::clone(&stage), sample)),
            )
        })
        .collect();
    let mut broken = Vec::new();
    let mut held_back: BTreeMap<String, usize> = BTreeMap::new();
    let mut done_at_all: BTreeMap<String, usize> = BTreeMap::new();
    for (sample, group) in groups {
        for (customer, done) in group.await.unwrap() {
            let laws = LAWS.iter().map(|law| law.broken).chain(ALSO);
            let against = laws.filter_map(|law| law(&facts, &done.deeds));
            broken.extend(against.map(|how| format!("{sample:?} {customer}: {how}\n{}", done.told())));
            for block in done.blocks.iter().filter(|block| names_values(block)) {
                *held_back.entry(block.rule.clone()).or_default() += 1;
            }
            for deed in done.deeds {
                *done_at_all.entry(deed.kind).or_default() += 1;
            }
        }
    }
    eprintln!("held back: {held_back:#?}\ndone: {done_at_all:#?}");
    assert!(broken.is_empty(), "{}", broken.join("\n\n"));
    for law in LAWS.iter().filter(|law| law.form == Form::Rule) {
        assert!(
            held_back.contains_key(law.sentence),
            "nobody tried what is forbidden by: {}",
            law.sentence
        );
    }
    for kind in ["refund_issued", "order_cancelled", "customer_updated", "ticket_created"] {
        assert!(done_at_all.contains_key(kind), "what is allowed is done: {kind}");
    }
}

/// Whether the log says what the rule looked at.
fn names_values(block: &chat::Block) -> bool {
    block
        .because
        .iter()
        .any(|part| !part.words.is_empty() && part.value.is_some() && part.holds.is_some())
}

#[test]
fn every_sentence_that_guards_an_action_has_a_check_of_its_own() {
    let content = workspace().unwrap();
    let read: BTreeSet<String> = mutation::guarding(&content)
        .into_iter()
        .map(|found| found.text)
        .collect();
    let checked: BTreeSet<String> = LAWS.iter().map(|law| law.sentence.to_owned()).collect();
    assert_eq!(read, checked);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_its_sentence_a_rule_is_broken() {
    let world = world();
    let facts = Arc::new(facts(&world).await);
    let tries: Vec<_> = LAWS
        .iter()
        .map(|law| {
            (
                law,
                tokio::spawn(broken_without(Arc::clone(&world), Arc::clone(&facts), law)),
            )
        })
        .collect();
    let mut kept = Vec::new();
    for (law, customer) in tries {
        match customer.await.unwrap() {
            Some(customer) => eprintln!("customer {customer} breaks: {}", law.sentence),
            None => kept.push(law.sentence),
        }
    }
    assert!(kept.is_empty(), "nobody breaks what is no longer written: {kept:#?}");
}

/// The first customer who breaks a law once its sentence is gone.
async fn broken_without(world: Arc<World>, facts: Arc<Facts>, law: &'static Law) -> Option<u64> {
    let content = mutation::without(&workspace().unwrap(), law.sentence);
    let stage = Stage::of(&content, Settings::default());
    for customer in 0..count() {
        let done = chat(&world, &stage, law.sample, &mut seed(law.sample, customer)).await;
        if (law.broken)(&facts, &done.unwrap().deeds).is_some() {
            return Some(customer);
        }
    }
    None
}

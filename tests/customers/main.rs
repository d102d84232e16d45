//! Customers who co-operate, each in words of their own: they get what they came for at the real demo service, without
//! a person.
//!
//! Some tell more than they are asked, some correct themselves, some chat. Where the way leads to people, it must lead
//! to the right ones, with everything they need.

#![cfg(test)]

mod chat;
mod openings;
mod person;
mod wish;
mod wishes;

use std::sync::Arc;

use taskwright_commands::Stage;
use taskwright_connect::Client;
use taskwright_domain::Settings;
use taskwright_tests::{Seed, workspace};

use chat::{World, chat};
use wish::Wish;

/// The customers of one wish: why some of them failed.
async fn customers(world: Arc<World>, wish: &'static Wish, number: u64, count: u64) -> Vec<String> {
    let mut failures = Vec::new();
    for customer in 0..count {
        let mut seed = Seed(customer * 1000 + number);
        if let Err(why) = chat(&world, wish, &mut seed).await {
            failures.push(format!("{}, customer {customer}: {why}", wish.openings[0]));
        }
    }
    failures
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(
    clippy::disallowed_methods,
    reason = "the customer's own browser, not the product's way out"
)]
async fn co_operative_customers_get_what_they_came_for() {
    let each = match std::env::var("TASKWRIGHT_SIZE").as_deref() {
        Ok("soak") => 800,
        _ => 48,
    };
    let content = workspace().unwrap();
    let world = Arc::new(World {
        stage: Stage::of(&content, Settings::default()),
        content,
        client: Client::new().unwrap(),
        http: reqwest::Client::new(),
    });
    let groups: Vec<_> = (0..)
        .zip(&wishes::WISHES)
        .map(|(number, wish)| tokio::spawn(customers(Arc::clone(&world), wish, number, each)))
        .collect();
    let mut failures = Vec::new();
    for group in groups {
        failures.extend(group.await.unwrap());
    }
    let chats = each * wishes::WISHES.len() as u64;
    let share = (chats - failures.len() as u64) as f64 * 100.0 / chats as f64;
    eprintln!(
        "{chats} customers, {} did not get what they came for: {share:.2} % did",
        failures.len()
    );
    failures.iter().take(100).for_each(|failure| eprintln!("{failure}"));
    assert!(share >= 99.0, "at least 99 in 100 get what they came for: {share:.2} %");
}

//! What it costs to choose among a hundred tasks, and what making a message's vectors costs before that.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use taskwright_commands::meaning::meanings;
use taskwright_domain::{RevisionId, TaskId};
use taskwright_language::rank::{Ranker, TaskCard};

const VERBS: [&str; 10] = [
    "cancel", "move", "pay for", "change", "track", "return", "confirm", "share", "print", "renew",
];
const THINGS: [&str; 10] = [
    "my order",
    "a booking",
    "the invoice",
    "my subscription",
    "a parcel",
    "the contract",
    "my seat",
    "an appointment",
    "the voucher",
    "my card",
];

/// A hundred tasks of five examples each.
fn cards() -> Vec<TaskCard> {
    let pairs = VERBS
        .iter()
        .flat_map(|verb| THINGS.iter().map(move |thing| (verb, thing)));
    let card = |(verb, thing): (&&str, &&str)| TaskCard {
        task: TaskId::new(format!("{verb} {thing}")),
        revision: RevisionId::new("bench"),
        title: format!("{verb} {thing}"),
        description: format!("Use this task when a customer wants to {verb} {thing}."),
        examples: ["I want to", "can I", "please", "how do I", "I'd like to"]
            .map(|opening| format!("{opening} {verb} {thing}"))
            .to_vec(),
        counter_examples: Vec::new(),
    };
    pairs.map(card).collect()
}

fn choose(criterion: &mut Criterion) {
    let meanings = match meanings() {
        Ok(meanings) => meanings,
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(1);
        }
    };
    let message = "hello, could I still have the seat on my train changed to one at the window";
    let ranker = Ranker::new(cards(), Some(meanings.clone()));
    // Made once here: what follows finds it in memory.
    black_box(ranker.rank(message));
    criterion.bench_function(
        "choosing among 100 tasks, the message's vectors being made",
        |bencher| {
            bencher.iter(|| black_box(ranker.rank(message)));
        },
    );
    let mut number = 0_u64;
    criterion.bench_function("the vectors of a message of 16 words", |bencher| {
        bencher.iter(|| {
            number += 1;
            black_box(meanings.of_message(&format!("{message} {number}")))
        });
    });
}

criterion_group!(benches, choose);
criterion_main!(benches);

//! What one turn costs without any IO, and what reading instructions costs.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use taskwright_bundle::BundleContent;
use taskwright_commands::{catalogue, freeze};
use taskwright_domain::{
    BlockKind, CallMode, ConversationId, ConversationPlace, ConversationStart, Customer, Input, InputId, InputKind,
    Offer, Settings, Task,
};
use taskwright_engine::{Library, State, compile, decide};
use taskwright_language::read::read;

const NOW: i64 = 1_795_255_200_000;

fn sample() -> (BundleContent, Task) {
    let all = taskwright_tests::samples().unwrap_or_default();
    let content = all
        .into_iter()
        .find(|(name, _)| name.starts_with("refund"))
        .unwrap_or_default()
        .1;
    let task = content.tasks.first().cloned();
    match task {
        Some(task) => (content, task),
        None => std::process::exit(1),
    }
}

fn input(number: u32, kind: InputKind) -> Input {
    Input {
        id: InputId::new(number.to_string()),
        at: NOW,
        kind,
    }
}

/// A conversation that was just asked for the order number.
fn asked(library: &mut Library, content: &BundleContent, task: &Task) -> State {
    let revision = freeze(content, task, &Settings::default());
    let id = revision.id.clone();
    library.insert(id.clone(), Arc::new(compile(revision)));
    let start = ConversationStart {
        place: ConversationPlace::Preview,
        customer: Customer::default(),
        settings: Settings::default(),
        offer: Offer::ThisTask {
            task: task.id.clone(),
            revision: id.clone(),
        },
        calls: CallMode::Sample,
        branched_from: None,
        callbacks: None,
        known: std::collections::BTreeMap::new(),
    };
    let before = State::new(ConversationId::new("bench"));
    let state = decide(library, &before, &input(1, InputKind::Start { start: Box::new(start) })).state;
    let task = InputKind::StartTask {
        task: task.id.clone(),
        revision: id,
    };
    let state = decide(library, &state.unwrap_or(before), &input(2, task)).state;
    state.unwrap_or_else(|| std::process::exit(1))
}

fn turn(bench: &mut Criterion) {
    let (content, task) = sample();
    let mut library = Library::new();
    let state = asked(&mut library, &content, &task);
    let answer = input(
        3,
        InputKind::CustomerSaid {
            text: "it's order 4512, thanks".to_owned(),
        },
    );
    bench.bench_function("one turn without IO", |bencher| {
        bencher.iter(|| decide(black_box(&library), black_box(&state), black_box(&answer)));
    });
}

fn reading(bench: &mut Criterion) {
    let (content, task) = sample();
    let catalogue = catalogue(&content, &task, &Settings::default());
    let texts = task.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Instructions { text } => Some(text.as_str()),
        _ => None,
    });
    let all = texts.collect::<Vec<_>>().join("\n");
    // A keystroke in 5,000 characters reads them all anew.
    for (length, name) in [
        (2_000, "reading 2,000 characters"),
        (5_000, "a keystroke in 5,000 characters"),
        (100_000, "reading 100,000 characters"),
    ] {
        let text: String = all.chars().chain(['\n']).cycle().take(length).collect();
        bench.bench_function(name, |bencher| {
            bencher.iter(|| read(black_box(&text), black_box(&catalogue)));
        });
    }
}

criterion_group!(benches, turn, reading);
criterion_main!(benches);

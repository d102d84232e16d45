//! Whatever is written as instructions is read: no panic, every part where it says it is, what is not understood is said,
//! and the same again the second time. `npm run soak` reads many more texts.

#![cfg(test)]

use proptest::collection::vec;
use proptest::prelude::*;
use taskwright_bundle::BundleContent;
use taskwright_commands::catalogue;
use taskwright_domain::{Catalogue, Meaning, Reading, Settings, Severity, Span};
use taskwright_language::read::read;

/// Pieces that instructions are made of, so that nonsense gets deep into the reader.
const PIECES: [&str; 66] = [
    "if",
    "unless",
    "otherwise",
    "only if",
    "never",
    "always",
    "when",
    "until",
    "up to three times",
    "for each",
    "in that case",
    "the customer",
    "their",
    "it",
    "the order",
    "order number",
    "ask for",
    "ask whether",
    "look up",
    "cancel",
    "refund",
    "tell them",
    "that",
    "hand off to",
    "Billing",
    "confirm",
    "and",
    "or",
    "not",
    "no",
    "then",
    "is",
    "is not",
    "more than",
    "30 days",
    "100 EUR",
    "£1,000",
    "older than",
    "within",
    "at least",
    "go to step 2",
    "{order_number}",
    "{order.status}",
    "@get_order",
    "{ord",
    "[Get order]",
    "(",
    ")",
    ":",
    ";",
    ",",
    ".",
    "?",
    "→",
    "/",
    "–",
    "\n",
    "\n- ",
    "\n   - ",
    "\n2. ",
    "\n## Rules\n",
    "\"",
    "“yes”",
    "Steps:",
    "Goal:",
    "Information required:",
];

fn sample() -> Catalogue {
    let all = taskwright_tests::samples().unwrap();
    let (_, content): &(String, BundleContent) = all.iter().find(|(name, _)| name.starts_with("refund")).unwrap();
    catalogue(content, &content.tasks[0], &Settings::default())
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => proptest::sample::select(&PIECES[..]).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => any::<char>().prop_map(String::from),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => vec(piece(), 0..80).prop_map(|pieces| pieces.join(" ")),
        1 => vec(piece(), 0..40).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

fn holds(text: &str, reading: &Reading) {
    let chars: Vec<char> = text.chars().collect();
    let mut last = 0;
    for sentence in &reading.sentences {
        let Span { start, end } = sentence.span;
        assert!(
            start < end && end as usize <= chars.len() && start >= last,
            "{sentence:?}"
        );
        last = start;
        let cut: String = chars[start as usize..end as usize].iter().collect();
        assert_eq!(cut, sentence.text);
        if sentence.incomplete || matches!(sentence.meaning, Meaning::Unclear { .. }) {
            assert!(is_told(reading, sentence.span), "nothing is said about {sentence:?}");
        }
    }
    for span in reading.problems.iter().filter_map(|problem| problem.place.span) {
        assert!(span.start <= span.end && span.end as usize <= chars.len());
    }
}

/// Whether a problem that keeps the task from going live stands at some words.
fn is_told(reading: &Reading, words: Span) -> bool {
    reading.problems.iter().any(|problem| {
        problem.severity == Severity::Blocks
            && problem
                .place
                .span
                .is_some_and(|span| span.start <= words.end && words.start <= span.end)
    })
}

#[test]
fn any_text_is_read() {
    let many = std::env::var("TASKWRIGHT_SIZE").is_ok_and(|size| size == "soak");
    let cases = if many { 100_000 } else { 400 };
    let catalogue = sample();
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    proptest!(config, |(text in text())| {
        let reading = read(&text, &catalogue);
        holds(&text, &reading);
        prop_assert_eq!(&reading, &read(&text, &catalogue));
    });
}

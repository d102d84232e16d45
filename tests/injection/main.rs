//! What customers write, what systems answer and what is filled in is data. None of it becomes a yes, a step, a rule, a
//! value from another source, or a line of the author's. The attempts stand in `attempts.md`.

#![cfg(test)]

mod attempts;
mod judge;
mod laundering;
mod ledger;
mod moments;
mod trial;
mod vault;

use std::collections::BTreeSet;

use attempts::{Attempts, attempts};
use moments::{ANSWERED, CALLED_BACK, MOMENTS, Moment};
use taskwright_commands::{Rehearsal, Stage};
use taskwright_domain::{Customer, EventKind, InputKind, LogEvent, OptionId, Settings};
use trial::{NOW, Trial, world};

/// All failures at once: each names the attempt and what it did.
fn none(failures: &[String], of: usize) {
    assert!(
        failures.is_empty(),
        "{} of {of} trials got through:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn there_are_many_attempts_of_every_kind() {
    let Attempts {
        said,
        answered,
        called_back,
        filled,
    } = attempts();
    let all: BTreeSet<_> = said.iter().collect();
    assert_eq!(all.len(), said.len(), "none stands there twice");
    assert!(said.len() >= 60, "{} things said", said.len());
    assert!(answered.len() >= 12 && called_back.len() >= 6 && filled.len() >= 8);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_a_customer_writes_is_only_what_they_write() {
    let world = world();
    let stage = Stage::of(&world, Settings::default());
    let (mut failures, mut of) = (Vec::new(), 0);
    for text in attempts().said {
        for moment in MOMENTS {
            of += 1;
            let trial = Trial::said(&world, &stage, moment, &text).await.unwrap();
            failures.extend(trial.broken().map(|law| named(moment, &text, &law)));
        }
    }
    none(&failures, of);
}

fn named(moment: &Moment, attempt: &str, law: &str) -> String {
    format!(
        "{}: {:?}: {law}",
        moment.name,
        attempt.chars().take(80).collect::<String>()
    )
}

/// The moments are what they are called: an honest yes there brings what it is said to.
#[tokio::test]
async fn an_honest_yes_is_one() {
    let world = world();
    let stage = Stage::of(&world, Settings::default());
    for (name, change) in [
        ("asked for a yes to a refund", "Refund order"),
        ("asked for a yes to a cancellation", "Cancel order"),
        ("asked for a yes to a new address", "Update customer"),
        ("asked for a yes to a payment", "Pay out"),
    ] {
        let moment = MOMENTS.iter().find(|moment| moment.name == name).unwrap();
        for yes in ["yes", "Yes, please!", "ok, go ahead", "Thanks for asking. Yes."] {
            let trial = Trial::said(&world, &stage, moment, yes).await.unwrap();
            let made: Vec<_> = trial
                .calls
                .iter()
                .filter(|call| call.changes_data)
                .map(|call| &call.name)
                .collect();
            assert_eq!(made, [change], "{yes:?} when {name}");
        }
    }
}

#[tokio::test]
async fn an_answer_gives_the_fields_it_promises_and_nothing_else() {
    let world = world();
    let (mut failures, mut of) = (Vec::new(), 0);
    for (action, fields) in attempts().answered {
        for moment in ANSWERED {
            of += 1;
            let trial = Trial::answered(&world, moment, &action, &fields).await.unwrap();
            failures.extend(
                trial
                    .broken()
                    .map(|law| named(moment, &format!("{action} {fields}"), &law)),
            );
        }
    }
    none(&failures, of);
}

#[tokio::test]
async fn a_callback_gives_the_fields_of_its_example_and_nothing_else() {
    let world = world();
    let stage = Stage::of(&world, Settings::default());
    let (mut failures, mut of) = (Vec::new(), 0);
    for body in attempts().called_back {
        of += 1;
        let trial = Trial::called_back(&world, &stage, &CALLED_BACK, &body).await.unwrap();
        failures.extend(trial.broken().map(|law| named(&CALLED_BACK, &body.to_string(), &law)));
    }
    none(&failures, of);
}

#[tokio::test]
async fn only_what_is_offered_is_pressed_and_only_what_customers_may_fill_is_filled() {
    let world = world();
    let stage = Stage::of(&world, Settings::default());
    let (mut failures, mut of) = (Vec::new(), 0);
    for input in attempts().filled {
        for moment in MOMENTS {
            of += 1;
            let trial = Trial::filled(&world, &stage, moment, &input).await.unwrap();
            failures.extend(trial.broken().map(|law| named(moment, &format!("{input:?}"), &law)));
        }
    }
    none(&failures, of);
}

/// Whoever presses twice has answered one question.
#[tokio::test]
async fn a_late_press_answers_no_later_question() {
    let stage = Stage::of(&world(), Settings::default());
    let mut chat = Rehearsal::on(&stage, None, Customer::default(), NOW, None)
        .await
        .unwrap();
    chat.say("I want a refund for order 4512").await.unwrap();
    let option = chat.log().iter().rev().find_map(full).unwrap();
    let press = || InputKind::OptionSelected { option: option.clone() };
    let pressed = chat.take(press()).await.unwrap();
    assert!(
        pressed
            .iter()
            .any(|event| matches!(event.kind, EventKind::Asked { .. })),
        "a yes is asked for"
    );
    assert_eq!(chat.take(press()).await.unwrap(), [], "the same press again is none");
}

/// The quick reply for all of the money, the first of its question as a yes is of the next.
fn full(event: &LogEvent) -> Option<OptionId> {
    let EventKind::OptionsOffered { options, .. } = &event.kind else {
        return None;
    };
    options
        .first()
        .filter(|option| option.text == "full")
        .map(|option| option.id.clone())
}

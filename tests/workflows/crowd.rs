//! Customers without a plan, led by the workflow: whatever they do, what holds for every conversation holds for theirs.

use taskwright_commands::{Rehearsal, Stage};
use taskwright_domain::{Customer, EventKind, LogEvent, Resolution};
use taskwright_tests::Seed;

use crate::story::{NOW, holds, told};

const LINES: [&str; 34] = [
    "How long does delivery take?",
    "Can I pay by invoice?",
    "What are your opening hours?",
    "What is the meaning of life?",
    "I want a refund",
    "I want a full refund for order 4512",
    "cancel order 4900",
    "Please update my address",
    "4512",
    "4711",
    "full",
    "maya.lindqvist@example.com",
    "yes",
    "no",
    "no thanks",
    "thanks",
    "thanks, that helped",
    "Thanks, and can I pay by invoice?",
    "that didn't help",
    "still broken",
    "this is useless",
    "perfect",
    "bye",
    "hello",
    "stop",
    "1",
    "2",
    "5",
    "hm",
    "asdf jkl qwer",
    "why do you need that?",
    "I changed my mind",
    "I don't have it",
    "I want to talk to a human",
];
/// Inputs of a conversation.
const TURNS: usize = 14;

fn customers() -> u64 {
    match std::env::var("TASKWRIGHT_SIZE").as_deref() {
        Ok("soak") => 2_000,
        _ => 60,
    }
}

/// A line, the press of a button, or silence.
async fn act(chat: &mut Rehearsal, seed: &mut Seed) {
    let offered = chat.log().iter().rev().find_map(|event| match &event.kind {
        EventKind::OptionsOffered { options, .. } => Some(options.clone()),
        EventKind::CustomerSaid { .. } | EventKind::OptionSelected { .. } => Some(Vec::new()),
        _ => None,
    });
    let options = offered.unwrap_or_default();
    if !options.is_empty() && seed.one_in(2) {
        let text = options[seed.below(options.len())].text.clone();
        // What was offered before the assistant spoke again cannot be pressed any more.
        let _ = chat.press(&text).await;
    } else if seed.one_in(8) {
        chat.wait(12).await.unwrap();
    } else {
        chat.say(seed.pick(&LINES)).await.unwrap();
    }
}

#[tokio::test]
async fn whatever_customers_do_the_log_holds() {
    let stage: Stage = crate::stage();
    let (mut ended, mut confirmed, mut abandoned, mut routed) = (0, 0, 0, 0);
    for number in 0..customers() {
        let mut seed = Seed(number);
        let mut chat = Rehearsal::led(&stage, Customer::default(), NOW).await.unwrap();
        for _ in 0..TURNS {
            act(&mut chat, &mut seed).await;
        }
        let log = chat.log();
        if let Err(why) = holds(&chat).and_then(|()| once_per_silence(&log)) {
            panic!("customer {number}: {why}\n{}", told(&log));
        }
        let came = |wanted: Resolution| {
            let found =
                |event: &LogEvent| matches!(event.kind, EventKind::ResolutionChanged { state } if state == wanted);
            usize::from(log.iter().any(found))
        };
        confirmed += came(Resolution::HardResolution);
        abandoned += came(Resolution::AbandonedNegativeFeedback);
        routed += came(Resolution::RoutedToTeam);
        let over = |event: &LogEvent| matches!(event.kind, EventKind::WorkflowFinished);
        ended += usize::from(log.iter().any(over));
    }
    assert!(
        ended > 5 && confirmed > 5 && abandoned > 0 && routed > 5,
        "every way out is taken by somebody: {ended} ended, {confirmed} confirmed, {abandoned} abandoned, {routed} routed"
    );
}

/// Between two things a customer does, their silence is told once at the most.
fn once_per_silence(log: &[LogEvent]) -> Result<(), String> {
    let mut told = false;
    for event in log {
        match &event.kind {
            EventKind::CustomerSaid { .. } | EventKind::OptionSelected { .. } => told = false,
            EventKind::CustomerIdle { .. } if told => return Err("one silence is told twice".to_owned()),
            EventKind::CustomerIdle { .. } => told = true,
            _ => {}
        }
    }
    Ok(())
}

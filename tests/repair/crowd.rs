//! Customers without a plan: rude, confused, changing their minds. Nobody is kept in a circle.

use taskwright_commands::{Rehearsal, Stage};
use taskwright_domain::{EventKind, LogEvent, Question};
use taskwright_tests::Seed;

use crate::stage;

/// Messages until which something must have come of it: an outcome, a hand-off, or the offer of a person.
const TURNS_AT_MOST: usize = 30;
/// Messages in a row that bring nothing new in a task: with the last of them a person is offered.
const ROUNDS_AT_MOST: usize = 3;
/// Messages after which a customer gives up.
const PATIENCE: usize = 48;

const WISHES: [&str; 8] = [
    "I want a refund for my order",
    "refund order 4512",
    "cancel order 4900",
    "Please update my address",
    "my name is spelled wrong on my account",
    "The app keeps crashing",
    "I get error E-104",
    "I want my money back and the app is broken",
];
const VALUES: [&str; 22] = [
    "4512",
    "4711",
    "4801",
    "9999",
    "it's 4900",
    "full",
    "partial",
    "20 EUR",
    "500 EUR",
    "maya.lindqvist@example.com",
    "nobody@example.com",
    "both",
    "Maya Byrne",
    "3 Mill Lane, Cork T12 A1B2",
    "S-20418",
    "S-99999",
    "S 20677",
    "E-300",
    "my iPhone",
    "a computer",
    "It closes all the time",
    "urgent",
];
const CONFUSED: [&str; 24] = [
    "what?",
    "huh",
    "I don't know",
    "which number?",
    "why do you need that?",
    "where do I find that",
    "hm",
    "hello?",
    "asdf jkl",
    "...",
    "😀😀",
    "and now?",
    "the blue one",
    "my mother ordered it",
    "ok",
    "one moment please",
    "no, I meant 4512",
    "sorry, wrong number",
    "how long does delivery take?",
    "do you ship to Norway?",
    "wait, is that safe?",
    "I think I said that already",
    "Ich verstehe nicht, was ist das?",
    "no entiendo la pregunta",
];
const RUDE: [&str; 16] = [
    "this is ridiculous",
    "fuck you",
    "you idiots",
    "WHAT A JOKE!!!",
    "none of your business",
    "I won't tell you",
    "useless bot",
    "no",
    "stop wasting my time",
    "I refuse",
    "shut up",
    "are you stupid?",
    "worst service ever",
    "just do it already",
    "I don't have it",
    "no, not a person",
];
const SETTLED: [&str; 12] = [
    "yes",
    "no thanks",
    "yes please",
    "no wait",
    "never mind",
    "thanks",
    "bye",
    "forget it",
    "that's all",
    "go ahead",
    "maybe",
    "ok thank you",
];

/// How somebody is today.
struct Temper {
    seed: Seed,
    helps: usize,
}

impl Temper {
    fn of(number: u64) -> Self {
        let mut seed = Seed(number);
        let helps = seed.below(8);
        Self { seed, helps }
    }

    fn says(&mut self) -> &'static str {
        let among: &[&'static str] = match self.seed.below(12 + self.helps) {
            0 => &WISHES,
            1..=3 => &CONFUSED,
            4..=6 => &RUDE,
            7..=9 => &SETTLED,
            _ => &VALUES,
        };
        self.seed.pick(among)
    }
}

/// Why somebody got stuck; none where nobody did.
async fn stuck(stage: &Stage, number: u64) -> Result<Option<String>, String> {
    let mut temper = Temper::of(number);
    let mut chat: Rehearsal = stage::open(stage, None).await?;
    let (mut since, mut rounds) = (0, 0);
    let mut text = temper.seed.pick(&WISHES);
    for _ in 0..PATIENCE {
        let events = chat.say(text).await.map_err(|error| error.to_string())?;
        if !events.iter().any(|event| matches!(event.kind, EventKind::Said { .. })) {
            return Ok(Some(format!(
                "nothing was said after {text:?}\n{}",
                crate::story::told(&chat)
            )));
        }
        if events
            .iter()
            .any(|event| matches!(event.kind, EventKind::HandedOff { .. }))
        {
            return Ok(None);
        }
        let out = events.iter().any(is_a_way_out);
        since = if out { 0 } else { since + 1 };
        rounds = if out || events.iter().any(is_new) || !in_task(&chat) {
            0
        } else {
            rounds + 1
        };
        if since > TURNS_AT_MOST || rounds >= ROUNDS_AT_MOST {
            let told = crate::story::told(&chat);
            return Ok(Some(format!(
                "{since} turns without an outcome, {rounds} without anything new\n{told}"
            )));
        }
        text = temper.says();
    }
    Ok((chat.rerun() != chat.log()).then(|| "decided again, it is another conversation".to_owned()))
}

/// An outcome, or the offer of a person.
fn is_a_way_out(event: &LogEvent) -> bool {
    match &event.kind {
        EventKind::TaskFinished { .. } => true,
        EventKind::Asked { what, .. } => *what == Question::Person,
        EventKind::Said { text, .. } => text.contains("talk to a person"),
        _ => false,
    }
}

/// What a message brought.
fn is_new(event: &LogEvent) -> bool {
    matches!(
        event.kind,
        EventKind::AttributeSet { to: Some(_), .. }
            | EventKind::Confirmed { .. }
            | EventKind::TaskStarted { .. }
            | EventKind::AttributeRejected { given_up: true, .. }
            | EventKind::Heard { .. }
    )
}

fn in_task(chat: &Rehearsal) -> bool {
    let begun = |event: &LogEvent| match event.kind {
        EventKind::TaskStarted { .. } => 1,
        EventKind::TaskFinished { .. } => -1,
        _ => 0,
    };
    chat.log().iter().map(begun).sum::<i32>() > 0
}

#[tokio::test]
async fn nobody_is_kept_in_a_circle() {
    let customers = match std::env::var("TASKWRIGHT_SIZE").as_deref() {
        Ok("soak") => 10_000,
        _ => 250,
    };
    let stage = stage::stage();
    let mut failures = Vec::new();
    for number in 0..customers {
        if let Some(why) = stuck(&stage, number).await.unwrap() {
            failures.push(format!("customer {number}: {why}"));
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {customers} got stuck:\n{}",
        failures.len(),
        failures.iter().take(5).cloned().collect::<Vec<_>>().join("\n\n")
    );
}

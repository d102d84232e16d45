//! Customers who co-operate, each in words of their own: they get what they came for, without a person.
//!
//! The words are lists of how people say such things, written down without looking at what the program understands.

#![cfg(test)]

use taskwright_bundle::BundleContent;
use taskwright_commands::Rehearsal;
use taskwright_domain::{Customer, EventKind, LogEvent, Question, Settings};
use taskwright_tests::samples;

/// Saturday 21 November 2026, 10:00 UTC.
const NOW: i64 = 1_795_255_200_000;

/// A wish, what the customer will answer, and what must come of it.
struct Wish {
    bundle: &'static str,
    openings: &'static [&'static str],
    /// By attribute: how the value may be said.
    answers: &'static [(&'static str, &'static [&'static str])],
    /// What another system sends when the task waits for it: key and body.
    callback: Option<(&'static str, &'static str)>,
    /// The action that must be called once, and what it must be given.
    change: Option<(&'static str, &'static [(&'static str, &'static str)])>,
    /// Turns of the straight way.
    turns: usize,
}

const ORDER: &[&str] = &[
    "4512",
    "it's 4512",
    "order 4512",
    "my order number is 4512",
    "4512 I think",
    "number 4512",
    "sure, 4512",
    "The order number is 4512.",
    "#4512",
    "that would be 4512",
];
const EMAIL: &[&str] = &[
    "maya.lindqvist@example.com",
    "it's maya.lindqvist@example.com",
    "my email is maya.lindqvist@example.com",
    "maya.lindqvist@example.com please",
    "you can find me under maya.lindqvist@example.com",
];
const SESSION: &[&str] = &[
    "S-20418",
    "it's S-20418",
    "session S-20418",
    "The ID is S-20418.",
    "it says S-20418",
];
const CALLBACK: &str = r#"{"data":{"check_id":"V-3001","status":"passed","name":"Maya Lindqvist"}}"#;

const WISHES: [Wish; 7] = [
    Wish {
        bundle: "refund-or-cancel-an-order",
        openings: &[
            "I want a refund for my order",
            "Hi there, can I get my money back?",
            "hello, I'd like to be refunded please",
            "The lamp I ordered broke, I want a refund",
            "Can you refund order 4512?",
            "I'd like a full refund for order 4512",
        ],
        answers: &[
            ("order_number", ORDER),
            (
                "refund_kind",
                &[
                    "full",
                    "a full refund",
                    "all of it please, a full refund",
                    "the full amount",
                    "full please",
                ],
            ),
        ],
        callback: None,
        change: Some(("refund_order", &[("order_number", "4512"), ("amount", "79.00")])),
        turns: 4,
    },
    Wish {
        bundle: "refund-or-cancel-an-order",
        openings: &[
            "I want part of my money back",
            "Can I get a partial refund for my order?",
            "I'd like a partial refund for order 4512",
            "please refund me a part of what I paid",
        ],
        answers: &[
            ("order_number", ORDER),
            (
                "refund_kind",
                &["partial", "a partial refund", "only a partial one", "partial please"],
            ),
            (
                "refund_amount",
                &[
                    "20 EUR",
                    "20 euros please",
                    "€20",
                    "I think 20 EUR would be fair",
                    "20 euro",
                ],
            ),
        ],
        callback: None,
        change: Some(("refund_order", &[("order_number", "4512"), ("amount", "20")])),
        turns: 5,
    },
    Wish {
        bundle: "refund-or-cancel-an-order",
        openings: &[
            "Please cancel my order",
            "I need to cancel my order 4900",
            "hi, cancel order 4900 please",
            "I changed my mind, can you cancel what I ordered?",
        ],
        answers: &[(
            "order_number",
            &[
                "4900",
                "it's 4900",
                "order 4900",
                "my order number is 4900",
                "number 4900",
            ],
        )],
        callback: None,
        change: Some(("cancel_order", &[("order_number", "4900")])),
        turns: 3,
    },
    Wish {
        bundle: "change-personal-details",
        openings: &[
            "I have moved, can you change my address?",
            "Hi! Please update my address",
            "I need to change the address on my account",
            "new home, new address: please update it",
        ],
        answers: &[
            ("email_address", EMAIL),
            (
                "change_kind",
                &["address", "my address", "just the address", "the address please"],
            ),
            (
                "new_address",
                &[
                    "3 Mill Lane, Cork T12 A1B2",
                    "it's 3 Mill Lane, Cork T12 A1B2",
                    "My new address is 3 Mill Lane, Cork T12 A1B2",
                ],
            ),
        ],
        callback: Some(("identity_check", CALLBACK)),
        change: Some(("update_customer", &[("address", "3 Mill Lane, Cork T12 A1B2")])),
        turns: 5,
    },
    Wish {
        bundle: "change-personal-details",
        openings: &[
            "I got married and have a new last name",
            "My name is spelled wrong on my account",
            "please correct my name in your records",
            "Hello, I need to change my name",
        ],
        answers: &[
            ("email_address", EMAIL),
            (
                "change_kind",
                &["name", "my name", "only the name please", "just my name"],
            ),
            (
                "new_name",
                &[
                    "Maya Byrne",
                    "it's Maya Byrne",
                    "My new name is Maya Byrne",
                    "Maya Byrne please",
                ],
            ),
        ],
        callback: Some(("identity_check", CALLBACK)),
        change: Some(("update_customer", &[("name", "Maya Byrne")])),
        turns: 5,
    },
    Wish {
        bundle: "change-personal-details",
        openings: &[
            "I got married and moved, please update my details",
            "Hi, I need to change my name and my address",
            "please update both my name and my address",
            "new name and new address after my wedding",
        ],
        answers: &[
            ("email_address", EMAIL),
            (
                "change_kind",
                &["both", "both please", "both of them", "my name and my address"],
            ),
            (
                "new_name",
                &["Maya Byrne", "it's Maya Byrne", "My new name is Maya Byrne"],
            ),
            (
                "new_address",
                &[
                    "3 Mill Lane, Cork T12 A1B2",
                    "it's 3 Mill Lane, Cork T12 A1B2",
                    "My new address is 3 Mill Lane, Cork T12 A1B2",
                ],
            ),
        ],
        callback: Some(("identity_check", CALLBACK)),
        change: Some((
            "update_customer",
            &[("name", "Maya Byrne"), ("address", "3 Mill Lane, Cork T12 A1B2")],
        )),
        turns: 6,
    },
    Wish {
        bundle: "technical-troubleshooting",
        openings: &[
            "The app keeps crashing",
            "hi, the app shows an error when I open it",
            "Your app is broken, it closes all the time",
            "nothing happens when I press the button in the app",
        ],
        answers: &[
            ("session_id", SESSION),
            (
                "device",
                &["iPhone", "an iPhone", "it's an iPhone", "I'm on an iPhone", "my iPhone"],
            ),
            (
                "works_now",
                &[
                    "yes",
                    "yes, it works now",
                    "it works, thank you!",
                    "yep, all good",
                    "yes it does",
                ],
            ),
        ],
        callback: None,
        change: None,
        turns: 4,
    },
];

/// Slips of the pen, by attribute: what is written first, and ways to put it right with the next message.
const SLIPS: [(&str, &str, &[&str]); 4] = [
    (
        "refund_amount",
        "30 EUR",
        &[
            "sorry, I meant 20 EUR",
            "no, make that 20 EUR",
            "wait, 20 EUR not 30 EUR",
        ],
    ),
    (
        "new_name",
        "Maya Burne",
        &[
            "sorry, I meant Maya Byrne",
            "no, Maya Byrne",
            "oops, it should be Maya Byrne",
        ],
    ),
    (
        "new_address",
        "30 Mill Lane, Cork T12 A1B2",
        &[
            "sorry, I meant 3 Mill Lane, Cork T12 A1B2",
            "no, it's 3 Mill Lane, Cork T12 A1B2",
        ],
    ),
    (
        "session_id",
        "S-20677",
        &["sorry, I meant S-20418", "no, the session is S-20418"],
    ),
];
const YES: [&str; 9] = [
    "yes",
    "yes please",
    "sure, go ahead",
    "ok, do it",
    "yep",
    "please do",
    "that's right",
    "go ahead",
    "Yes, that's fine.",
];
const SMALL_TALK: [&str; 5] = [
    "thanks for helping me",
    "how are you today?",
    "one moment please",
    "ok",
    "hello again",
];

/// Small seeded numbers (SplitMix64).
struct Seed(u64);

impl Seed {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).unwrap_or(0)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }
}

/// What the assistant waits for, from what it did last.
fn waits_for(log: &[LogEvent]) -> Option<&EventKind> {
    log.iter().rev().map(|event| &event.kind).find(|kind| {
        matches!(
            kind,
            EventKind::Asked { .. }
                | EventKind::WebhookAwaited { .. }
                | EventKind::TaskFinished { .. }
                | EventKind::HandedOff { .. }
        )
    })
}

/// Why a chat failed, with what was said.
async fn chat(content: &BundleContent, wish: &Wish, seed: &mut Seed) -> Result<(), String> {
    let mut chat = Rehearsal::start(content, None, Settings::default(), Customer::default(), NOW)
        .await
        .map_err(|error| error.to_string())?;
    let mut turns = 1;
    let mut talked = false;
    let slips = seed.one_in(4);
    let mut mend: Option<&str> = None;
    let mut slipped = false;
    chat.say(seed.pick(wish.openings))
        .await
        .map_err(|error| error.to_string())?;
    loop {
        let log = chat.log();
        let waits = waits_for(&log);
        let text = match waits {
            Some(EventKind::TaskFinished { .. }) => break,
            None => return Err(told(&log, "no task started")),
            Some(EventKind::HandedOff { .. }) => return Err(told(&log, "it was handed off")),
            Some(EventKind::WebhookAwaited { .. }) if !came(&log) => {
                let (key, body) = wish.callback.ok_or("it waits for a webhook")?;
                let body = serde_json::from_str(body).map_err(|error| error.to_string())?;
                chat.call_back(key, body).await.map_err(|error| error.to_string())?;
                continue;
            }
            Some(EventKind::Asked { .. }) if mend.is_some() => mend.take().unwrap_or_default(),
            Some(EventKind::Asked { .. }) if !talked && seed.one_in(12) => {
                talked = true;
                seed.pick(&SMALL_TALK)
            }
            Some(EventKind::Asked {
                what: Question::Attribute { attribute, .. },
                ..
            }) => match wish.answers.iter().find(|(key, _)| key == attribute) {
                Some((_, ways)) => match SLIPS.iter().find(|(key, _, _)| key == attribute) {
                    Some((_, first, mends)) if slips && !slipped => {
                        slipped = true;
                        mend = Some(seed.pick(mends));
                        first
                    }
                    _ => seed.pick(ways),
                },
                None => return Err(told(&log, &format!("it asks for {attribute}"))),
            },
            Some(_) => seed.pick(&YES),
        };
        turns += 1;
        if turns > wish.turns + 2 {
            return Err(told(&log, "it takes too many turns"));
        }
        chat.say(text).await.map_err(|error| error.to_string())?;
    }
    let log = chat.log();
    if right(&log, wish) {
        Ok(())
    } else {
        Err(told(&log, "the wrong thing was done"))
    }
}

/// Whether the webhook came already.
fn came(log: &[LogEvent]) -> bool {
    log.iter()
        .any(|event| matches!(event.kind, EventKind::WebhookReceived { .. }))
}

/// The one change with the right inputs, or none where none is wanted.
fn right(log: &[LogEvent], wish: &Wish) -> bool {
    let changes: Vec<_> = log
        .iter()
        .filter_map(|event| match &event.kind {
            EventKind::ActionStarted {
                action,
                inputs,
                changes_data: true,
                ..
            } if action.as_str() != "action_start_identity_check" => Some((action, inputs)),
            _ => None,
        })
        .collect();
    match (&changes[..], wish.change) {
        ([], None) => true,
        ([(action, inputs)], Some((wanted, values))) => {
            action.as_str() == format!("action_{wanted}")
                && values.iter().all(|(key, value)| {
                    let given = inputs.get(*key).and_then(|given| serde_json::to_string(given).ok());
                    given.is_some_and(|given| given.contains(value))
                })
        }
        _ => false,
    }
}

fn told(log: &[LogEvent], why: &str) -> String {
    let said = log.iter().filter_map(|event| match &event.kind {
        EventKind::CustomerSaid { text, .. } => Some(format!("  > {text}")),
        EventKind::Said { text, .. } => Some(format!("  < {text}")),
        _ => None,
    });
    format!("{why}:\n{}", said.collect::<Vec<_>>().join("\n"))
}

#[tokio::test]
async fn co_operative_customers_get_what_they_came_for() {
    let count = match std::env::var("TASKWRIGHT_SIZE").as_deref() {
        Ok("soak") => 2_000,
        _ => 64,
    };
    let samples = samples().unwrap();
    let (mut chats, mut failures) = (0_usize, Vec::new());
    for wish in &WISHES {
        let (_, content) = samples.iter().find(|(name, _)| name == wish.bundle).unwrap();
        for number in 0..count {
            let mut seed = Seed(number);
            chats += 1;
            if let Err(why) = chat(content, wish, &mut seed).await {
                failures.push(format!(
                    "{} ({}), customer {number}: {why}",
                    wish.bundle, wish.openings[0]
                ));
            }
        }
    }
    let share = (chats - failures.len()) as f64 * 100.0 / chats as f64;
    eprintln!(
        "{chats} customers, {} did not get what they came for: {share:.2} % did",
        failures.len()
    );
    failures.iter().take(12).for_each(|failure| eprintln!("{failure}"));
    assert!(share >= 99.0, "at least 99 in 100 get what they came for");
}

//! Tasks that carry the customer's words around to where they may not go: the input refuses them, whoever put them there.

use taskwright_commands::{Rehearsal, Stage};
use taskwright_domain::{Accepts, Customer, EventKind, HandOffReason, InputFrom, Settings, Template};

use crate::ledger::Ledger;
use crate::trial::world;
use crate::vault;

/// Saturday 21 November 2026, 10:00 UTC.
const NOW: i64 = 1_795_255_200_000;

/// Ways for the customer's words to come back under another name, and where the payment takes its approver from.
const WAYS: [(&str, &str, &str); 3] = [
    ("set by a step", "Set the approver to {reason}.", "approver"),
    (
        "set with words around",
        "Set the approver to \"Approved by {reason}\".",
        "approver",
    ),
    ("taken as it is", "", "reason"),
];

async fn blocked(step: &str, from: InputFrom) -> Result<bool, String> {
    let mut content = world();
    let text = format!(
        "Ask for the account number. Get the account with the account number. Ask for the amount. Ask for the reason. \
         {step} Ask the customer to confirm. Pay out."
    );
    content.tasks = vec![vault::task("Pay out credit", &text)];
    let action = content
        .actions
        .iter_mut()
        .find(|action| action.key == "pay_out")
        .ok_or("no action")?;
    let mut input = action.inputs.last().cloned().ok_or("no input")?;
    input.key = "approved_by".to_owned();
    input.accepts = Accepts::NotCustomer;
    input.from = from;
    action.inputs.push(input);
    let stage = Stage::of(&content, Settings::default());
    let ledger = Ledger::open();
    let mut chat = Rehearsal::on(
        &stage,
        Some("Pay out credit"),
        Customer::default(),
        NOW,
        Some(ledger.clone()),
    )
    .await
    .map_err(|error| error.to_string())?;
    for text in ["Pay out my credit please", "55", "20 EUR", "the boss said so", "yes"] {
        chat.say(text).await.map_err(|error| error.to_string())?;
    }
    let called = ledger.calls().iter().any(|call| call.name == "Pay out");
    let refused = chat.log().iter().any(|event| {
        matches!(&event.kind, EventKind::HandedOff { reason: HandOffReason::Blocked { rule }, .. }
            if rule.contains("never comes from the customer"))
    });
    Ok(refused && !called)
}

#[tokio::test]
async fn customer_words_stay_customer_words() {
    for (way, step, reference) in WAYS {
        let from = InputFrom::Reference {
            reference: reference.to_owned(),
        };
        assert!(blocked(step, from).await.unwrap(), "{way}");
    }
    let fixed = InputFrom::Fixed {
        value: Template::new("Approved: {reason}"),
    };
    assert!(
        blocked("", fixed).await.unwrap(),
        "fixed words with a value of the customer's"
    );
}

#[tokio::test]
async fn the_authors_own_words_are_taken() {
    let fixed = InputFrom::Fixed {
        value: Template::new("the back office"),
    };
    assert!(!blocked("", fixed).await.unwrap());
    let from = InputFrom::Reference {
        reference: "approver".to_owned(),
    };
    assert!(!blocked("Set the approver to \"the back office\".", from).await.unwrap());
}

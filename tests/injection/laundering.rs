//! Tasks that carry the customer's words around to where they may not go: the input refuses them, whoever put them there.

use taskwright_commands::{Rehearsal, Stage};
use taskwright_domain::{Accepts, Customer, EventKind, HandOffReason, InputFrom, Settings, Template};

use crate::ledger::Ledger;
use crate::trial::{NOW, world};
use crate::vault;

/// What became of the payment.
#[derive(Debug, PartialEq, Eq)]
enum Came {
    Paid,
    Refused,
    Otherwise(String),
}

/// A payment whose approver no customer may name: a step of the task, and where the action takes it from.
async fn pay(step: &str, from: InputFrom) -> Result<Came, String> {
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
    let refused = chat.log().iter().any(|event| {
        matches!(&event.kind, EventKind::HandedOff { reason: HandOffReason::Blocked { rule }, .. }
            if rule.contains("never comes from the customer"))
    });
    let paid = ledger.calls().iter().any(|call| call.name == "Pay out");
    Ok(match (paid, refused) {
        (true, false) => Came::Paid,
        (false, true) => Came::Refused,
        _ => Came::Otherwise(format!(
            "{:#?}",
            chat.log().iter().map(|event| &event.kind).collect::<Vec<_>>()
        )),
    })
}

fn of(reference: &str) -> InputFrom {
    InputFrom::Reference {
        reference: reference.to_owned(),
    }
}

fn fixed(words: &str) -> InputFrom {
    InputFrom::Fixed {
        value: Template::new(words),
    }
}

#[tokio::test]
async fn customer_words_stay_customer_words() {
    let set = "Set the approver to {reason}.";
    assert_eq!(pay(set, of("approver")).await.unwrap(), Came::Refused, "set by a step");
    assert_eq!(pay("", of("reason")).await.unwrap(), Came::Refused, "taken as it is");
    let words = fixed("Approved: {reason}");
    assert_eq!(
        pay("", words).await.unwrap(),
        Came::Refused,
        "fixed words with a value in them"
    );
    let words = fixed("Approved: {account.owner}, {reason}");
    assert_eq!(pay("", words).await.unwrap(), Came::Refused, "behind a system's value");
}

#[tokio::test]
async fn the_words_of_authors_and_systems_are_taken() {
    assert_eq!(pay("", fixed("the back office")).await.unwrap(), Came::Paid);
    assert_eq!(pay("", of("account.owner")).await.unwrap(), Came::Paid);
    let set = "Set the approver to {account.owner}.";
    assert_eq!(pay(set, of("approver")).await.unwrap(), Came::Paid);
}

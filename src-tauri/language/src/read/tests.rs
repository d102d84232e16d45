//! The reader as a whole: sentences with their meanings.

pub(super) mod fixture;

use taskwright_domain::{Catalogue, LinkTarget, Meaning, Reading};

use super::{describe, read};

/// A reading in one line: `kind | references | condition`, the parts of a sentence joined by ` ;; `.
fn line_of(reading: &Reading, catalogue: &Catalogue) -> String {
    let parts = reading.sentences.iter().map(|sentence| {
        let mut names: Vec<String> = Vec::new();
        for link in &sentence.links {
            let name = match &link.target {
                LinkTarget::Action { action } => {
                    format!("*{}*", catalogue.action(action).map_or("?", |a| a.name.as_str()))
                }
                LinkTarget::Reference { reference } => reference.clone(),
                LinkTarget::Team { team } => catalogue.team(team).map_or("?", |t| t.name.as_str()).to_owned(),
                LinkTarget::Task { .. } => "a task".to_owned(),
                LinkTarget::Webhook { key } => format!("webhook {key}"),
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let told = match &sentence.meaning {
            Meaning::Check {
                condition: Some(condition),
            } => describe(condition, catalogue),
            Meaning::Check { condition: None } => "else".to_owned(),
            Meaning::Inform { words } => words.0.clone(),
            Meaning::Rule => sentence.words.trim_start_matches("Rule: ").to_owned(),
            Meaning::Repeat { at_most } => at_most.map_or_else(String::new, |times| format!("at most {times}")),
            Meaning::Tag | Meaning::Note | Meaning::Set { .. } | Meaning::Jump => sentence.words.clone(),
            _ => String::new(),
        };
        let mut line = sentence.meaning.kind().to_owned();
        if !names.is_empty() || !told.is_empty() {
            line.push_str(&format!(" | {}", names.join(", ")));
        }
        if !told.is_empty() {
            line.push_str(&format!(" | {}", told.replace('\n', " / ")));
        }
        line
    });
    parts.collect::<Vec<_>>().join(" ;; ")
}

/// Sentences with what they mean.
const READ: [(&str, &str); 12] = [
    (
        "If the parcel's status is not delivered, hand off.",
        "check | parcel.status | the parcel's status is not delivered ;; hand_off",
    ),
    ("Make sure the customer agrees before you cancel the parcel.", "confirm"),
    (
        "Only continue if the parcel's status is delivered. Otherwise, hand off.",
        "check | parcel.status | the parcel's status is delivered ;; check |  | else ;; hand_off",
    ),
    ("Wait 2 minutes.", "unclear"),
    (
        "Apologise for the trouble with [Refund payment].",
        "inform |  | I'm sorry for the trouble with Refund payment.",
    ),
    (
        "The [Refund payment] action is not meant for gift cards and other vouchers.",
        "context",
    ),
    (
        "This is done with the [Refund payment] button.",
        "run | *Refund payment*",
    ),
    ("The parcel should then be found by its number.", "run | *Find parcel*"),
    ("First the customer has to confirm.", "confirm"),
    (
        "Ask for the booking number and look it up.",
        "ask | booking_number ;; run | *Find booking*",
    ),
    (
        "If the new address or the new date is missing, hand off.",
        "check | new_address, new_date | the new address is missing or the new date is missing ;; hand_off",
    ),
    (
        "Tell the customer to sign out and sign in again.",
        "inform |  | Please sign out and sign in again.",
    ),
];

#[test]
fn sentences_mean_what_a_careful_colleague_takes_them_to_mean() {
    let catalogue = fixture::catalogue();
    for (text, meaning) in READ {
        assert_eq!(line_of(&read(text, &catalogue), &catalogue), meaning, "{text}");
    }
}

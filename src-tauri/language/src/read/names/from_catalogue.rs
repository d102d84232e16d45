//! What can be named, made of a catalogue.

use taskwright_domain::{ActionInput, AttributeType, Catalogue, Provider, key_in_words};

use super::stems::{Stem, content_stems, stems};
use super::{Choice, Named, Origin};

pub(super) fn picked_items(catalogue: &Catalogue) -> Vec<Stem> {
    let several = catalogue
        .attributes
        .iter()
        .filter(|attribute| matches!(attribute.kind, AttributeType::List { .. }));
    several
        .filter_map(|attribute| catalogue.picked_from(attribute)?.rsplit('.').next().map(Stem::new))
        .collect()
}

pub(super) fn named(catalogue: &Catalogue, reference: String) -> Option<Named> {
    let referent = catalogue.resolve(&reference)?;
    let (owner, field) = match reference.split_once('.') {
        Some((owner, field)) => (Some(owner.to_owned()), field.to_owned()),
        None => (None, reference.clone()),
    };
    let (origin, about, field_words) = match referent.provider {
        Provider::Attribute(attribute) => {
            let origin = if owner.is_some() {
                // "{booking.check_in}" comes with the booking that is picked.
                Origin::Field
            } else if attribute.customer_may_fill {
                Origin::Asked
            } else {
                Origin::Filled
            };
            let words = if owner.is_some() {
                key_in_words(&field)
            } else {
                attribute.name.clone()
            };
            (origin, attribute.description.clone(), words)
        }
        Provider::Action(action) => {
            let field_of = action.outputs.iter().find(|output| output.key == field);
            (
                Origin::Field,
                String::new(),
                field_of.map_or_else(|| key_in_words(&field), taskwright_domain::Field::label),
            )
        }
        Provider::Webhook(webhook) => {
            let field_of = webhook.fields.iter().find(|output| output.key == field);
            (
                Origin::Webhook,
                String::new(),
                field_of.map_or_else(|| key_in_words(&field), taskwright_domain::Field::label),
            )
        }
        Provider::BuiltIn => (Origin::BuiltIn, String::new(), key_in_words(&field)),
    };
    let mut field_stems = content_stems(&without_digits(&field_words));
    if field_stems.is_empty() {
        field_stems = stems(&field_words);
    }
    Some(Named {
        of_change: matches!(referent.provider, Provider::Action(action) if action.changes_data),
        label: referent.label,
        owner_stems: match referent.provider {
            Provider::Webhook(webhook) => webhook_stems(&webhook.key, &webhook.name),
            // "the cancellation deadline" is of what "Get cancellation policy" gives.
            Provider::Action(action) if !action.changes_data => {
                let verb = usize::from(action.name.contains(' '));
                let named = action.name.split_whitespace().skip(verb).collect::<Vec<_>>().join(" ");
                let own = owner.as_deref().map(stems).unwrap_or_default();
                own.into_iter().chain(content_stems(&named)).collect()
            }
            _ => owner.as_deref().map(stems).unwrap_or_default(),
        },
        owner: owner.filter(|_| matches!(origin, Origin::Field | Origin::Webhook | Origin::BuiltIn)),
        about: content_stems(&about),
        joined: joined(&field_words),
        options: options(&referent.kind),
        kind: referent.kind,
        origin,
        field_stems,
        reference,
    })
}

fn joined(words: &str) -> String {
    words.to_lowercase().split([' ', '-']).collect()
}

/// "card last4" is spoken of as "the last 4 digits of the card": figures tell nothing apart.
fn without_digits(words: &str) -> String {
    let plain: String = words
        .chars()
        .map(|c| if c.is_ascii_digit() { ' ' } else { c })
        .collect();
    if plain.trim().is_empty() {
        words.to_owned()
    } else {
        plain
    }
}

pub(super) fn of_input(input: &ActionInput) -> Named {
    Named {
        of_change: false,
        reference: input.key.clone(),
        label: input.label(),
        owner: None,
        owner_stems: Vec::new(),
        field_stems: content_stems(&input.label()),
        joined: joined(&input.label()),
        about: content_stems(&input.description),
        options: options(&input.kind),
        kind: input.kind.clone(),
        origin: Origin::Input,
    }
}

fn options(kind: &AttributeType) -> Vec<Choice> {
    let of = |options: &[String]| {
        options
            .iter()
            .map(|text| Choice {
                text: text.clone(),
                stems: stems(text),
            })
            .collect()
    };
    match kind {
        AttributeType::Choice { options } => of(options),
        AttributeType::List { fields } => match fields.as_slice() {
            [
                taskwright_domain::Field {
                    kind: AttributeType::Choice { options },
                    ..
                },
            ] => of(options),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

pub(super) fn webhook_stems(key: &str, name: &str) -> Vec<Stem> {
    let mut all = content_stems(name);
    all.extend(content_stems(&key_in_words(key)));
    all.dedup();
    all
}

//! Problems and their remedies.

use taskwright_domain::{AttributeType, Fix, Place, Problem, ProblemCode, Remedy, Severity, Span, key_for};

use super::names::Names;

/// A problem at some words; the caller of the reader fills in the block.
pub(super) fn problem(code: ProblemCode, severity: Severity, span: Span, message: impl Into<String>) -> Problem {
    let place = Place {
        span: Some(span),
        ..Place::default()
    };
    Problem {
        code,
        severity,
        place,
        message: message.into(),
        remedies: Vec::new(),
    }
}

pub(super) fn remedy(label: impl Into<String>, fix: Fix) -> Remedy {
    Remedy {
        label: label.into(),
        fix,
    }
}

/// A sentence that was not understood.
pub(super) fn unclear(span: Span, text: &str, reason: &str, rewrite: Option<String>) -> Problem {
    let message = format!("\u{201c}{}\u{201d} was not understood. {reason}", shortened(text));
    let mut found = problem(ProblemCode::UnclearSentence, Severity::Blocks, span, message);
    if let Some(text) = rewrite {
        found.remedies.push(remedy(
            format!("Write \u{201c}{text}\u{201d}"),
            Fix::Replace { span, text },
        ));
    }
    found.remedies.extend(ways_out(span, text));
    found
}

/// Note only, or a person.
pub(super) fn ways_out(span: Span, text: &str) -> [Remedy; 2] {
    let note = format!("Background: {}", text.trim());
    [
        remedy("It is a note for colleagues only", Fix::Replace { span, text: note }),
        remedy(
            "A person takes over here",
            Fix::Replace {
                span,
                text: "Hand off to a person".to_owned(),
            },
        ),
    ]
}

/// A yes-or-no attribute that tells whether something holds.
pub(super) fn yes_or_no(words: &[super::token::Token<'_>]) -> Remedy {
    let name = super::ask::yes_no_name(words);
    remedy(
        format!("Add a yes-or-no attribute \u{201c}{name}\u{201d}"),
        Fix::AddAttribute {
            key: key_for(&name),
            name,
            kind: AttributeType::Boolean,
        },
    )
}

/// Words that name no value.
pub(super) fn unknown_value(names: &Names<'_>, span: Span, said: &str, kind: Option<AttributeType>) -> Problem {
    let message = format!("Nothing is called \u{201c}{said}\u{201d}.");
    let mut found = problem(ProblemCode::UnknownReference, Severity::Blocks, span, message);
    for reference in nearest(said, names.values.iter().map(|value| value.reference.as_str()), 2) {
        let text = format!("{{{reference}}}");
        found
            .remedies
            .push(remedy(format!("Use {text}"), Fix::Replace { span, text }));
    }
    let kind = kind.unwrap_or_else(|| guessed_kind(said));
    let name = said.trim().to_lowercase();
    found.remedies.push(remedy(
        format!("Add \u{201c}{name}\u{201d} to the task's attributes"),
        Fix::AddAttribute {
            key: key_for(&name),
            name,
            kind,
        },
    ));
    found
}

/// An action that does not exist.
pub(super) fn unknown_action(span: Span, said: &str, near: &[&str]) -> Problem {
    let mut message = format!("No action does this: \u{201c}{}\u{201d}.", shortened(said));
    if !near.is_empty() {
        message.push_str(&format!(" Nearest: {}.", near.join(", ")));
    }
    let mut found = problem(ProblemCode::UnknownAction, Severity::Blocks, span, message);
    for name in near.iter().take(2) {
        found.remedies.push(remedy(
            format!("Use {name}"),
            Fix::Replace {
                span,
                text: format!("Run {name}"),
            },
        ));
    }
    let name = action_name(said);
    found.remedies.push(remedy(
        format!("Add an action \u{201c}{name}\u{201d}"),
        Fix::AddAction { name },
    ));
    found.remedies.extend(ways_out(span, said));
    found
}

/// The first words of a command as a name.
fn action_name(said: &str) -> String {
    let words: Vec<_> = said
        .split_whitespace()
        .filter(|w| {
            !matches!(
                w.to_lowercase().as_str(),
                "the" | "a" | "an" | "their" | "please" | "then" | "and"
            )
        })
        .take(4)
        .collect();
    let name = words.join(" ");
    let mut chars = name.trim_matches(|c: char| !c.is_alphanumeric()).chars();
    match chars.next() {
        Some(first) => first.to_uppercase().collect::<String>() + chars.as_str(),
        None => "New action".to_owned(),
    }
}

/// What kind of value a name suggests.
pub(super) fn guessed_kind(name: &str) -> AttributeType {
    let low = name.to_lowercase();
    let has = |words: &[&str]| {
        words.iter().any(|word| {
            low.split(|c: char| !c.is_alphanumeric() && c != '-')
                .any(|w| w == *word)
        })
    };
    if has(&["email", "e-mail", "mail"]) {
        AttributeType::Email
    } else if has(&["phone", "telephone", "mobile"]) {
        AttributeType::Phone
    } else if has(&["date", "day", "birthday", "birth"]) {
        AttributeType::Date
    } else if has(&["amount", "price", "total", "cost", "refund"]) {
        AttributeType::Amount
    } else if has(&["number", "id", "code", "reference", "postcode", "zip", "serial"]) {
        AttributeType::Identifier { pattern: None }
    } else if has(&["address"]) {
        AttributeType::Address
    } else if has(&["photo", "picture", "image", "screenshot"]) {
        AttributeType::Image
    } else if has(&["document", "file", "receipt", "invoice", "proof"]) {
        AttributeType::File
    } else if has(&["name"]) {
        AttributeType::PersonName
    } else if has(&["time"]) {
        AttributeType::Time
    } else if has(&["quantity", "count", "people", "guests", "seats"]) {
        AttributeType::Integer
    } else {
        AttributeType::Text
    }
}

/// The names nearest to what was written, at most a third of it away.
pub(super) fn nearest<'n>(said: &str, names: impl Iterator<Item = &'n str>, most: usize) -> Vec<&'n str> {
    let said = key_for(said);
    let mut found: Vec<_> = names
        .map(|name| {
            let tail = name.rsplit('.').next().unwrap_or(name);
            (distance(&said, name).min(distance(&said, tail) + 1), name)
        })
        .filter(|(far, name)| *far * 3 <= said.len().max(name.len()))
        .collect();
    found.sort();
    found.into_iter().take(most).map(|(_, name)| name).collect()
}

/// Edit distance; long names are cut, so that it stays quick.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(40).collect();
    let b: Vec<char> = b.chars().take(40).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let swap = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = swap.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// At most a line of words.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 90;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST {
        return line;
    }
    line.chars().take(MOST).collect::<String>() + "…"
}

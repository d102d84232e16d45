//! Keeping sensitive values out of the log.

use taskwright_domain::{EventKind, LogEvent, Sealed, SealedId, SealedRow, SealedText, Span, Value};

/// A value wrapped so that only its mask leaves the engine.
pub(crate) fn seal(value: &Value, id: SealedId, shown: &str) -> Value {
    if matches!(value, Value::Sealed(_)) {
        return value.clone();
    }
    Value::Sealed(Sealed {
        id,
        mask: mask(shown),
        plain: Some(Box::new(value.clone())),
    })
}

/// `•••• 4321`: at most the last four characters, and only of something longer than eight.
pub(crate) fn mask(shown: &str) -> String {
    let letters: Vec<char> = shown.chars().collect();
    if letters.len() > 8 {
        format!("•••• {}", letters[letters.len() - 4..].iter().collect::<String>())
    } else {
        "••••".into()
    }
}

/// The text with the spans masked.
pub(crate) fn mask_spans(text: &str, spans: &[Span]) -> String {
    let inside = |at: usize| {
        spans
            .iter()
            .any(|span| (span.start as usize..span.end as usize).contains(&at))
    };
    let mut masked = String::new();
    let mut hidden = false;
    for (at, letter) in text.chars().enumerate() {
        if !inside(at) {
            masked.push(letter);
        } else if !hidden {
            masked.push_str("••••");
        }
        hidden = inside(at);
    }
    masked
}

/// The rows that go into their own table with these events.
pub(crate) fn sealed_rows(events: &[LogEvent]) -> Vec<SealedRow> {
    let mut rows = Vec::new();
    for event in events {
        match &event.kind {
            EventKind::CustomerSaid {
                sealed: Some(SealedText { id, plain: Some(plain) }),
                ..
            }
            | EventKind::AttributeCollected {
                sealed: Some(SealedText { id, plain: Some(plain) }),
                ..
            } => {
                rows.push(SealedRow {
                    id: id.clone(),
                    json: serde_json::Value::String(plain.clone()),
                });
            }
            EventKind::ConversationStarted { start } => rows.extend(crate::known::sealed_in(&start.known)),
            EventKind::AttributeSet { to: Some(value), .. } => collect(value, &mut rows),
            EventKind::ActionSucceeded { fields, .. } | EventKind::WebhookReceived { fields, .. } => {
                fields.values().for_each(|value| collect(value, &mut rows));
            }
            _ => {}
        }
    }
    rows
}

pub(crate) fn collect(value: &Value, rows: &mut Vec<SealedRow>) {
    match value {
        Value::Sealed(Sealed {
            id, plain: Some(plain), ..
        }) => {
            let json = serde_json::to_value(plain).unwrap_or_default();
            rows.push(SealedRow { id: id.clone(), json });
        }
        Value::List(items) => items.iter().for_each(|item| collect(item, rows)),
        Value::Object(fields) => fields.values().for_each(|field| collect(field, rows)),
        _ => {}
    }
}

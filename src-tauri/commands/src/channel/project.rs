//! What a customer's product is told of what happened: a pure view of the log, event by event.

use serde_json::Value;
use taskwright_domain::{AttributeType, EventKind, LogEvent, OutboxRow, RequestedField, Resolution, Speaker};

use super::html::html_of;
use super::wire::{QuickReplyOption, RequestedAttribute, ResolutionState, Told};

/// What the product is told of these events, in order.
pub(crate) fn project(events: &[LogEvent]) -> Vec<OutboxRow> {
    let rows = events.iter().flat_map(|event| {
        let told = told_of(&event.kind);
        (0..).zip(told).map(|(part, told)| OutboxRow {
            seq: event.seq,
            part,
            told: serde_json::to_value(told).unwrap_or(Value::Null),
        })
    });
    rows.collect()
}

/// What the product is told of one event. Typing goes before each reply that the assistant works out itself.
fn told_of(event: &EventKind) -> Vec<Told> {
    match event {
        EventKind::Said { text, by, .. } => {
            let message = Told::NewMessage {
                text: text.clone(),
                html: html_of(text),
            };
            match by {
                Speaker::Assistant => vec![Told::Typing, message],
                Speaker::Block => vec![message],
            }
        }
        EventKind::OptionsOffered { options, .. } => {
            let options = options.iter().map(|option| QuickReplyOption {
                id: option.id.to_string(),
                text: option.text.clone(),
            });
            vec![Told::QuickReplyOptions {
                quick_reply_options: options.collect(),
            }]
        }
        EventKind::AttributesRequested { fields, .. } => vec![Told::AttributeCollector {
            attributes: fields.iter().map(requested).collect(),
        }],
        EventKind::ResolutionChanged { state } => vec![Told::ResolutionStateUpdated { state: (*state).into() }],
        EventKind::CustomerIdle { .. } => vec![Told::UserBecameIdle],
        EventKind::NoteAdded { text } => vec![Told::NewNote { text: text.clone() }],
        EventKind::TagsUpdated { added, removed } => vec![Told::ConversationTagsUpdated {
            tags_added: added.clone(),
            tags_removed: removed.clone(),
        }],
        EventKind::WorkflowFinished => vec![Told::WorkflowFinished],
        _ => Vec::new(),
    }
}

/// A field to ask for. What has no type of its own on the channel is a string.
fn requested(field: &RequestedField) -> RequestedAttribute {
    let (kind, options) = match &field.kind {
        AttributeType::Integer => ("integer", Vec::new()),
        AttributeType::Decimal => ("decimal", Vec::new()),
        AttributeType::Boolean => ("boolean", Vec::new()),
        AttributeType::Date => ("date", Vec::new()),
        AttributeType::DateTime => ("datetime", Vec::new()),
        AttributeType::Choice { options } => ("list", options.clone()),
        _ => ("string", Vec::new()),
    };
    RequestedAttribute {
        id: field.key.clone(),
        kind: kind.to_owned(),
        label: field.label.clone(),
        options,
    }
}

impl From<Resolution> for ResolutionState {
    fn from(state: Resolution) -> Self {
        match state {
            Resolution::SoftResolution => Self::SoftResolution,
            Resolution::HardResolution => Self::HardResolution,
            Resolution::RoutedToTeam => Self::RoutedToTeam,
            Resolution::AbandonedNegativeFeedback => Self::AbandonedNegativeFeedback,
        }
    }
}

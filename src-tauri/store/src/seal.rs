//! Sensitive values and their masks: joined in for the engine, left out for everyone else.

use std::collections::HashMap;

use serde_json::Value as Json;
use taskwright_domain::{EffectKind, EventKind, LogEvent, Sealed, SealedId, SealedText, Standing, Value};

/// Sealed values by id.
pub(crate) type SealedValues = HashMap<String, Json>;

/// Puts the values behind their masks. One that was erased stays a mask.
pub(crate) fn join(event: &mut LogEvent, values: &SealedValues) {
    match &mut event.kind {
        EventKind::CustomerSaid { sealed, .. } | EventKind::AttributeCollected { sealed, .. } => {
            if let Some(SealedText { id, plain }) = sealed {
                *plain = values.get(id.as_str()).and_then(Json::as_str).map(str::to_owned);
            }
        }
        EventKind::ConversationStarted { start } => {
            start
                .known
                .values_mut()
                .for_each(|known| fill(&mut known.value, values));
        }
        EventKind::AttributeSet { from, to, .. } => {
            from.iter_mut().chain(to).for_each(|value| fill(value, values));
        }
        EventKind::ActionStarted { inputs: fields, .. }
        | EventKind::ActionSucceeded { fields, .. }
        | EventKind::WebhookReceived { fields, .. } => fields.values_mut().for_each(|value| fill(value, values)),
        _ => {}
    }
}

/// The event as everyone outside the engine sees it.
pub(crate) fn mask(mut event: LogEvent) -> LogEvent {
    join(&mut event, &SealedValues::new());
    event
}

/// Puts the values behind their masks in what a conversation still has to do.
pub(crate) fn join_standing(standing: &mut Standing, values: &SealedValues) {
    for effect in &mut standing.pending {
        if let EffectKind::CallAction { inputs, .. } = &mut effect.kind {
            inputs.values_mut().for_each(|value| fill(value, values));
        }
    }
}

/// The ids of sealed values that an event's JSON may mention.
pub(crate) fn mentioned(json: &str) -> impl Iterator<Item = String> {
    let ids = json.split('"').filter(|text| text.starts_with(SealedId::PREFIX));
    ids.map(str::to_owned)
}

pub(crate) fn fill(value: &mut Value, values: &SealedValues) {
    match value {
        Value::Sealed(Sealed { id, plain, .. }) => {
            let found = values
                .get(id.as_str())
                .and_then(|json| serde_json::from_value(json.clone()).ok());
            *plain = found.map(Box::new);
        }
        Value::List(items) => items.iter_mut().for_each(|item| fill(item, values)),
        Value::Object(fields) => fields.values_mut().for_each(|field| fill(field, values)),
        _ => {}
    }
}

//! Joining sensitive values into a log that is loaded for the engine.

use std::collections::HashMap;

use serde_json::Value as Json;
use taskwright_domain::{EventKind, LogEvent, Sealed, SealedText, Value};

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
        EventKind::AttributeSet { from, to, .. } => {
            from.iter_mut().chain(to).for_each(|value| fill(value, values));
        }
        EventKind::ActionStarted { inputs: fields, .. }
        | EventKind::ActionSucceeded { fields, .. }
        | EventKind::WebhookReceived { fields, .. } => fields.values_mut().for_each(|value| fill(value, values)),
        _ => {}
    }
}

fn fill(value: &mut Value, values: &SealedValues) {
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

//! An answer read as the fields the action promises.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use taskwright_domain::{Difference, FailureCause, Value};
use taskwright_engine::{ActionCall, ValueContext, difference};

use crate::scrub::{without_plain_secrets, without_secrets};

/// The typed fields of a body, whatever content type it claims; or where it differs from what is expected.
pub(crate) fn fields(
    call: &ActionCall,
    body: &[u8],
    secrets: &[String],
) -> Result<BTreeMap<String, Value>, FailureCause> {
    let outputs = &call.action.outputs;
    if outputs.is_empty() {
        return Ok(BTreeMap::new());
    }
    let json = without_plain_secrets(&decoded(body)?, secrets);
    let context = ValueContext {
        settings: &call.settings,
        now: call.now,
    };
    difference(outputs, &json, &context).map_err(|differences| {
        // Read once more without the secrets, so that no cut-off piece of one is quoted.
        let clean = difference(outputs, &without_secrets(&json, secrets), &context);
        FailureCause::WrongShape {
            difference: in_words(&clean.err().unwrap_or(differences)),
        }
    })
}

/// An empty answer is one without fields.
fn decoded(body: &[u8]) -> Result<Json, FailureCause> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    if body.trim_ascii().is_empty() {
        return Ok(Json::Null);
    }
    serde_json::from_slice(body).map_err(|_| FailureCause::NotJson)
}

fn in_words(differences: &[Difference]) -> String {
    let words = differences
        .iter()
        .map(|found| format!("{}: expected {}, found {}", found.path, found.expected, found.found));
    words.collect::<Vec<_>>().join("; ")
}

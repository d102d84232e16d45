//! What is wrong with the inputs of an action.

use taskwright_domain::{ActionInput, AttributeType, Settings};
use taskwright_language::values::{ValueContext, parse};

/// Defaults and allowed values that an input can never have: where each stands, and why.
pub(super) fn faults(inputs: &[ActionInput]) -> Vec<(String, String)> {
    let mut faults = Vec::new();
    for (index, input) in inputs.iter().enumerate() {
        let label = input.label();
        for (at, written) in input.allowed.iter().enumerate() {
            if !fits(&input.kind, written) {
                let fault = format!("\"{written}\", allowed for \"{label}\", does not fit its type.");
                faults.push((format!("/inputs/{index}/allowed/{at}"), fault));
            }
        }
        let Some(default) = &input.default else { continue };
        let same = |allowed: &String| allowed.trim().eq_ignore_ascii_case(default.trim());
        let fault = if !fits(&input.kind, default) {
            "does not fit its type"
        } else if !input.allowed.is_empty() && !input.allowed.iter().any(same) {
            "is none of its allowed values"
        } else {
            continue;
        };
        let fault = format!("\"{default}\", taken where nothing gives \"{label}\", {fault}.");
        faults.push((format!("/inputs/{index}/default"), fault));
    }
    faults
}

/// Whether words can be a value of a type.
fn fits(kind: &AttributeType, written: &str) -> bool {
    let settings = Settings::default();
    let context = ValueContext {
        settings: &settings,
        now: jiff::Timestamp::UNIX_EPOCH,
    };
    match kind {
        AttributeType::Text
        | AttributeType::PersonName
        | AttributeType::Address
        | AttributeType::Place
        | AttributeType::Identifier { .. } => !written.trim().is_empty(),
        kind => parse(kind, written, &context).is_some(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};
    use taskwright_domain::ActionInput;

    use super::faults;

    fn input(parts: &Json) -> ActionInput {
        let mut whole = json!({ "key": "kind", "kind": { "type": "text" } });
        for (key, value) in parts.as_object().unwrap() {
            whole[key] = value.clone();
        }
        serde_json::from_value(whole).unwrap()
    }

    #[test]
    fn values_that_an_input_can_never_have_are_named() {
        let sound = [
            json!({ "default": "Full", "allowed": ["full", "partial"] }),
            json!({ "kind": { "type": "amount" }, "default": "20.00 EUR" }),
            json!({ "kind": { "type": "integer" }, "allowed": ["1", "2"] }),
        ];
        for parts in sound {
            assert_eq!(faults(&[input(&parts)]), [], "{parts}");
        }
        let told = faults(&[
            input(&json!({})),
            input(&json!({ "kind": { "type": "integer" }, "default": "many", "allowed": ["1", "few"] })),
            input(&json!({ "default": "none", "allowed": ["full", "partial"] })),
        ]);
        let told: Vec<_> = told.iter().map(|(place, fault)| format!("{place}: {fault}")).collect();
        assert_eq!(
            told,
            [
                "/inputs/1/allowed/1: \"few\", allowed for \"kind\", does not fit its type.",
                "/inputs/1/default: \"many\", taken where nothing gives \"kind\", does not fit its type.",
                "/inputs/2/default: \"none\", taken where nothing gives \"kind\", is none of its allowed values.",
            ]
        );
    }
}

//! The values an action is tried with.

use std::collections::BTreeMap;

use taskwright_bundle::BundleContent;
use taskwright_domain::{Action, ActionInput, AttributeType, InputFrom, Value};

use crate::desk::{Desk, Inputs, NOW, TODAY};

/// More combinations of values than this say that an action cannot be tried.
const MOST_TRIES: usize = 200;

/// What a bundle itself says its values may be: samples' inputs, attributes' examples, and what its actions gave.
#[derive(Default)]
pub(crate) struct Known(BTreeMap<String, Vec<Value>>);

impl Known {
    pub(crate) fn of(content: &BundleContent, desk: &Desk) -> Self {
        let mut known = Self::default();
        for action in &content.actions {
            for input in &action.inputs {
                for text in action.stubs.iter().filter_map(|stub| stub.when.get(&input.key)) {
                    known.learn(input.key.clone(), desk.typed(&input.kind, text));
                }
            }
        }
        let of_tasks = content.tasks.iter().flat_map(|task| &task.attributes);
        for attribute in of_tasks.chain(&content.attributes) {
            let example = attribute.how_to_ask.example.trim();
            if !example.is_empty() {
                known.learn(attribute.key.clone(), desk.typed(&attribute.kind, example));
            }
        }
        known
    }

    fn learn(&mut self, reference: String, value: Value) {
        let values = self.0.entry(reference).or_default();
        if !values.contains(&value) {
            values.push(value);
        }
    }

    pub(crate) fn answered(&mut self, action: &Action, fields: BTreeMap<String, Value>) {
        for (key, value) in fields {
            self.learn(format!("{}.{key}", action.result_name), value.clone());
            self.learn(key, value);
        }
    }

    /// What may be put into an input, the likeliest first.
    fn candidates(&self, input: &ActionInput, desk: &Desk) -> Vec<Value> {
        let mut candidates = Vec::new();
        if let InputFrom::Fixed { value } = &input.from {
            return vec![desk.typed(&input.kind, &value.0)];
        }
        if let InputFrom::Reference { reference } = &input.from {
            candidates.extend(self.0.get(reference).into_iter().flatten().cloned());
        }
        candidates.extend(self.0.get(&input.key).into_iter().flatten().cloned());
        candidates.extend(
            in_the_shop(&input.kind)
                .iter()
                .map(|text| desk.typed(&input.kind, text)),
        );
        if let AttributeType::Choice { options } = &input.kind {
            candidates.extend(options.iter().cloned().map(Value::Choice));
        }
        candidates
    }
}

/// Values that the demo service knows or takes.
fn in_the_shop(kind: &AttributeType) -> &'static [&'static str] {
    match kind {
        AttributeType::Email => &["maya.lindqvist@example.com"],
        AttributeType::Phone => &["+353 21 555 0199"],
        AttributeType::PersonName => &["Maya Berg"],
        AttributeType::Address => &["7 Mill Lane, Cork T12 X2P7, Ireland"],
        AttributeType::Place => &["Cork"],
        AttributeType::Amount => &["10.00 EUR"],
        AttributeType::Integer => &["1"],
        AttributeType::Decimal => &["1.5"],
        AttributeType::Boolean => &["yes"],
        AttributeType::Date => &[TODAY],
        AttributeType::Time => &["10:00"],
        AttributeType::DateTime => &[NOW],
        AttributeType::Identifier { .. } => &["4512", "S-20418"],
        AttributeType::Text => &["It stopped working after the update"],
        AttributeType::Choice { .. }
        | AttributeType::Image
        | AttributeType::File
        | AttributeType::Object { .. }
        | AttributeType::List { .. } => &[],
    }
}

/// Every combination of the candidates, the likeliest first.
pub(crate) fn combinations(action: &Action, known: &Known, desk: &Desk) -> Vec<Inputs> {
    let mut combinations = vec![Inputs::new()];
    for input in &action.inputs {
        let candidates = known.candidates(input, desk);
        if candidates.is_empty() && input.optional {
            continue;
        }
        combinations = combinations
            .iter()
            .flat_map(|inputs| {
                candidates.iter().map(|value| {
                    let mut inputs = inputs.clone();
                    inputs.insert(input.key.clone(), value.clone());
                    inputs
                })
            })
            .take(MOST_TRIES)
            .collect();
    }
    combinations
}

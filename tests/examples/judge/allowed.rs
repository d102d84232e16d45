//! Under which condition a run really happens: its step, its inputs and the rules that hold it back.

use std::collections::BTreeSet;

use taskwright_domain::{ActionId, Condition, Guard, InputFrom, Rule, Severity};

use super::{Judge, overlap};
use crate::reach::{Placed, all, not, present};

impl<'a> Judge<'a> {
    /// A rule's condition on the inputs of its action, as one on the values that fill them.
    pub(super) fn with_values(&self, condition: &Condition) -> Condition {
        let mut json = serde_json::to_value(condition).unwrap();
        self.fill_inputs(&mut json);
        serde_json::from_value(json).unwrap()
    }

    fn fill_inputs(&self, json: &mut serde_json::Value) {
        if json["type"] == "input" {
            let key = json["key"].as_str().unwrap_or_default().to_owned();
            *json = serde_json::json!({ "type": "reference", "reference": self.filled_by(&key) });
            return;
        }
        match json {
            serde_json::Value::Object(fields) => fields.values_mut().for_each(|inner| self.fill_inputs(inner)),
            serde_json::Value::Array(items) => items.iter_mut().for_each(|inner| self.fill_inputs(inner)),
            _ => {}
        }
    }

    /// What fills an input by default.
    fn filled_by(&self, key: &str) -> String {
        let inputs = self.judged().actions.iter().flat_map(|action| &action.inputs);
        let from = inputs
            .filter(|input| input.key == key)
            .find_map(|input| match &input.from {
                InputFrom::Reference { reference } => Some(reference.clone()),
                _ => None,
            });
        from.unwrap_or_else(|| key.to_owned())
    }

    /// The rules that hold an action back, as a condition for it.
    pub(super) fn allowed<'r>(&self, rules: impl IntoIterator<Item = &'r Rule>, action: &ActionId) -> Condition {
        let one = |rule: &Rule| match &rule.guard {
            Guard::OnlyIf { condition } => self.with_values(condition),
            Guard::NeverIf { condition } => not(self.with_values(condition)),
            Guard::Never => Condition::Any { parts: Vec::new() },
            Guard::AtMost { .. } => all(Vec::new()),
        };
        all(rules
            .into_iter()
            .filter(|rule| rule.actions.contains(action))
            .map(one)
            .collect())
    }

    /// The condition under which a run really happens.
    pub(super) fn effective(&self, step: &Placed<'_>, action: &ActionId) -> Condition {
        self.allowed_after(step, action, self.reading.rules.iter())
    }

    /// Its step is reached, its inputs are there (what is missing is asked for), and none of these rules holds it back.
    pub(super) fn allowed_after<'r>(
        &self,
        step: &Placed<'_>,
        action: &ActionId,
        rules: impl IntoIterator<Item = &'r Rule>,
    ) -> Condition {
        let mut inputs = BTreeSet::new();
        self.inputs_of(action, &mut inputs);
        let there = inputs
            .into_iter()
            .filter(|input| self.judged().attribute(input).is_some());
        let mut holds: Vec<_> = there.map(|reference| present(&reference)).collect();
        holds.extend([step.reach.clone(), step.known.clone(), self.allowed(rules, action)]);
        all(holds)
    }

    /// The rules but for those that hold an action back because they are not understood: what another part demands is
    /// not read for that.
    pub(super) fn understood(&self) -> impl Iterator<Item = &'a Rule> {
        let problems = &self.reading.problems;
        self.reading.rules.iter().filter(move |rule| {
            let mut blocking = problems.iter().filter(|problem| problem.severity == Severity::Blocks);
            rule.guard != Guard::Never
                || !blocking.any(|problem| problem.place.span.is_some_and(|span| overlap(span, rule.span)))
        })
    }
}

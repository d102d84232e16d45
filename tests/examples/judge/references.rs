//! What a part refers to, and what was read there refers to.

use std::collections::BTreeSet;

use taskwright_domain::{ActionId, Condition, Guard, InputFrom, LinkTarget, Meaning, Operand, StepKind, Template};

use super::{Judge, overlap, within};
use crate::fixture::Part;
use crate::notation::Mark;

impl<'a> Judge<'a> {
    pub(super) fn references(&self, part: &Part) -> Option<String> {
        let found = self.named(part);
        let mut missing = Vec::new();
        let mut marks = part.references.iter();
        while let Some(mark) = marks.next() {
            let name = match mark {
                Mark::Reference(name) | Mark::Name(name) => name.clone(),
                Mark::Word(word) if word == "team" => {
                    let words = marks.by_ref().map_while(|mark| match mark {
                        Mark::Word(word) => Some(word.as_str()),
                        _ => None,
                    });
                    words.collect::<Vec<_>>().join(" ")
                }
                _ => continue,
            };
            let inner = format!("{name}.");
            if !found.iter().any(|found| *found == name || found.starts_with(&inner)) {
                missing.push(name);
            }
        }
        (!missing.is_empty()).then(|| format!("does not refer to {}", missing.join(", ")))
    }

    /// Everything that the part's sentences, steps and rules name.
    fn named(&self, part: &Part) -> BTreeSet<String> {
        let mut named = BTreeSet::new();
        for sentence in self.sentences(part) {
            for link in sentence.links.iter().filter(|link| within(link.span, part.span)) {
                named.extend(self.target(&link.target));
            }
            if let Meaning::Check {
                condition: Some(condition),
            } = &sentence.meaning
            {
                self.in_condition(condition, &mut named);
            }
        }
        for arm in self.reach.arms.iter().filter(|arm| overlap(arm.span, part.span)) {
            self.in_condition(&arm.condition, &mut named);
        }
        for step in self.steps(part) {
            self.in_step(step.kind, &mut named);
            self.in_condition(&step.reach, &mut named);
        }
        for rule in self.rules(part) {
            named.extend(rule.actions.iter().filter_map(|action| self.name_of(action)));
            if let Guard::OnlyIf { condition } | Guard::NeverIf { condition } = &rule.guard {
                self.in_condition(&self.with_values(condition), &mut named);
            }
        }
        self.fetched(part, &mut named);
        named
    }

    fn name_of(&self, action: &ActionId) -> Option<String> {
        self.judged().action(action).map(|action| action.name.clone())
    }

    fn target(&self, target: &LinkTarget) -> Option<String> {
        match target {
            LinkTarget::Action { action } => self.name_of(action),
            LinkTarget::Reference { reference } => Some(reference.clone()),
            LinkTarget::Team { team } => self.judged().team(team).map(|team| team.name.clone()),
            LinkTarget::Webhook { key } => self.wait(key),
            LinkTarget::Task { .. } => None,
        }
    }

    fn wait(&self, key: &str) -> Option<String> {
        let wait = self.judged().webhooks.iter().find(|wait| wait.key == key);
        wait.map(|wait| wait.name.clone())
    }

    fn in_condition(&self, condition: &Condition, named: &mut BTreeSet<String>) {
        named.extend(condition.references().into_iter().map(str::to_owned));
        match condition {
            Condition::All { parts } | Condition::Any { parts } => {
                parts.iter().for_each(|part| self.in_condition(part, named));
            }
            Condition::Not { part } => self.in_condition(part, named),
            Condition::Action { action, .. } => named.extend(self.name_of(action)),
            Condition::Webhook { key, .. } => named.extend(self.wait(key)),
            _ => {}
        }
    }

    fn in_step(&self, kind: &StepKind, named: &mut BTreeSet<String>) {
        let mut words = |template: &Option<Template>| {
            named.extend(template.iter().flat_map(Template::references).map(str::to_owned));
        };
        match kind {
            StepKind::Inform { words: told } | StepKind::Note { text: told } => words(&Some(told.clone())),
            StepKind::Ask { question, preface, .. } => {
                words(question);
                words(preface);
            }
            StepKind::HandOff { words: told, note, .. } => {
                words(told);
                words(note);
            }
            StepKind::Confirm { question, .. } => words(question),
            _ => {}
        }
        match kind {
            StepKind::Need { attributes } => named.extend(attributes.iter().cloned()),
            StepKind::Ask { attribute, among, .. } => {
                named.insert(attribute.clone());
                let part = among.iter().filter_map(|among| among.part.as_ref());
                named.extend(part.flat_map(Condition::references).map(str::to_owned));
            }
            StepKind::Run { action, inputs } => {
                self.inputs_of(action, named);
                named.extend(inputs.values().filter_map(Operand::reference).map(str::to_owned));
            }
            StepKind::Confirm {
                action: Some(action), ..
            } => self.inputs_of(action, named),
            StepKind::Set { attribute, value } => {
                named.insert(attribute.clone());
                named.extend(value.references().into_iter().map(str::to_owned));
            }
            StepKind::Classify { attribute, from } => {
                named.insert(attribute.clone());
                named.extend(from.clone());
            }
            StepKind::HandOff { team: Some(team), .. } => {
                named.extend(self.judged().team(team).map(|team| team.name.clone()));
            }
            StepKind::Wait { key, .. } => named.extend(self.wait(key)),
            StepKind::Repeat { steps, until, .. } => {
                steps.iter().for_each(|step| self.in_step(&step.kind, named));
                until.iter().for_each(|until| self.in_condition(until, named));
            }
            _ => {}
        }
    }

    pub(super) fn inputs_of(&self, action: &ActionId, named: &mut BTreeSet<String>) {
        let Some(action) = self.judged().action(action) else {
            return;
        };
        named.insert(action.name.clone());
        named.extend(action.inputs.iter().map(|input| match &input.from {
            InputFrom::Reference { reference } => reference.clone(),
            _ => input.key.clone(),
        }));
    }

    /// Look-ups that nobody has to name, since what they give is used: a condition on a missing value fetches it.
    fn fetched(&self, part: &Part, named: &mut BTreeSet<String>) {
        let lookups = self.judged().actions.iter().filter(|action| !action.changes_data);
        let expected = part.references.iter().filter_map(|mark| match mark {
            Mark::Name(name) => Some(name.as_str()),
            _ => None,
        });
        let expected: BTreeSet<_> = expected.collect();
        let mut used = BTreeSet::new();
        for step in &self.reach.steps {
            self.in_condition(&step.reach, &mut used);
            self.in_step(step.kind, &mut used);
        }
        for lookup in lookups.filter(|action| expected.contains(action.name.as_str())) {
            let result = format!("{}.", lookup.result_name);
            if used.contains(&lookup.name) || used.iter().any(|used| used.starts_with(&result)) {
                named.insert(lookup.name.clone());
            }
        }
    }
}

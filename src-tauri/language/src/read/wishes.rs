//! What is done only when the customer asks for it: "You may extend once by 7 days but only if they ask for it."

use std::collections::BTreeMap;

use taskwright_domain::{
    ActionId, Comparison, Condition, Guard, InputFrom, Listener, Mention, Operand, Step, StepKind, Template,
};

use super::reader::{Reader, trimmed};
use super::tell::to_customer;
use super::token::{Kind, Token};
use super::verbs::verb_at;

impl<'t, 'a> Reader<'t, 'a, '_> {
    /// After such a permission: the wish is listened for, a yes is asked for, and what the rule fixes is given.
    pub(super) fn listen_for_the_wish(&mut self, whole: &'t [Token<'a>], deed: &'t [Token<'a>], actions: &[ActionId]) {
        let ([action], Some(end)) = (actions, only_on_request(deed)) else {
            return;
        };
        let Some(verb) = verb_at(deed, 0) else { return };
        let mut steps = self.fixed_inputs(whole, action);
        let question = format!("Would you like us to {}?", offered(&deed[..end], verb.length));
        let confirm = StepKind::Confirm {
            question: Some(Template::new(question)),
            action: Some(action.clone()),
            declined: vec![self.step(whole, nothing())],
        };
        steps.push(self.step(whole, confirm));
        let run = StepKind::Run {
            action: action.clone(),
            inputs: BTreeMap::new(),
        };
        let run = self.step(whole, run);
        steps.push(Step::when(self.span(whole), Condition::Confirmed, vec![run]));
        self.listeners.push(Listener {
            span: self.span(whole),
            text: self.written(whole),
            mentions: vec![Mention::Words {
                text: verb.lemma.to_owned(),
                words: vec![verb.lemma.to_owned()],
            }],
            steps,
        });
    }

    /// "by 7 days": what the rule that was just written demands of the action's inputs is set.
    fn fixed_inputs(&self, whole: &[Token<'_>], action: &ActionId) -> Vec<Step> {
        let Some(Guard::OnlyIf { condition }) = self.rules.last().map(|rule| &rule.guard) else {
            return Vec::new();
        };
        let parts = match condition {
            Condition::All { parts } => parts.as_slice(),
            one => std::slice::from_ref(one),
        };
        let inputs = self.catalogue().action(action).map(|action| action.inputs.as_slice());
        let is_input = |reference: &str| {
            inputs
                .unwrap_or_default()
                .iter()
                .any(|input| input.from == InputFrom::SameName && input.key == reference)
        };
        let set = |part: &Condition| match part {
            Condition::Test {
                subject: Operand::Reference { reference } | Operand::Input { key: reference },
                comparison: Comparison::Is {
                    to: value @ Operand::Constant { .. },
                },
            } if is_input(reference) => Some(self.step(
                whole,
                StepKind::Set {
                    attribute: reference.clone(),
                    value: value.clone(),
                },
            )),
            _ => None,
        };
        parts.iter().filter_map(set).collect()
    }
}

/// A no goes on where the run stood.
fn nothing() -> StepKind {
    StepKind::Check {
        arms: Vec::new(),
        otherwise: Vec::new(),
    }
}

/// Where "(but) only if they ask for it", "on request" begins.
fn only_on_request(words: &[Token<'_>]) -> Option<usize> {
    let asks = |t: &Token<'_>| {
        t.any(&[
            "ask", "asks", "asked", "request", "requests", "want", "wants", "wish", "wishes",
        ])
    };
    let at = (1..words.len()).find(|at| {
        let rest = &words[*at..];
        let only_if = rest[0].is("only") && rest.get(1).is_some_and(|t| t.any(&["if", "when", "on"]));
        let on_request = rest[0].is("on") && rest.get(1).is_some_and(|t| t.is("request"));
        (only_if || on_request) && rest.len() < 9 && rest.iter().any(asks)
    })?;
    let but = words[..at]
        .iter()
        .rposition(|t| !t.is_mark() && !t.any(&["but", "and", "only"]));
    Some(but.map_or(at, |last| last + 1))
}

/// "extend it by 7 days", of "extend once by 7 days".
fn offered(words: &[Token<'_>], verb: usize) -> String {
    let told: Vec<Token<'_>> = words
        .iter()
        .filter(|t| !t.any(&["once", "twice", "only"]))
        .cloned()
        .collect();
    let said = to_customer(trimmed(&told)).0;
    let said = super::tell::lower_first(said.trim_end_matches('.'));
    let object = told
        .get(verb)
        .is_some_and(|t| t.kind == Kind::Word && t.any(&["by", "for", "to", "until", "up", "with"]));
    match said.split_once(' ').filter(|_| object) {
        Some((first, rest)) => format!("{first} it {rest}"),
        None => said,
    }
}

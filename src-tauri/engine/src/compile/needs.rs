//! What a compiled task needs to know of itself: its attributes, what it asks for and which ends it looks after.

use std::collections::{BTreeMap, BTreeSet};

use taskwright_domain::{
    Action, ActionState, Attribute, AttributeId, AttributeType, Calculation, Comparison, Condition, HowToAsk,
    InputFrom, Operand, Provider, Revision, Scope,
};

use crate::program::{OpKind, Pick, Program};

/// The catalogue's attributes, and one for each input that nothing else provides: a missing input is asked for.
pub(super) fn attributes(revision: &Revision, program: &Program) -> Vec<Attribute> {
    let catalogue = &revision.catalogue;
    let mut attributes = catalogue.attributes.clone();
    for part in revision.parts.values() {
        for attribute in &part.attributes {
            if !attributes.iter().any(|known| known.key == attribute.key) {
                attributes.push(attribute.clone());
            }
        }
    }
    let run = program.ops.iter().filter_map(|op| match &op.kind {
        OpKind::Run { action, inputs } => Some((catalogue.action(action)?, inputs)),
        _ => None,
    });
    let asked: BTreeSet<String> = program.ops.iter().filter_map(|op| asked_by(&op.kind)).collect();
    let made: Vec<_> = run
        .flat_map(|(action, inputs)| made_for_inputs(revision, action, |key| inputs.contains_key(key)))
        // An account of the conversation is written, not asked for, unless the task asks for it.
        .filter(|made| asked.contains(&made.key) || !crate::account::is_account(&made.kind, &made.name))
        .collect();
    for attribute in made {
        if !attributes.iter().any(|known| known.key == attribute.key) {
            attributes.push(attribute);
        }
    }
    attributes
}

/// The lists that attributes are picked from.
pub(super) fn picks(revision: &Revision, program: &Program) -> BTreeMap<String, Pick> {
    let catalogue = &revision.catalogue;
    let picked = program.attributes.iter().filter_map(|attribute| {
        let list = catalogue.picked_from(attribute)?;
        let fields = catalogue.item_fields(&list)?.to_vec();
        let several = matches!(attribute.kind, AttributeType::List { .. });
        Some((attribute.key.clone(), Pick { list, several, fields }))
    });
    picked.collect()
}

pub(super) fn worked_out(attributes: &[Attribute]) -> BTreeMap<String, Calculation> {
    let known = attributes
        .iter()
        .filter_map(|attribute| Some((attribute.key.clone(), attribute.worked_out.clone()?)));
    known.collect()
}

fn made_for_inputs(revision: &Revision, action: &Action, given: impl Fn(&str) -> bool) -> Vec<Attribute> {
    let wanted = action.inputs.iter().filter(|input| {
        input.from == InputFrom::SameName
            && !input.optional
            && input.accepts == taskwright_domain::Accepts::Anyone
            && !given(&input.key)
            && revision.catalogue.resolve(&input.key).is_none()
            && revision.catalogue.resolve(&format!("customer.{}", input.key)).is_none()
    });
    wanted
        .map(|input| Attribute {
            id: AttributeId::new(format!("{}_{}", action.key, input.key)),
            key: input.key.clone(),
            name: input.label(),
            description: input.description.clone(),
            kind: input.kind.clone(),
            scope: Scope::Temporary,
            sensitive: false,
            how_to_ask: HowToAsk::default(),
            customer_may_fill: true,
            picked_from: None,
            worked_out: None,
        })
        .collect()
}

pub(super) fn note_what_is_asked(program: &mut Program, revision: &Revision) {
    let mut asked: BTreeSet<_> = program.ops.iter().filter_map(|op| asked_by(&op.kind)).collect();
    for op in &program.ops {
        match &op.kind {
            OpKind::Run { action, inputs } => {
                let Some(action) = revision.catalogue.action(action) else {
                    continue;
                };
                for input in action
                    .inputs
                    .iter()
                    .filter(|input| !input.optional && !inputs.contains_key(&input.key))
                {
                    if let InputFrom::SameName = input.from {
                        asked.insert(input.key.clone());
                    }
                }
            }
            OpKind::Branch { condition, .. } => {
                asked.extend(condition.references().into_iter().map(str::to_owned));
            }
            _ => {}
        }
    }
    // Inputs of look-ups that conditions need are asked for as well.
    let fetched: Vec<_> = asked
        .iter()
        .filter_map(|reference| match revision.catalogue.resolve(reference)?.provider {
            Provider::Action(action) => Some(action.inputs.iter().map(|input| input.key.clone()).collect::<Vec<_>>()),
            _ => None,
        })
        .flatten()
        .collect();
    asked.extend(fetched);
    program.asked = asked;
}

pub(super) fn note_what_is_handled(program: &mut Program) {
    let mut conditions = Vec::new();
    for op in &program.ops {
        if let OpKind::Branch { condition, .. } = &op.kind {
            leaves(condition, &mut conditions);
        }
    }
    let (mut failures, mut not_found) = (BTreeSet::new(), BTreeSet::new());
    let (mut expiry, mut missing) = (BTreeSet::new(), BTreeSet::new());
    for condition in conditions {
        match condition {
            Condition::Action {
                action,
                state: ActionState::Failed,
            } => {
                failures.insert(action);
            }
            Condition::Action {
                action,
                state: ActionState::NotFound,
            } => {
                not_found.insert(action);
            }
            Condition::Action {
                action,
                state: ActionState::Succeeded,
            } => {
                failures.insert(action.clone());
                not_found.insert(action);
            }
            Condition::Webhook { key, .. } => {
                expiry.insert(key);
            }
            Condition::Test {
                subject: Operand::Reference { reference },
                comparison: Comparison::Missing,
            } => {
                missing.insert(reference);
            }
            _ => {}
        }
    }
    program.failures_handled = failures;
    program.not_found_handled = not_found;
    program.expiry_handled = expiry;
    program.missing_handled = missing;
}

fn leaves(condition: &Condition, found: &mut Vec<Condition>) {
    match condition {
        Condition::All { parts } | Condition::Any { parts } => parts.iter().for_each(|part| leaves(part, found)),
        Condition::Not { part } => leaves(part, found),
        leaf => found.push(leaf.clone()),
    }
}

pub(super) fn asked_by(kind: &OpKind) -> Option<String> {
    match kind {
        OpKind::Ask { attribute, .. } | OpKind::Classify { attribute, .. } => Some(attribute.clone()),
        _ => None,
    }
}

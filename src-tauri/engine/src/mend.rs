//! Corrections: the customer takes a value back, and what was built on it is looked at again.

use std::collections::BTreeSet;

use taskwright_domain::{ActionState, At, EventKind, Source, Value};

use crate::machine::Machine;
use crate::program::{Compiled, Given, OpKind};
use crate::words;

impl Machine<'_> {
    /// Sets the corrected value and goes back to the first operation that used it. What was changed out there is
    /// never changed again: where the value already went into a change, a person is offered instead.
    pub(crate) fn correct(&mut self, compiled: &Compiled, attribute: &str, value: Option<Value>) {
        let label = self.label(compiled, attribute);
        if self.went_into_a_change(compiled, attribute) {
            self.emit(EventKind::Corrected {
                attribute: attribute.to_owned(),
                label,
            });
            self.offer_person(words::ALREADY_DONE);
            return;
        }
        self.emit(EventKind::Corrected {
            attribute: attribute.to_owned(),
            label,
        });
        self.give(compiled, attribute, value);
        self.forget_results_from(compiled, attribute);
        match self.first_use(compiled, attribute) {
            Some(to) => {
                let op = &compiled.program.ops[to];
                let at = self.here(op, to);
                let pass = self.run().and_then(|run| run.passes.get(&at.op)).copied().unwrap_or(0);
                self.emit(EventKind::Moved {
                    place: At { ..at },
                    pass,
                });
            }
            None => {
                if let Some(task) = self.run().map(|run| run.task.clone()) {
                    self.emit(EventKind::Resumed { task });
                }
            }
        }
        self.advance();
    }

    fn went_into_a_change(&self, compiled: &Compiled, attribute: &str) -> bool {
        let Some(run) = self.run() else { return false };
        run.actions.iter().any(|(id, standing)| {
            let changes = compiled
                .catalogue()
                .action(id)
                .is_some_and(|action| action.changes_data);
            changes && standing.state == ActionState::Succeeded && self.feeds(compiled, id, attribute)
        })
    }

    /// Whether some call of the action takes the attribute.
    fn feeds(&self, compiled: &Compiled, action: &taskwright_domain::ActionId, attribute: &str) -> bool {
        compiled.program.ops.iter().any(|op| match &op.kind {
            OpKind::Run { action: id, inputs } if id == action => uses(compiled, id, inputs, attribute),
            _ => false,
        })
    }

    /// What look-ups gave on the old value is forgotten, so that they are made anew.
    fn forget_results_from(&mut self, compiled: &Compiled, attribute: &str) {
        let stale: Vec<String> = self
            .run()
            .map(|run| {
                run.actions
                    .iter()
                    .filter(|(id, _)| {
                        let takes_it = compiled.catalogue().action(id).is_some_and(|action| {
                            action
                                .inputs
                                .iter()
                                .any(|input| input_reference(action, &input.key).as_deref() == Some(attribute))
                        });
                        takes_it || self.feeds(compiled, id, attribute)
                    })
                    .map(|(_, standing)| standing.result_name.clone())
                    .collect()
            })
            .unwrap_or_default();
        self.forget_what_was_set_from(compiled, &stale);
        for result in stale {
            if self.state.value(&result).is_some() {
                self.set(compiled, &result, None, Source::Computed);
            }
        }
    }

    /// What steps set from such answers goes with them, or it would stand for a new answer that has nothing in its
    /// place. What the customer said stays.
    fn forget_what_was_set_from(&mut self, compiled: &Compiled, results: &[String]) {
        let of_a_result = |reference: &str| {
            let owner = reference.split_once('.').map_or(reference, |(owner, _)| owner);
            results.iter().any(|result| result == owner)
        };
        let steps = compiled.program.ops.iter().filter_map(|op| match &op.kind {
            OpKind::Set { attribute, value } if refers(value, &of_a_result) => Some(attribute),
            _ => None,
        });
        let set: BTreeSet<String> = steps
            .filter(|attribute| matches!(self.source(attribute), Some(Source::Author | Source::Computed)))
            .cloned()
            .collect();
        for attribute in set {
            self.set(compiled, &attribute, None, Source::Computed);
        }
    }

    /// The first operation before the current one that used the attribute.
    fn first_use(&self, compiled: &Compiled, attribute: &str) -> Option<usize> {
        let run = self.run()?;
        let current = run.op? as usize;
        // What was listened for is not gone through again unless the value was used there only.
        let stood = run
            .interruptions
            .first()
            .map(|paused| paused.op.map_or(0, |op| op as usize + 1));
        let begun = run.interruptions.last().map_or(0, |paused| paused.begins as usize);
        let used = |op: usize| match &compiled.program.ops.get(op).map(|op| &op.kind) {
            Some(OpKind::Run { action, inputs }) => uses(compiled, action, inputs, attribute),
            Some(OpKind::Branch { condition, .. }) => condition.references().contains(&attribute),
            Some(OpKind::Ask { attribute: asked, .. }) => asked == attribute,
            _ => false,
        };
        (0..stood.unwrap_or(0)).chain(begun..=current).find(|op| used(*op))
    }
}

fn uses(
    compiled: &Compiled,
    action: &taskwright_domain::ActionId,
    inputs: &std::collections::BTreeMap<String, Given>,
    attribute: &str,
) -> bool {
    let given = inputs
        .values()
        .any(|given| refers(given, &|reference| reference == attribute));
    let by_default = compiled.catalogue().action(action).is_some_and(|action| {
        action.inputs.iter().any(|input| {
            !inputs.contains_key(&input.key) && input_reference(action, &input.key).as_deref() == Some(attribute)
        })
    });
    given || by_default
}

/// Whether what is given is taken from such a reference.
fn refers(given: &Given, wanted: &dyn Fn(&str) -> bool) -> bool {
    match given {
        Given::Operand(operand) => operand.reference().is_some_and(wanted),
        Given::Words(words) => words.references().any(wanted),
    }
}

/// The reference an input is filled from by default.
fn input_reference(action: &taskwright_domain::Action, key: &str) -> Option<String> {
    let input = action.inputs.iter().find(|input| input.key == key)?;
    input.reference().map(str::to_owned)
}

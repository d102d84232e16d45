//! What comes of a call: taken in, met with the author's ways out, or left to a person.

use std::collections::BTreeMap;

use taskwright_domain::{
    Action, ActionId, ActionResult, ActionState, EffectId, EventKind, HandOffReason, Source, Speaker, Value,
};

use crate::machine::{Flow, Machine};
use crate::program::{Compiled, Op, OpKind};
use crate::state::Call;
use crate::words;

impl Machine<'_> {
    pub(crate) fn action_answered(&mut self, effect: &EffectId, result: &ActionResult) {
        let Some((action, name, changes_data)) = self.awaited_action(effect) else {
            return;
        };
        let effect = effect.clone();
        // The run goes on once it is answered what it waits for.
        let ahead = self.run().is_some_and(|run| run.waits_for_another_call(&effect));
        match result {
            ActionResult::Failed { cause, attempts, ms } if changes_data && cause.leaves_open() => {
                let (failure, attempts, ms) = (Some(cause.clone()), *attempts, *ms);
                let unresolved = EventKind::ActionUnresolved {
                    action: action.clone(),
                    name,
                    effect,
                    failure,
                    attempts,
                    ms,
                };
                return self.leave_open(&action, unresolved);
            }
            ActionResult::Succeeded { fields, status, ms } => {
                let (status, ms, fields) = (*status, *ms, self.promised(&action, fields));
                self.emit(EventKind::ActionSucceeded {
                    action,
                    name,
                    effect,
                    status,
                    ms,
                    fields,
                });
            }
            ActionResult::Failed { cause, attempts, ms } => {
                let (cause, attempts, ms) = (cause.clone(), *attempts, *ms);
                self.emit(EventKind::ActionFailed {
                    action: action.clone(),
                    name,
                    effect,
                    failure: cause,
                    attempts,
                    ms,
                });
                if !ahead && self.fetch_failed(&action) {
                    return;
                }
            }
        }
        if !ahead {
            self.advance();
        }
    }

    /// What an action promises to give; anything else in an answer is left out.
    fn promised(&self, action: &ActionId, fields: &BTreeMap<String, Value>) -> BTreeMap<String, Value> {
        let compiled = self.compiled();
        let outputs = compiled
            .as_ref()
            .and_then(|compiled| compiled.catalogue().action(action))
            .map_or(&[][..], |action| action.outputs.as_slice());
        let promised = |key: &str| outputs.iter().any(|output| output.key == key && !output.redacted);
        let fields = fields.iter().filter(|(key, _)| promised(key));
        fields.map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    /// After a restart nobody knows what became of a call.
    pub(crate) fn action_unresolved(&mut self, effect: &EffectId) {
        let Some((action, name, _)) = self.awaited_action(effect) else {
            return;
        };
        let unresolved = EventKind::ActionUnresolved {
            action: action.clone(),
            name,
            effect: effect.clone(),
            failure: None,
            attempts: 0,
            ms: 0,
        };
        self.leave_open(&action, unresolved);
    }

    /// A change that may have been made is not made again, and no path of the author's takes it for a failure: a person
    /// looks after it.
    fn leave_open(&mut self, action: &ActionId, unresolved: EventKind) {
        self.emit(unresolved);
        self.say(words::UNRESOLVED, None, Speaker::Assistant);
        let compiled = self.compiled();
        let catalogue = compiled.as_ref().map(|compiled| compiled.catalogue());
        let found = catalogue.and_then(|catalogue| catalogue.action(action));
        let team = found.and_then(|found| found.on_failure.team.clone());
        let reason = HandOffReason::ActionUnresolved {
            action: found.map_or_else(|| action.0.clone(), |found| found.name.clone()),
        };
        self.hand_off(team.as_ref(), None, None, reason);
    }

    /// The action whose answer is awaited, its name, and whether it changes data.
    fn awaited_action(&self, wanted: &EffectId) -> Option<(ActionId, String, bool)> {
        let call = self.run()?.calls_out().find(|call| call.effect == *wanted)?;
        let Call {
            action, changes_data, ..
        } = call;
        let compiled = self.compiled();
        let found = compiled
            .as_ref()
            .and_then(|compiled| compiled.catalogue().action(action));
        let name = found.map_or_else(|| action.0.clone(), |found| found.name.clone());
        Some((action.clone(), name, *changes_data))
    }

    /// A look-up that a condition or an input needed has failed: the same ways out as for a step of its own.
    fn fetch_failed(&mut self, action: &ActionId) -> bool {
        let Some(compiled) = self.compiled() else { return false };
        let Some(index) = self.run().and_then(|run| run.op).map(|op| op as usize) else {
            return false;
        };
        let Some(op) = compiled.program.ops.get(index).cloned() else {
            return false;
        };
        if matches!(&op.kind, OpKind::Run { action: own, .. } if own == action) {
            return false;
        }
        match self.failed(&compiled, &op, index, action) {
            Flow::Goto(_) => {
                self.advance();
                true
            }
            Flow::Next => false,
            Flow::Here | Flow::Wait | Flow::Over => true,
        }
    }

    /// After the call that this operation is about.
    pub(crate) fn after_action(&mut self, compiled: &Compiled, op: &Op, index: usize, action: &ActionId) -> Flow {
        let state = self
            .run()
            .and_then(|run| run.actions.get(action))
            .map(|standing| standing.state);
        if state == Some(ActionState::Succeeded) {
            Flow::Next
        } else {
            self.failed(compiled, op, index, action)
        }
    }

    fn failed(&mut self, compiled: &Compiled, op: &Op, index: usize, id: &ActionId) -> Flow {
        let Some(action) = compiled.catalogue().action(id).cloned() else {
            return Flow::Next;
        };
        let state = self
            .run()
            .and_then(|run| run.actions.get(id))
            .map(|standing| standing.state);
        let not_found = state == Some(ActionState::NotFound) && !action.changes_data;
        let handled = compiled.program.failures_handled.contains(id)
            || (not_found && compiled.program.not_found_handled.contains(id));
        if handled {
            return Flow::Next;
        }
        if not_found && let Some(flow) = self.ask_again(compiled, op, index, &action) {
            return flow;
        }
        let own = action.on_failure.say.trim();
        self.say(
            if own.is_empty() { words::FAILED } else { own },
            None,
            Speaker::Assistant,
        );
        let reason = HandOffReason::ActionFailed {
            action: action.name.clone(),
        };
        self.hand_off(action.on_failure.team.as_ref(), None, None, reason);
        Flow::Over
    }

    /// Nothing was found for what the customer gave: they may give it again.
    fn ask_again(&mut self, compiled: &Compiled, op: &Op, index: usize, action: &Action) -> Option<Flow> {
        let tried = self
            .run()
            .and_then(|run| run.retries.get(&action.id))
            .copied()
            .unwrap_or(0);
        if tried > action.on_failure.retries_when_not_found {
            return None;
        }
        let given: Vec<String> = action
            .inputs
            .iter()
            .filter_map(|input| self.reference_for(compiled, input))
            .filter(|reference| self.source(reference) == Some(Source::Customer))
            .collect();
        let (first, _) = given.split_first()?;
        for reference in &given {
            self.set(compiled, reference, None, Source::Computed);
        }
        let label = self.label(compiled, first);
        self.say(
            format!("{} Please check the {label}.", words::NOT_FOUND),
            None,
            Speaker::Assistant,
        );
        // Called anew from the same operation once the value is there.
        let at = self.here(op, index);
        let pass = self.run().and_then(|run| run.passes.get(&at.op)).copied().unwrap_or(0);
        self.emit(EventKind::Moved { place: at, pass });
        self.forget_standing(action);
        Some(Flow::Goto(index))
    }

    fn forget_standing(&mut self, action: &Action) {
        if self.state.value(&action.result_name).is_some()
            && let Some(compiled) = self.compiled()
        {
            self.set(&compiled, &action.result_name, None, Source::Computed);
        }
    }
}

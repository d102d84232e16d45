//! Running actions: the rules first, then the intent, then the call.

use std::collections::BTreeMap;

use taskwright_domain::{
    Action, ActionId, ActionState, BranchedFrom, CallMode, ConversationPlace, EffectKind, EventKind, Question, Speaker,
    Value,
};
use taskwright_language::wording;

use crate::deed::go_ahead;
use crate::machine::{Flow, Machine};
use crate::program::{Compiled, Given, Op, OpKind};
use crate::state::Pending;
use crate::words;

impl Machine<'_> {
    pub(crate) fn run_action(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        id: &ActionId,
        given: &BTreeMap<String, Given>,
    ) -> Flow {
        let Some(action) = compiled.catalogue().action(id).cloned() else {
            return self.could_not_follow(op, index, "an action that is not there any more");
        };
        let inputs = match self.inputs(compiled, op, index, &action, given, 0) {
            Ok(inputs) => inputs,
            Err(flow) => return flow,
        };
        if self.is_done_already(&action, &inputs, index) {
            return Flow::Next;
        }
        if let Some(flow) = self.guarded(compiled, op, index, &action, &inputs) {
            return flow;
        }
        if action.needs_confirmation {
            match self.run().and_then(|run| run.confirmed) {
                Some(true) => {}
                Some(false) => return self.declined(None),
                None => return self.ask_to_confirm(compiled, op, index, &action),
            }
        }
        if self.use_prefetch(op, index, &action, &inputs) {
            if self.run().is_some_and(|run| run.pending == Pending::Nothing) {
                return Flow::Here;
            }
        } else {
            self.start_action(op, index, &action, inputs, false);
        }
        if !action.changes_data {
            self.call_ahead(compiled, index);
        }
        Flow::Wait
    }

    /// After going back for a correction, a change that was made with the same inputs is not made again.
    fn is_done_already(&self, action: &Action, inputs: &BTreeMap<String, Value>, index: usize) -> bool {
        let Some(run) = self.run() else { return false };
        let going_over = run.again_until.is_some_and(|until| index < until as usize);
        let standing = run.actions.get(&action.id);
        going_over
            && standing.is_some_and(|standing| standing.state == ActionState::Succeeded && standing.inputs == *inputs)
    }

    fn ask_to_confirm(&mut self, compiled: &Compiled, op: &Op, index: usize, action: &Action) -> Flow {
        let text = self.confirmation_words(compiled, index, Some(&action.id));
        let at = self.here(op, index);
        self.say(text, Some(at.clone()), Speaker::Assistant);
        self.offer(&[words::YES, words::NO], false);
        self.emit(EventKind::Asked {
            place: at,
            what: Question::Confirm {
                action: Some(action.id.clone()),
            },
        });
        Flow::Wait
    }

    /// "Shall I go ahead and refund the order? Amount: 79.00 EUR." – from the action that is asked for, or the next one
    /// that changes something.
    pub(crate) fn confirmation_words(&self, compiled: &Compiled, index: usize, action: Option<&ActionId>) -> String {
        let ends = |op: &&Op| matches!(op.kind, OpKind::End | OpKind::Return { .. });
        let ahead = compiled.program.ops.iter().skip(index).take_while(|op| !ends(op));
        let next = ahead.into_iter().find_map(|op| match &op.kind {
            OpKind::Run { action: id, .. } => compiled.catalogue().action(id).filter(|action| action.changes_data),
            _ => None,
        });
        let Some(action) = action.and_then(|id| compiled.catalogue().action(id)).or(next) else {
            return words::CONFIRM.to_owned();
        };
        let known = action.inputs.iter().filter_map(|input| {
            let reference = input.reference()?;
            let value = self.value(reference)?;
            Some(format!(
                "{}: {}",
                wording::sentence_start(&input.label()),
                self.format_as(compiled, reference, &value)
            ))
        });
        let known: Vec<_> = known.collect();
        let question = format!("Shall I {}?", go_ahead(&action.name));
        if known.is_empty() {
            question
        } else {
            format!("{question}\n{}", known.join("\n"))
        }
    }

    /// Writes the intent down and asks for the call.
    pub(crate) fn start_action(
        &mut self,
        op: &Op,
        index: usize,
        action: &Action,
        inputs: BTreeMap<String, Value>,
        ahead: bool,
    ) {
        let at = self.here(op, index);
        let calls = self.calls_for(action);
        let revision = self.run().map(|run| run.revision.clone());
        let Some(revision) = revision else { return };
        let effect = self.next_effect();
        self.emit(EventKind::ActionStarted {
            place: at,
            action: action.id.clone(),
            name: action.name.clone(),
            effect,
            inputs: inputs.clone(),
            calls,
            changes_data: action.changes_data,
            result_name: action.result_name.clone(),
            ahead,
        });
        let kind = EffectKind::CallAction {
            action: action.id.clone(),
            revision,
            inputs,
            calls,
            changes_data: action.changes_data,
        };
        self.effect(kind);
    }

    /// Another try of a real preview repeats no change: what changes data is sampled there, until the author says
    /// otherwise.
    fn calls_for(&self, action: &Action) -> CallMode {
        if let Some(calls) = self.state.calls.get(&action.id) {
            return *calls;
        }
        let Some(start) = self.start() else {
            return CallMode::Sample;
        };
        let another_try = matches!(start.branched_from, Some(BranchedFrom { .. }));
        if another_try && start.place == ConversationPlace::Preview && action.changes_data {
            CallMode::Sample
        } else {
            start.calls
        }
    }
}

//! Look-ups that need nothing of each other are called at once: while the first is out, those behind it are called ahead.
//!
//! What they give is recorded when it comes and used when the run gets there, so that a conversation goes the same way
//! whichever answer is first. A call that was made ahead and is not needed any more is forgotten: it changed nothing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use taskwright_domain::{Action, ActionId, ActionInput, EffectId, EventKind, InputFrom, Value};

use crate::machine::Machine;
use crate::program::{Compiled, Given, Op, OpKind};
use crate::state::{Call, Outcome, Pending, Run};

/// Calls of one conversation that are out together, at most.
const AT_ONCE: usize = 4;
/// Operations that are looked through for more to call.
const LOOKED_THROUGH: usize = 32;

/// A look-up that was called before the run came to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Prefetch {
    /// The operation it is for.
    pub op: u32,
    /// The call.
    pub call: Call,
    /// What came of it, once it was answered.
    pub outcome: Option<Outcome>,
}

/// Whether what was called ahead may be out of date, or too early, behind this event: somebody was waited for, or the run
/// went elsewhere.
pub(crate) fn is_turn(event: &EventKind) -> bool {
    matches!(
        event,
        EventKind::Asked { .. }
            | EventKind::WebhookAwaited { .. }
            | EventKind::Corrected { .. }
            | EventKind::Moved { .. }
    )
}

impl Machine<'_> {
    /// Calls the look-ups behind operation `index` that depend on no call that is out.
    pub(crate) fn call_ahead(&mut self, compiled: &Compiled, index: usize) {
        let mut at = index + 1;
        for _ in 0..LOOKED_THROUGH {
            let out = self.run().map_or(AT_ONCE, |run| run.calls_out().count());
            let Some(op) = compiled.program.ops.get(at).filter(|_| out < AT_ONCE) else {
                return;
            };
            match &op.kind {
                OpKind::EnterBlock { .. } | OpKind::Tag { .. } => {}
                OpKind::Say { words, .. } if words.references().all(|reference| self.value(reference).is_some()) => {}
                OpKind::Run { action, inputs } if self.pass_call(compiled, op, at, action, inputs) => {}
                OpKind::Goto { to } => {
                    at = *to;
                    continue;
                }
                _ => return,
            }
            at += 1;
        }
    }

    /// Calls the action now where that may be; `false` where nothing behind it may be called before it.
    fn pass_call(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        action: &ActionId,
        given: &BTreeMap<String, Given>,
    ) -> bool {
        let Some(action) = compiled.catalogue().action(action) else {
            return false;
        };
        let ruled = compiled
            .program
            .rules
            .iter()
            .any(|rule| rule.actions.contains(&action.id));
        if action.changes_data || action.needs_confirmation || action.condition.is_some() || ruled {
            return false;
        }
        let called = self.run().is_some_and(|run| run.prefetch(index, &action.id).is_some());
        if called || self.rests_on_a_call(compiled, action, given) {
            return true;
        }
        let Some(inputs) = self.inputs_at_hand(compiled, op, index, action, given) else {
            return false;
        };
        self.start_action(op, index, action, inputs, true);
        true
    }

    /// Whether an input is taken from what a call that is out will give, or from the passing time.
    fn rests_on_a_call(&self, compiled: &Compiled, action: &Action, given: &BTreeMap<String, Given>) -> bool {
        let Some(run) = self.run() else { return true };
        let comes = |reference: &str| {
            let worked_out = compiled.program.worked_out.get(reference);
            let of = worked_out.map_or(reference, |calculation| calculation.of());
            let owner = of.split_once('.').map_or(of, |(owner, _)| owner);
            owner == "now" || run.calls_out().any(|call| call.result_name == owner)
        };
        action.inputs.iter().any(|input| match given.get(&input.key) {
            Some(Given::Operand(operand)) => operand.references().into_iter().any(comes),
            Some(Given::Words(words)) => words.references().any(comes),
            None => self.default_rests(compiled, input, &comes),
        })
    }

    fn default_rests(&self, compiled: &Compiled, input: &ActionInput, comes: &dyn Fn(&str) -> bool) -> bool {
        match &input.from {
            InputFrom::Fixed { value } => value.references().any(comes),
            _ => self
                .reference_for(compiled, input)
                .is_some_and(|reference| comes(&reference)),
        }
    }

    /// The inputs of a call, where all are there already: nothing is asked, fetched or recorded for them.
    fn inputs_at_hand(
        &self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        action: &Action,
        given: &BTreeMap<String, Given>,
    ) -> Option<BTreeMap<String, Value>> {
        let mut trial = self.trial();
        let inputs = trial.inputs(compiled, op, index, action, given, 0).ok()?;
        trial.events.is_empty().then_some(inputs)
    }

    /// Uses what was called ahead for this operation, if it was called with these inputs.
    pub(crate) fn use_prefetch(
        &mut self,
        op: &Op,
        index: usize,
        action: &Action,
        inputs: &BTreeMap<String, Value>,
    ) -> bool {
        let prefetch = self.run().and_then(|run| run.prefetch(index, &action.id));
        let Some(effect) = prefetch
            .filter(|prefetch| prefetch.call.inputs == *inputs)
            .map(|prefetch| prefetch.call.effect.clone())
        else {
            return false;
        };
        let at = self.here(op, index);
        self.emit(EventKind::PrefetchUsed {
            place: at,
            action: action.id.clone(),
            name: action.name.clone(),
            effect,
        });
        true
    }
}

impl Run {
    /// The calls that are out: the one it waits for, and those that were made ahead.
    pub(crate) fn calls_out(&self) -> impl Iterator<Item = &Call> {
        let waited = match &self.pending {
            Pending::Action { call } => Some(call),
            _ => None,
        };
        let ahead = self.prefetched.iter().filter(|prefetch| prefetch.outcome.is_none());
        waited.into_iter().chain(ahead.map(|prefetch| &prefetch.call))
    }

    /// Whether it waits for a call, and for another than this.
    pub(crate) fn waits_for_another_call(&self, effect: &EffectId) -> bool {
        matches!(&self.pending, Pending::Action { call } if call.effect != *effect)
    }

    fn prefetch(&self, index: usize, action: &ActionId) -> Option<&Prefetch> {
        let mut all = self.prefetched.iter();
        all.find(|prefetch| prefetch.op as usize == index && prefetch.call.action == *action)
    }

    /// Keeps a call that was made ahead; it takes the place of another for the same operation.
    pub(crate) fn keep_prefetch(&mut self, op: u32, call: Call) {
        self.forget_prefetch(op, &call.action);
        self.prefetched.push(Prefetch {
            op,
            call,
            outcome: None,
        });
    }

    pub(crate) fn forget_prefetch(&mut self, op: u32, action: &ActionId) {
        self.prefetched
            .retain(|prefetch| prefetch.op != op || prefetch.call.action != *action);
    }

    pub(crate) fn take_prefetch(&mut self, effect: &EffectId) -> Option<Prefetch> {
        let at = self
            .prefetched
            .iter()
            .position(|prefetch| prefetch.call.effect == *effect)?;
        Some(self.prefetched.remove(at))
    }
}

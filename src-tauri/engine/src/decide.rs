//! One input in, events and effects out.

use taskwright_domain::{Effect, EffectKind, Input, InputKind, LogEvent, Standing};

use crate::led::{Silence, leads};
use crate::machine::{Machine, ranking_of};
use crate::program::Library;
use crate::state::{Pending, State};

/// What follows from an input.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Decision {
    /// Events to record, in order; none when the input is ignored.
    pub events: Vec<LogEvent>,
    /// Effects to perform once they are committed.
    pub effects: Vec<Effect>,
    /// The state after them.
    pub state: Option<State>,
}

/// Decides what an input leads to. Pure: the same arguments give the same decision for ever.
///
/// An input that does not concern the state (a stale timer, a repeated id, an answer nobody waits for) gives nothing.
/// `library` must hold the revisions the state and the input name.
#[must_use]
pub fn decide(library: &Library, state: &State, input: &Input) -> Decision {
    if state.seen.contains(&input.id) || state.start.is_some() == matches!(input.kind, InputKind::Start { .. }) {
        return Decision::default();
    }
    let mut machine = Machine::new(library, state, input);
    machine.take(input);
    let (events, effects, state) = machine.into_parts();
    if events.is_empty() {
        return Decision::default();
    }
    Decision {
        events,
        effects,
        state: Some(state),
    }
}

impl Decision {
    /// How the conversation stands after this decision, given how it stood.
    #[must_use]
    pub fn standing(&self, before: &Standing) -> Standing {
        let Some(state) = &self.state else {
            return before.clone();
        };
        let pending = before
            .pending
            .iter()
            .chain(&self.effects)
            .filter(|effect| awaits(state, effect))
            .cloned()
            .collect();
        let mut standing = Standing {
            pending,
            timer: None,
            waits: Vec::new(),
            ended: state.over,
            ahead: state.ahead,
        };
        for effect in &self.effects {
            match &effect.kind {
                EffectKind::ArmTimer { generation, at } => standing.timer = Some((*generation, *at)),
                EffectKind::AwaitWebhook { block } => standing.waits.push(block.clone()),
                _ => {}
            }
        }
        let still = waiting_generation(state);
        if standing.timer.is_none() {
            standing.timer = before.timer.filter(|(generation, _)| still == Some(*generation));
        }
        if standing.waits.is_empty() && state.runs.iter().any(|run| run.waits().next().is_some()) {
            standing.waits = before.waits.clone();
        }
        standing
    }
}

/// Whether the answer to an effect still matters.
fn awaits(state: &State, effect: &Effect) -> bool {
    match &effect.kind {
        EffectKind::RankTasks { .. } => crate::wishes::listens(state) && effect.id == ranking_of(state),
        EffectKind::SearchArticles { .. } => crate::knowledge::listens(state) && effect.id == ranking_of(state),
        EffectKind::CallAction { .. } => state
            .runs
            .iter()
            .any(|run| run.calls_out().any(|call| call.effect == effect.id)),
        // A workflow stands still for nothing else without saying what it waits for.
        EffectKind::FindTask { .. } => state
            .run()
            .is_some_and(|run| run.workflow.is_some() && run.pending == Pending::Nothing),
        EffectKind::FindWorkflow { .. } => {
            !state.over && state.runs.is_empty() && state.to_answer.is_some() && leads(state).is_some()
        }
        EffectKind::AwaitWebhook { .. } | EffectKind::ArmTimer { .. } => false,
    }
}

/// The generation of the timer that still matters.
pub(crate) fn waiting_generation(state: &State) -> Option<u64> {
    if let Silence::Watched { generation } = state.silence {
        return Some(generation);
    }
    state.run()?.waits().next().map(|(_, generation, _)| generation)
}

//! One input in, events and effects out.

use taskwright_domain::{Effect, Input, InputKind, LogEvent, Standing};

use crate::machine::Machine;
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
        let awaited = |effect: &Effect| match &effect.kind {
            taskwright_domain::EffectKind::RankTasks { .. } => {
                crate::wishes::listens(state) && effect.id == crate::machine::ranking_of(state)
            }
            taskwright_domain::EffectKind::CallAction { .. } => state
                .runs
                .iter()
                .any(|run| matches!(&run.pending, Pending::Action { effect: id, .. } if *id == effect.id)),
            _ => false,
        };
        let pending = before
            .pending
            .iter()
            .chain(&self.effects)
            .filter(|effect| awaited(effect))
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
                taskwright_domain::EffectKind::ArmTimer { generation, at } => standing.timer = Some((*generation, *at)),
                taskwright_domain::EffectKind::AwaitWebhook { block } => standing.waits.push(block.clone()),
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

/// The generation of the timer that still matters.
pub(crate) fn waiting_generation(state: &State) -> Option<u64> {
    state.run().and_then(|run| match &run.pending {
        Pending::Answer {
            question: taskwright_domain::Question::Open,
        } => Some(state.generation),
        _ => run.waits().next().map(|(_, generation, _)| generation),
    })
}

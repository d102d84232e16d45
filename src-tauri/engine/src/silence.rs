//! Silence: how long the assistant waits for a customer, told once and closing nothing.

use taskwright_domain::{EffectKind, EventKind, Period, Resolution};

use crate::fold::is_open;
use crate::led::Silence;
use crate::machine::{Machine, millis};
use crate::program::{Compiled, OpKind};
use crate::state::{Pending, Run};

impl Machine<'_> {
    /// Once the customer is to speak, their silence is watched: from where the assistant was first let answer on.
    pub(crate) fn watch_silence(&mut self) {
        if self.state.over || self.state.silence != Silence::Unwatched || self.works_on() {
            return;
        }
        let Some(run) = self.run() else { return };
        let led = self.state.workflow().is_some();
        let waits = matches!(run.pending, Pending::Answer { .. }) && (led || is_open(&run.pending));
        // The conversation has one timer.
        let timer = self.state.runs.iter().any(|run| run.waits().next().is_some());
        let Some(place) = self.place().filter(|_| waits && !timer) else {
            return;
        };
        let lets_answer = self.state.workflow().unwrap_or(run);
        let limit = self
            .library(&lets_answer.revision)
            .and_then(|compiled| idle_limit(&compiled, lets_answer));
        let Some(limit) = limit else { return };
        let (generation, deadline) = (self.state.generation + 1, self.now().as_millisecond() + millis(limit));
        self.emit(EventKind::IdleLimitSet {
            place,
            deadline,
            generation,
        });
        self.effect(EffectKind::ArmTimer {
            generation,
            at: deadline,
        });
    }

    /// Something is out whose answer comes by itself.
    fn works_on(&self) -> bool {
        self.effects().iter().any(|effect| {
            matches!(
                effect.kind,
                EffectKind::RankTasks { .. }
                    | EffectKind::SearchArticles { .. }
                    | EffectKind::FindTask { .. }
                    | EffectKind::FindWorkflow { .. }
                    | EffectKind::CallAction { .. }
            )
        })
    }

    pub(crate) fn timer_rang(&mut self, generation: u64) {
        if crate::decide::waiting_generation(&self.state) != Some(generation) {
            return;
        }
        let Some(run) = self.run() else { return };
        let wait = run.waits().find(|(_, timer, _)| *timer == generation);
        match wait.map(|(key, _, op)| (key.to_owned(), op)) {
            Some((key, op)) => {
                let block = self.block_of(op);
                self.emit(EventKind::WaitExpired { block, key, generation });
            }
            None => self.idle(generation),
        }
        self.advance();
    }

    /// The customer fell silent. Who does so after an answer that did not help has left.
    fn idle(&mut self, generation: u64) {
        self.emit(EventKind::CustomerIdle { generation });
        self.left();
    }

    /// The customer left; unhappy, where nothing made good what did not help.
    pub(crate) fn left(&mut self) {
        let gone = Resolution::AbandonedNegativeFeedback;
        if self.state.unhappy && self.state.resolution != Some(gone) {
            self.emit(EventKind::ResolutionChanged { state: gone });
        }
    }
}

/// The limit of the block that lets the assistant answer, once the run has come to it.
fn idle_limit(compiled: &Compiled, run: &Run) -> Option<Period> {
    let reached = run.op? as usize + 1;
    let ops = compiled.program.ops.get(..reached).unwrap_or(&compiled.program.ops);
    ops.iter().rev().find_map(|op| match &op.kind {
        OpKind::Listen { idle, .. } => Some(*idle),
        _ => None,
    })
}

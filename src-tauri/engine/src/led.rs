//! What the state keeps beside the runs: the workflow at the bottom, whether an answer stands open, and the customer's
//! silence. A fold like all of the state.

use serde::{Deserialize, Serialize};
use taskwright_domain::{EventKind, LogEvent, Offer, Outcome, Question, RevisionId, WorkflowId};

use crate::state::{Pending, Run, State};

/// Ratings up to here say that the conversation did not help.
pub(crate) const BAD_RATING: u8 = 2;
/// Ratings from here on confirm that it did.
pub(crate) const GOOD_RATING: u8 = 4;

/// How the customer's silence stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Silence {
    /// Nobody watches it.
    #[default]
    Unwatched,
    /// A timer runs.
    Watched {
        /// Its generation.
        generation: u64,
    },
    /// It was told; it is told once.
    Told,
}

/// What follows from an event for the open answer, the silence and what is still to be answered.
pub(crate) fn follow(state: &mut State, event: &LogEvent) {
    follow_answer(state, &event.kind);
    follow_silence(state, &event.kind);
    follow_search(state, &event.kind);
    follow_unheard(state, event);
}

fn follow_answer(state: &mut State, event: &EventKind) {
    match event {
        EventKind::Answered { .. }
        | EventKind::TaskFinished {
            outcome: Outcome::Done, ..
        } => {
            state.answer_open = true;
            state.unhappy = false;
        }
        EventKind::NotUnderstood { .. } | EventKind::TaskStarted { .. } => state.answer_open = false,
        EventKind::FeedbackGiven { helped, .. } => {
            state.answer_open = false;
            state.unhappy = !helped;
        }
        EventKind::RatingGiven { rating } => {
            state.answer_open = false;
            state.unhappy = *rating <= BAD_RATING;
        }
        _ => {}
    }
}

fn follow_silence(state: &mut State, event: &EventKind) {
    match event {
        EventKind::IdleLimitSet { generation, .. } => {
            state.silence = Silence::Watched {
                generation: *generation,
            };
        }
        EventKind::CustomerIdle { .. } => state.silence = Silence::Told,
        EventKind::CustomerSaid { .. }
        | EventKind::OptionSelected { .. }
        | EventKind::AttributeCollected { .. }
        | EventKind::FileAttached { .. }
        | EventKind::HandedOff { .. }
        | EventKind::WorkflowFinished
        | EventKind::Stopped => state.silence = Silence::Unwatched,
        // The one timer of the conversation is another's now, or what is waited for is no word of the customer's.
        EventKind::ActionStarted { .. } | EventKind::WebhookAwaited { .. }
            if matches!(state.silence, Silence::Watched { .. }) =>
        {
            state.silence = Silence::Unwatched;
        }
        _ => {}
    }
}

fn follow_search(state: &mut State, event: &EventKind) {
    match event {
        EventKind::Digressed { .. } => state.searching = true,
        EventKind::ArticlesConsidered { .. }
        | EventKind::CustomerSaid { .. }
        | EventKind::OptionSelected { .. }
        | EventKind::HandedOff { .. }
        | EventKind::Stopped => state.searching = false,
        _ => {}
    }
}

/// What is written while no workflow runs is answered once one listens again.
fn follow_unheard(state: &mut State, event: &LogEvent) {
    match &event.kind {
        EventKind::CustomerSaid { text, sealed } if state.runs.is_empty() && !state.over && leads(state).is_some() => {
            let plain = sealed.as_ref().and_then(|sealed| sealed.plain.as_ref());
            let text = plain.unwrap_or(text);
            state.to_answer = Some(match state.to_answer.take() {
                Some(before) => format!("{before}\n{text}"),
                None => text.clone(),
            });
        }
        EventKind::Asked {
            what: Question::Open, ..
        } => {
            if let Some(text) = state.to_answer.take() {
                // It is taken up now, whatever was said in between.
                state.ranked_from = event.cause;
                state.rankings.clear();
                if state.messages.last() != Some(&text) {
                    state.messages.push(text);
                }
            }
        }
        EventKind::HandedOff { .. } | EventKind::WorkflowFinished | EventKind::Stopped => state.to_answer = None,
        _ => {}
    }
}

/// The workflow that leads the conversation, and the revision it began in.
pub(crate) fn leads(state: &State) -> Option<(&WorkflowId, &RevisionId)> {
    match &state.start.as_ref()?.offer {
        Offer::Workflow { workflow, revision } => Some((workflow, revision)),
        Offer::ThisTask { .. } | Offer::FromTheStart => None,
    }
}

/// The workflow begins, below all that will run.
pub(crate) fn start_workflow(state: &mut State, workflow: &WorkflowId, name: &str, revision: &RevisionId, seq: u64) {
    state.question = None;
    state.last = None;
    state.misunderstood = 0;
    state.rounds = 0;
    let run = Run {
        workflow: Some(workflow.clone()),
        ..Run::new(workflow.as_task(), name, revision.clone(), seq)
    };
    state.runs.push(run);
}

pub(crate) fn finish_workflow(state: &mut State) {
    state.runs.clear();
    state.options.clear();
    state.question = None;
    state.last = None;
    state.misunderstood = 0;
}

impl State {
    /// The workflow at the bottom, while it runs.
    #[must_use]
    pub fn workflow(&self) -> Option<&Run> {
        self.runs.first().filter(|run| run.workflow.is_some())
    }

    /// The running tasks, a workflow below them left out.
    pub fn tasks(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| run.workflow.is_none())
    }

    /// The assistant listens to whatever the customer wants: nothing else runs.
    pub(crate) fn listens(&self) -> bool {
        self.run().is_none_or(|run| run.listening)
    }

    /// A question that was put while the assistant listens waits for one message only: a later "yes" is about something
    /// else.
    pub(crate) fn listen_again(&mut self) {
        if let Some(run) = self.runs.last_mut().filter(|run| run.listening)
            && matches!(run.pending, Pending::Answer { .. })
        {
            run.pending = Pending::Answer {
                question: Question::Open,
            };
        }
    }
}

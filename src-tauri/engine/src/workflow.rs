//! Workflows: what leads a conversation from below, lets the assistant answer, and begins again after its end.

use std::sync::Arc;

use taskwright_domain::{
    EffectKind, EventKind, InputKind, Outcome, Question, RevisionId, Source, Speaker, StartedBy, TaskId, Template,
    Value, WorkflowId,
};
use taskwright_language::understand::Move;

use crate::led::leads;
use crate::machine::{Flow, Machine};
use crate::program::{Compiled, Given, Op, OpKind};
use crate::state::Pending;
use crate::words;

/// A value that goes from one run into another.
pub(crate) type Handed = (String, Value, Source);

impl Machine<'_> {
    // ---- beginning and ending

    /// The conversation began: so does the workflow that leads it.
    pub(crate) fn begin_to_lead(&mut self) {
        if let Some((workflow, revision)) = leads(&self.state) {
            let (workflow, revision) = (workflow.clone(), revision.clone());
            self.start_workflow(&workflow, &revision);
        }
    }

    /// Begins the workflow, at the beginning of the conversation and after each of its ends but a hand-off.
    pub(crate) fn start_workflow(&mut self, workflow: &WorkflowId, revision: &RevisionId) {
        let leading = leads(&self.state).is_some_and(|(own, _)| own == workflow);
        let Some(compiled) = self.library(revision).filter(|_| leading && self.state.runs.is_empty()) else {
            return;
        };
        self.emit(EventKind::WorkflowStarted {
            workflow: workflow.clone(),
            name: compiled.revision.task.title.clone(),
            revision: revision.clone(),
        });
        self.recall(&compiled);
        self.advance();
    }

    /// The customer writes while nothing runs: the workflow begins again, in the revision that is live then.
    pub(crate) fn wake(&mut self, text: &str) {
        let Some(workflow) = leads(&self.state).map(|(workflow, _)| workflow.clone()) else {
            return;
        };
        self.emit(EventKind::CustomerSaid {
            text: text.to_owned(),
            sealed: None,
        });
        self.effect(EffectKind::FindWorkflow { workflow });
    }

    pub(crate) fn finish_workflow(&mut self) -> Flow {
        self.left();
        self.emit(EventKind::WorkflowFinished);
        Flow::Over
    }

    // ---- letting the assistant answer

    /// The block that lets the assistant answer, in a workflow: nothing is asked before an answer was given.
    pub(crate) fn listen_to_all(&mut self, compiled: &Compiled, op: &Op, index: usize) -> Flow {
        let ended = self.events.iter().rev().find_map(|event| match event.kind {
            EventKind::TaskFinished { outcome, .. } => Some(outcome),
            _ => None,
        });
        // What the customer also asked for is offered instead.
        let wishes = !self.state.wishes.is_empty() || !self.state.besides.heard.is_empty();
        match ended {
            Some(Outcome::Done) if !wishes => self.follow_up(compiled, op, index),
            Some(Outcome::NotPossible) if !wishes => {
                self.say(words::ANYTHING_ELSE, None, Speaker::Assistant);
                self.offer(&[words::TALK_TO_A_PERSON], false);
            }
            _ => {}
        }
        let unheard = self.state.to_answer.clone();
        self.emit(EventKind::Asked {
            place: self.here(op, index),
            what: Question::Open,
        });
        if let Some(text) = unheard {
            let moves = self.understand_freely(&text, None, &[]);
            self.respond(&text, &moves, None, None);
        }
        Flow::Wait
    }

    /// Asks whether it helped, as the block says.
    fn follow_up(&mut self, compiled: &Compiled, op: &Op, index: usize) {
        let OpKind::Listen { follow_up, .. } = &op.kind else {
            return;
        };
        let text = match follow_up.0.trim() {
            "" => words::DID_THAT_HELP.to_owned(),
            _ => self.fill_in(compiled, op, index, follow_up, str::to_owned),
        };
        self.say(text, Some(self.here(op, index)), Speaker::Block);
        self.offer(&[words::THAT_HELPED, words::TALK_TO_A_PERSON], false);
    }

    /// The same after an answer that no task gave.
    pub(crate) fn follow_up_here(&mut self) {
        let Some((compiled, index)) = self.listening_op() else {
            return;
        };
        let Some(op) = compiled.program.ops.get(index) else {
            return;
        };
        self.follow_up(&compiled, op, index);
        self.emit(EventKind::Asked {
            place: self.here(op, index),
            what: Question::Open,
        });
    }

    /// The words of the question after an answer, where the assistant listens.
    pub(crate) fn follow_up_words(&self) -> Option<String> {
        let (compiled, index) = self.listening_op()?;
        match &compiled.program.ops.get(index)?.kind {
            OpKind::Listen { follow_up, .. } if !follow_up.0.trim().is_empty() => Some(follow_up.0.clone()),
            _ => Some(words::DID_THAT_HELP.to_owned()),
        }
    }

    /// Where the workflow on top listens.
    fn listening_op(&self) -> Option<(Arc<Compiled>, usize)> {
        let op = self.run().filter(|run| run.listening)?.op?;
        Some((self.compiled()?, op as usize))
    }

    /// The block that lets the assistant answer, which the workflow is in or has come through.
    pub(crate) fn listens_at(&self) -> Option<usize> {
        let run = self.run().filter(|run| run.workflow.is_some())?;
        let (compiled, reached) = (self.compiled()?, run.op? as usize);
        let ops = compiled.program.ops.get(..=reached)?;
        ops.iter().rposition(|op| matches!(op.kind, OpKind::Listen { .. }))
    }

    /// Back to where the assistant answers, with another wording of what is wanted, if there is one.
    pub(crate) fn listen_again(&mut self, text: Option<&str>) {
        let Some((compiled, index)) = self.compiled().zip(self.listens_at()) else {
            return self.resume();
        };
        let Some(op) = compiled.program.ops.get(index) else {
            return self.resume();
        };
        let place = self.here(op, index);
        self.emit(EventKind::Moved {
            place: place.clone(),
            pass: 1,
        });
        self.emit(EventKind::Asked {
            place,
            what: Question::Open,
        });
        match text {
            Some(text) => {
                let moves = self.understand_freely(text, None, &[]);
                self.respond(text, &moves, None, None);
            }
            None => self.say(words::TELL_ME_MORE, None, Speaker::Assistant),
        }
    }

    /// The customer has what they came for, or leaves: on with the next block.
    pub(crate) fn leave_listening(&mut self) {
        let Some((compiled, index)) = self.listening_op() else {
            return;
        };
        if self.enter(&compiled, index + 1) {
            self.advance();
        }
    }

    /// Politeness, where the assistant listens. Who takes their leave, or wants nothing more, goes on to the next block.
    pub(crate) fn polite(&mut self, moves: &[Move]) -> bool {
        if !self.run().is_some_and(|run| run.listening) {
            return false;
        }
        let polite = |mv: &Move| {
            matches!(
                mv,
                Move::SmallTalk
                    | Move::Thanks
                    | Move::Goodbye
                    | Move::No
                    | Move::Yes
                    | Move::NoPerson
                    | Move::Cancel
                    | Move::Hold
            )
        };
        if !moves.iter().all(polite) {
            return false;
        }
        let any = |wanted: &[Move]| moves.iter().any(|mv| wanted.contains(mv));
        if any(&[Move::Goodbye]) {
            self.say(words::GOODBYE, None, Speaker::Assistant);
            self.leave_listening();
        } else if any(&[Move::No, Move::Cancel]) && !any(&[Move::Yes]) {
            self.say(words::ALL_RIGHT, None, Speaker::Assistant);
            self.leave_listening();
        } else if any(&[Move::Hold]) {
            self.say(words::TAKE_YOUR_TIME, None, Speaker::Assistant);
        } else if any(&[Move::Thanks]) {
            self.say(words::WELCOME, None, Speaker::Assistant);
        } else if any(&[Move::NoPerson, Move::Yes]) {
            self.say(words::WHAT_ELSE, None, Speaker::Assistant);
        } else {
            self.say(words::GREETING, None, Speaker::Assistant);
        }
        true
    }

    // ---- tasks that blocks start

    /// Looks up the revision in which customers get the task; once it has ended, goes on.
    pub(crate) fn start_by_block(&mut self, compiled: &Compiled, op: &Op, index: usize) -> Flow {
        let OpKind::StartTask { task, inputs, .. } = &op.kind else {
            return Flow::Next;
        };
        for words in inputs.values() {
            if let Err(flow) = self.render(compiled, op, index, words) {
                return flow;
            }
        }
        self.effect(EffectKind::FindTask { task: task.clone() });
        Flow::Wait
    }

    /// Begins the task that a block starts, in the revision that was looked up.
    pub(crate) fn task_found(&mut self, input: &InputKind) {
        let InputKind::TaskFound {
            effect,
            task,
            title,
            revision,
        } = input
        else {
            return;
        };
        let Some((compiled, index)) = self.starting(task) else {
            return;
        };
        let Some(op) = compiled.program.ops.get(index) else {
            return;
        };
        let OpKind::StartTask { name, inputs, .. } = &op.kind else {
            return;
        };
        self.emit(EventKind::TaskFound {
            effect: effect.clone(),
            task: task.clone(),
            title: title.clone(),
            revision: revision.clone(),
        });
        let Some(revision) = revision else {
            self.could_not_follow(op, index, &format!("Run the task \"{name}\", which is not on"));
            return;
        };
        let handed = self.handed_in(&compiled, op, index, inputs);
        self.begin_with(task, revision, StartedBy::Workflow, handed);
    }

    /// The block of the workflow on top that waits to start this task.
    fn starting(&self, task: &TaskId) -> Option<(Arc<Compiled>, usize)> {
        let run = self.run().filter(|run| run.workflow.is_some() && !run.answered)?;
        let (compiled, index) = (self.compiled()?, run.op? as usize);
        let waits = run.pending == Pending::Nothing;
        let starts =
            matches!(&compiled.program.ops.get(index)?.kind, OpKind::StartTask { task: own, .. } if own == task);
        (waits && starts).then_some((compiled, index))
    }

    fn handed_in(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        inputs: &std::collections::BTreeMap<String, Template>,
    ) -> Vec<Handed> {
        let mut handed = Vec::new();
        for (key, words) in inputs {
            let given = Given::Words(words.clone());
            let source = self
                .source_given(compiled, &given)
                .unwrap_or_else(|| self.source_of_step(compiled, &given));
            if let Ok(value) = self.render_value(compiled, op, index, words) {
                handed.push((key.clone(), value, source));
            }
        }
        handed
    }

    /// What the ending task hands back to the block that started it.
    pub(crate) fn handed_back(&self) -> Vec<Handed> {
        let below = self
            .state
            .runs
            .len()
            .checked_sub(2)
            .and_then(|at| self.state.runs.get(at));
        let started = below.filter(|run| matches!(run.pending, Pending::Task { .. }));
        let block = started.and_then(|run| Some((self.library(&run.revision)?, run.op? as usize)));
        let Some((compiled, index)) = block else {
            return Vec::new();
        };
        let Some(OpKind::StartTask { outputs, .. }) = compiled.program.ops.get(index).map(|op| &op.kind) else {
            return Vec::new();
        };
        let value = |(key, reference): (&String, &String)| {
            let source = self.source(reference).unwrap_or(Source::Computed);
            Some((key.clone(), self.value(reference)?, source))
        };
        outputs.iter().filter_map(value).collect()
    }

    pub(crate) fn take_handed(&mut self, handed: Vec<Handed>) {
        let Some(compiled) = self.compiled() else { return };
        for (key, value, source) in handed {
            let kind = compiled.program.attribute(&key).map(|attribute| attribute.kind.clone());
            let value = kind.and_then(|kind| self.as_type(&kind, &value)).unwrap_or(value);
            self.set(&compiled, &key, Some(value), source);
        }
    }
}

//! Beginning a task, asking outside any step, and setting values.

use taskwright_domain::{
    At, EventKind, HandOffReason, OfCustomer, Question, RevisionId, Scope, SealedId, Source, Speaker, StartedBy,
    TaskId, Value,
};
use taskwright_language::understand::Move;

use crate::callback::next_address;
use crate::machine::Machine;
use crate::program::Compiled;
use crate::words;
use crate::workflow::Handed;

impl Machine<'_> {
    /// Asks outside any operation.
    pub(crate) fn ask_outside(&mut self, what: Question) {
        let at = self.place().unwrap_or(At {
            block: taskwright_domain::BlockId::new("none"),
            span: None,
            op: 0,
        });
        self.emit(EventKind::Asked { place: at, what });
    }

    /// The operation the active run is in.
    pub(crate) fn place(&self) -> Option<At> {
        let (compiled, op) = (self.compiled()?, self.run()?.op? as usize);
        compiled.program.ops.get(op).map(|found| self.here(found, op))
    }

    pub(crate) fn offer_person(&mut self, text: &str) {
        self.say(text, None, Speaker::Assistant);
        self.offer(&[words::PERSON_YES, words::PERSON_NO], false);
        self.ask_outside(Question::Person);
    }

    pub(crate) fn begin(&mut self, task: &TaskId, revision: &RevisionId, how: StartedBy) {
        self.begin_with(task, revision, how, Vec::new());
    }

    /// Begins a task with values that are handed in.
    pub(crate) fn begin_with(&mut self, task: &TaskId, revision: &RevisionId, how: StartedBy, handed: Vec<Handed>) {
        let Some(compiled) = self.library(revision) else {
            self.emit(EventKind::Faulted {
                place: None,
                reason: format!("The revision {revision} of {task} is not there"),
            });
            self.hand_off(None, None, None, HandOffReason::Fault);
            return;
        };
        let title = compiled.revision.task.title.clone();
        let message = self.message_for(task);
        let callback = next_address(&self.state);
        self.emit(EventKind::TaskStarted {
            task: task.clone(),
            title,
            revision: revision.clone(),
            how,
            callback,
        });
        self.take_handed(handed);
        if let Some(message) = &message {
            self.fill_from_first_message(&compiled, message);
        }
        // What they say now is newer than what is known from before.
        self.recall(&compiled);
        if let Some(message) = message {
            self.listen_to_first_message(&compiled, &message);
        }
        self.advance();
    }

    /// The message that started the task may already say what it needs.
    fn fill_from_first_message(&mut self, compiled: &Compiled, text: &str) {
        for mv in self.understand(compiled, text) {
            if let Move::Fill { attribute, value, .. } = mv {
                self.fill(compiled, &attribute, value);
            }
        }
    }

    /// Records a value the customer gave.
    pub(crate) fn fill(&mut self, compiled: &Compiled, attribute: &str, value: Value) {
        self.give(compiled, attribute, Some(value));
    }

    pub(crate) fn set(&mut self, compiled: &Compiled, attribute: &str, value: Option<Value>, source: Source) {
        let found = compiled.program.attribute(attribute);
        let value = value.map(|value| match found {
            Some(found) if found.sensitive => {
                let id = SealedId::new(format!("{}_{}", self.state.conversation.0, self.state.seq + 1));
                crate::seal::seal(&value, id, &self.format(&value))
            }
            _ => value,
        });
        let from = self.state.value(attribute).map(|known| known.value.clone());
        if from == value {
            // Said again: nothing changes, but it answers the question.
            if value.is_none() {
                return;
            }
        }
        let label = self.label(compiled, attribute);
        let scope = found.map_or(Scope::Temporary, |found| found.scope);
        // What a customer's product tells of them is the product's to keep.
        let of_customer = (scope == Scope::Customer && source != Source::Known).then_some(OfCustomer::Kept);
        self.emit(EventKind::AttributeSet {
            attribute: attribute.to_owned(),
            label,
            from,
            to: value,
            source,
            kept: scope != Scope::Temporary,
            of_customer,
        });
        self.work_out_from(compiled, attribute);
    }
}

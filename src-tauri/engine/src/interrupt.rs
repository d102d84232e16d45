//! What is listened for at any turn: heard in a message, followed, and back to where the run stood.

use taskwright_domain::{At, AttributeType, EffectKind, EventKind, HandOffReason, Span, Speaker};
use taskwright_language::read;
use taskwright_language::understand::Move;

use crate::machine::{Flow, Machine};
use crate::program::{Compiled, Listens};
use crate::state::Pending;
use crate::words;

/// A listener that a message speaks to.
pub(crate) struct Heard {
    begins: u32,
    sentence: String,
    mention: String,
    span: Span,
}

impl Machine<'_> {
    /// What the message brings up, in the order of the text. What is followed already is not heard again.
    pub(crate) fn heard(&self, compiled: &Compiled, text: &str, moves: &[Move]) -> Vec<Heard> {
        let listeners = compiled.program.listeners.iter();
        listeners
            .filter(|listens| self.listens(listens, moves))
            .filter_map(|listens| {
                let found = read::heard(text, &listens.mentions)?;
                Some(Heard {
                    begins: op_of(listens),
                    sentence: listens.text.clone(),
                    mention: listens.mentions.get(found.mention)?.named(),
                    span: found.span,
                })
            })
            .collect()
    }

    fn listens(&self, listens: &Listens, moves: &[Move]) -> bool {
        let Some(run) = self.run() else { return false };
        let begins = op_of(listens);
        let followed = run.due.contains(&begins) || run.interruptions.iter().any(|paused| paused.begins == begins);
        // It was followed while this question was put: an answer that speaks of it again must get through.
        let answered = run.let_through.contains(&begins) && self.answers_the_question(moves);
        !followed && !answered
    }

    fn answers_the_question(&self, moves: &[Move]) -> bool {
        let Some(taskwright_domain::Question::Attribute { attribute, .. }) = self.state.asked() else {
            return false;
        };
        moves
            .iter()
            .any(|mv| matches!(mv, Move::Fill { attribute: filled, .. } if filled == attribute))
    }

    /// What the task that ended last listens for is still heard: it is taken up again, and ends again behind it.
    pub(crate) fn heard_after_the_end(&mut self, text: &str) -> bool {
        let Some(last) = self.state.last.as_ref() else {
            return false;
        };
        let task = last.task.clone();
        let Some(compiled) = self.library(&last.revision) else {
            return false;
        };
        let speaks = |listens: &Listens| read::heard(text, &listens.mentions).is_some();
        if !compiled.program.listeners.iter().any(speaks) {
            return false;
        }
        let moves = self.understand(&compiled, text);
        self.record_said(&compiled, text, &moves);
        self.emit(EventKind::Resumed { task });
        let heard = self.heard(&compiled, text, &moves);
        self.interrupted(&compiled, &moves, heard);
        true
    }

    /// The message that started the task is listened to as well.
    pub(crate) fn listen_to_first_message(&mut self, compiled: &Compiled, text: &str) {
        for heard in self.heard(compiled, text, &[]) {
            self.record_heard(compiled, text, &heard, &[]);
        }
    }

    /// The customer brought up what is listened for. The message is no answer to the open question, but for the typed
    /// values in it; what it asks for besides is done once the run is back.
    pub(crate) fn interrupted(&mut self, compiled: &Compiled, moves: &[Move], heard: Vec<Heard>) {
        let text = self.state.messages.last().cloned().unwrap_or_default();
        let busy = self
            .run()
            .is_some_and(|run| matches!(run.pending, Pending::Action { .. }));
        for mv in moves {
            if let Move::Fill { attribute, value, span } = mv
                && !self.is_free_text(compiled, attribute, *span, &heard)
            {
                self.fill(compiled, attribute, value.clone());
            }
        }
        for one in &heard {
            self.record_heard(compiled, &text, one, moves);
        }
        if busy {
            if moves.contains(&Move::Person) {
                return self.hand_off(None, None, None, HandOffReason::CustomerAsked);
            }
            // Its steps begin as soon as the call is answered: a call is never left behind.
            return self.say(words::ONE_MOMENT, None, Speaker::Assistant);
        }
        self.besides = moves.to_vec();
        if let Some(first) = heard.first() {
            self.begin_interruption(compiled, first.begins);
        }
    }

    /// Whether the words that were heard would become part of a free text.
    fn is_free_text(&self, compiled: &Compiled, attribute: &str, span: Span, heard: &[Heard]) -> bool {
        let free = compiled.program.attribute(attribute).is_some_and(|found| {
            matches!(
                found.kind,
                AttributeType::Text | AttributeType::PersonName | AttributeType::Address | AttributeType::Place
            )
        });
        free && heard
            .iter()
            .any(|one| one.span.start < span.end && span.start < one.span.end)
    }

    fn record_heard(&mut self, compiled: &Compiled, text: &str, heard: &Heard, moves: &[Move]) {
        let Some(place) = self.begin_of(compiled, heard.begins) else {
            return;
        };
        let sensitive = |key: &str| {
            compiled
                .program
                .attribute(key)
                .is_some_and(|attribute| attribute.sensitive)
        };
        let hidden = moves.iter().any(|mv| match mv {
            Move::Fill { attribute, span, .. } | Move::Correct { attribute, span, .. } => {
                sensitive(attribute) && span.start < heard.span.end && heard.span.start < span.end
            }
            _ => false,
        });
        let from = heard.span.start as usize;
        let length = (heard.span.end as usize).saturating_sub(from);
        let said: String = text.chars().skip(from).take(length).collect();
        self.emit(EventKind::Heard {
            place,
            sentence: heard.sentence.clone(),
            mention: heard.mention.clone(),
            words: if hidden { crate::seal::mask(&said) } else { said },
        });
    }

    fn begin_of(&self, compiled: &Compiled, begins: u32) -> Option<At> {
        let index = begins as usize;
        compiled.program.ops.get(index).map(|op| self.here(op, index))
    }

    fn begin_interruption(&mut self, compiled: &Compiled, begins: u32) {
        let flow = self.interrupt(compiled, begins);
        if self.follow(compiled, begins as usize, flow) {
            self.advance();
        }
    }

    /// Begins what a listener leads to.
    pub(crate) fn interrupt(&mut self, compiled: &Compiled, begins: u32) -> Flow {
        let Some(place) = self.begin_of(compiled, begins) else {
            return Flow::Wait;
        };
        self.emit(EventKind::Moved { place, pass: 1 });
        Flow::Goto(begins as usize + 1)
    }

    /// Back to where the run stood, unless something else was heard meanwhile.
    pub(crate) fn come_back(&mut self, compiled: &Compiled, begins: usize) -> Flow {
        let begins = u32::try_from(begins).unwrap_or(u32::MAX);
        let Some(place) = self.begin_of(compiled, begins) else {
            return Flow::Over;
        };
        self.emit(EventKind::Moved { place, pass: 0 });
        let Some(run) = self.run() else { return Flow::Over };
        if let Some(due) = run.due.first().copied() {
            return self.interrupt(compiled, due);
        }
        let inside = !run.interruptions.is_empty();
        let (begun, task, pending) = (run.op.is_some(), run.task.clone(), run.pending.clone());
        let besides = if inside {
            Vec::new()
        } else {
            std::mem::take(&mut self.besides)
        };
        if besides.contains(&Move::Person) {
            self.hand_off(None, None, None, HandOffReason::CustomerAsked);
            return Flow::Over;
        }
        if besides.contains(&Move::Cancel) {
            self.cancel(compiled);
            return Flow::Wait;
        }
        if let Pending::Webhook { .. } = pending {
            self.wait_on(compiled, &pending);
            return Flow::Wait;
        }
        if let Some(Move::Correct { attribute, value, .. }) =
            besides.iter().find(|mv| matches!(mv, Move::Correct { .. }))
        {
            self.correct(compiled, attribute, value.clone());
            return Flow::Wait;
        }
        if begun {
            self.emit(EventKind::Resumed { task });
        }
        Flow::Here
    }

    /// Goes on waiting until the same moment: a conversation has one timer, and the steps may have set another.
    fn wait_on(&mut self, compiled: &Compiled, pending: &Pending) {
        self.say(words::STILL_WAITING, None, Speaker::Assistant);
        let Pending::Webhook {
            key,
            generation,
            deadline,
        } = pending
        else {
            return;
        };
        if *generation == self.state.generation {
            return;
        }
        let Some(index) = self.run().and_then(|run| run.op).map(|op| op as usize) else {
            return;
        };
        let Some(op) = compiled.program.ops.get(index) else {
            return;
        };
        let crate::program::OpKind::Wait { name, block, .. } = &op.kind else {
            return;
        };
        let (generation, deadline) = (self.state.generation + 1, *deadline);
        self.emit(EventKind::WebhookAwaited {
            place: self.here(op, index),
            key: key.clone(),
            name: name.clone(),
            deadline,
            generation,
        });
        self.effect(EffectKind::AwaitWebhook { block: block.clone() });
        self.effect(EffectKind::ArmTimer {
            generation,
            at: deadline,
        });
    }
}

fn op_of(listens: &Listens) -> u32 {
    u32::try_from(listens.begins).unwrap_or(u32::MAX)
}

//! Carries out the operations of a run, one after another, until it waits or is over.

use taskwright_domain::{
    EffectKind, EventKind, HandOffReason, Outcome, Period, Question, QuickReply, Source, Speaker, Template,
};

use crate::condition::Verdict;
use crate::machine::{Flow, Machine, Obtained, millis};
use crate::program::{Compiled, Given, Op, OpKind};
use crate::state::Pending;
use crate::words;

/// Operations carried out for one input at the most; a task that needs more goes in circles.
const STEPS_PER_INPUT: usize = 2_000;

impl Machine<'_> {
    /// Goes on until the run waits or is over.
    pub(crate) fn advance(&mut self) {
        for _ in 0..STEPS_PER_INPUT {
            let Some(compiled) = self.compiled() else { return };
            let Some(run) = self.run() else { return };
            if run.pending != Pending::Nothing {
                return;
            }
            let index = run.op.map_or(0, |op| op as usize);
            // What was heard while a call was out.
            let due = run.due.first().copied().filter(|_| run.interruptions.is_empty());
            if let Some(due) = due {
                let flow = self.interrupt(&compiled, due);
                match self.follow(&compiled, index, flow) {
                    true => continue,
                    false => return,
                }
            }
            let flow = match compiled.program.ops.get(index) {
                Some(op) => self.carry_out(&compiled, op, index),
                None => self.finish(Outcome::Done),
            };
            match self.follow(&compiled, index, flow) {
                true => {}
                false => return,
            }
        }
        let reason = "The task went round in circles".to_owned();
        self.emit(EventKind::Faulted { place: None, reason });
        self.hand_off(None, None, None, HandOffReason::Fault);
    }

    /// Steps on; `false` when there is nothing to do until the next input.
    pub(crate) fn follow(&mut self, compiled: &Compiled, index: usize, flow: Flow) -> bool {
        let to = match flow {
            Flow::Wait => return false,
            Flow::Over => return self.run().is_some(),
            Flow::Here => return true,
            Flow::Next => index + 1,
            Flow::Goto(to) => to,
        };
        self.enter(compiled, to)
    }

    /// Begins the operation `to`, skipping those that only lead elsewhere. `false` when the run is over.
    pub(crate) fn enter(&mut self, compiled: &Compiled, mut to: usize) -> bool {
        for _ in 0..=compiled.program.ops.len() {
            match compiled.program.ops.get(to) {
                Some(Op {
                    kind: OpKind::Goto { to: next },
                    ..
                }) => to = *next,
                Some(op) if !matches!(op.kind, OpKind::End) => {
                    self.announce(op, to);
                    return true;
                }
                _ => {
                    self.finish(Outcome::Done);
                    return self.run().is_some();
                }
            }
        }
        false
    }

    /// Records that an operation begins, so that a restart goes on from it.
    fn announce(&mut self, op: &Op, index: usize) {
        let at = self.here(op, index);
        match &op.kind {
            OpKind::EnterBlock { task } => self.emit(EventKind::BlockEntered {
                place: at,
                task: task.clone(),
            }),
            OpKind::Branch { .. }
            | OpKind::Pass { .. }
            | OpKind::Jump { .. }
            | OpKind::End
            | OpKind::Interrupt
            | OpKind::Return { .. } => {
                // Their own event says where the run is; until then it is between operations.
                if let Some(run) = self.state.runs.last_mut() {
                    run.step_to(at.op);
                }
            }
            _ => {
                let (meaning, words) = (op.meaning.to_owned(), op.words.clone());
                self.emit(EventKind::SentenceFollowed {
                    place: at,
                    meaning,
                    words,
                    pass: 1,
                });
            }
        }
    }

    fn carry_out(&mut self, compiled: &Compiled, op: &Op, index: usize) -> Flow {
        if self.run().is_some_and(|run| run.op.is_none()) {
            self.announce(op, index);
        }
        let answered = self.run().is_some_and(|run| run.answered);
        match &op.kind {
            OpKind::EnterBlock { .. } => Flow::Next,
            OpKind::Goto { to } => Flow::Goto(*to),
            OpKind::Ask {
                attribute,
                question,
                preface,
                again,
                ..
            } => self.ask(
                compiled,
                op,
                index,
                attribute,
                question.as_ref(),
                preface.as_ref(),
                *again && !answered,
            ),
            OpKind::Run { action, .. } if self.run().is_some_and(|run| run.done.as_ref() == Some(action)) => {
                self.after_action(compiled, op, index, action)
            }
            OpKind::Run { action, inputs } => self.run_action(compiled, op, index, action, inputs),
            OpKind::Set { attribute, value } => self.set_by_step(compiled, op, index, attribute, value),
            OpKind::Classify { attribute, from } => self.classify(compiled, op, index, attribute, from.as_deref()),
            OpKind::Branch {
                condition,
                words,
                otherwise,
            } => self.branch(compiled, op, index, condition, words, *otherwise),
            OpKind::Pass { at_most, exit, forget } => self.pass(compiled, op, index, *at_most, *exit, forget),
            OpKind::Jump { to, at_most } => self.jump(op, index, *to, *at_most),
            OpKind::Confirm {
                question,
                action,
                declined,
            } => self.confirm(compiled, op, index, question.as_ref(), action.as_ref(), *declined),
            OpKind::Say { words, by } => self.speak(compiled, op, index, words, *by),
            OpKind::Buttons { text, options } => self.buttons(compiled, op, index, text, options),
            OpKind::Tag { add, remove } => self.tag(add, remove),
            OpKind::Note { text } => match self.render_for_colleagues(compiled, op, index, text) {
                Ok(text) => {
                    self.emit(EventKind::NoteAdded { text });
                    Flow::Next
                }
                Err(flow) => flow,
            },
            OpKind::HandOff { team, words, note } => self.hand_off_by_step(compiled, op, index, team, words, note),
            OpKind::Wait {
                key,
                name,
                block,
                limit,
                expired,
                ..
            } => self.wait(compiled, op, index, (key, name, block), *limit, *expired),
            OpKind::Rate { .. } if !answered => self.rate(compiled, op, index),
            OpKind::Rate { .. } => self.rated(),
            OpKind::Listen { .. } if self.run().is_some_and(|run| run.workflow.is_some()) => {
                self.listen_to_all(compiled, op, index)
            }
            OpKind::Listen { follow_up, .. } if !answered => self.listen(op, index, follow_up),
            OpKind::Listen { .. } => Flow::Next,
            OpKind::StartTask { .. } if !answered => self.start_by_block(compiled, op, index),
            OpKind::StartTask { .. } => Flow::Next,
            OpKind::Finish { outcome } => self.finish(*outcome),
            OpKind::End => self.finish(Outcome::Done),
            OpKind::Interrupt => Flow::Next,
            OpKind::Return { begins } => self.come_back(compiled, *begins),
            OpKind::Unclear { text } => self.could_not_follow(op, index, text),
        }
    }

    fn set_by_step(&mut self, compiled: &Compiled, op: &Op, index: usize, attribute: &str, value: &Given) -> Flow {
        let given = value;
        let value = match given {
            Given::Operand(operand) => match self.operand_or_obtain(compiled, op, index, operand) {
                Ok(value) => value,
                Err(flow) => return flow,
            },
            Given::Words(words) => match self.render_value(compiled, op, index, words) {
                Ok(value) => value,
                Err(flow) => return flow,
            },
        };
        let source = self.source_of_step(compiled, given);
        let kind = compiled
            .program
            .attribute(attribute)
            .map(|attribute| attribute.kind.clone());
        let value = kind.and_then(|kind| self.as_type(&kind, &value)).unwrap_or(value);
        self.set(compiled, attribute, Some(value), source);
        Flow::Next
    }

    fn branch(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        condition: &taskwright_domain::Condition,
        words: &str,
        otherwise: usize,
    ) -> Flow {
        let at = self.here(op, index);
        match self.evaluate(compiled, condition) {
            Verdict::Known {
                result,
                parts,
                would_flip,
            } => {
                self.emit(EventKind::ConditionEvaluated {
                    place: at,
                    words: words.to_owned(),
                    result,
                    parts,
                    would_flip,
                });
                if result { Flow::Next } else { Flow::Goto(otherwise) }
            }
            Verdict::Missing { reference } => match self.obtain(compiled, op, index, &reference) {
                Obtained::Pending => Flow::Wait,
                Obtained::Settled => Flow::Goto(index),
                Obtained::Impossible => {
                    let label = self.label(compiled, &reference);
                    self.could_not_follow(op, index, &format!("{words} ({label} is not known)"))
                }
            },
            Verdict::Fault { reason } => self.could_not_follow(op, index, &reason),
        }
    }

    fn pass(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        at_most: u32,
        exit: usize,
        forget: &[String],
    ) -> Flow {
        let at = self.here(op, index);
        let pass = self.run().and_then(|run| run.passes.get(&at.op)).copied().unwrap_or(0) + 1;
        if pass > at_most {
            self.emit(EventKind::Moved { place: at, pass: 0 });
            return Flow::Goto(exit);
        }
        self.emit(EventKind::Moved { place: at, pass });
        if pass > 1 {
            for attribute in forget {
                if self.state.value(attribute).is_some() {
                    self.set(compiled, attribute, None, Source::Computed);
                }
            }
        }
        Flow::Next
    }

    fn jump(&mut self, op: &Op, index: usize, to: usize, at_most: u32) -> Flow {
        let at = self.here(op, index);
        let pass = self.run().and_then(|run| run.passes.get(&at.op)).copied().unwrap_or(0) + 1;
        self.emit(EventKind::Moved { place: at, pass });
        if pass > at_most {
            self.offer_person(words::STUCK);
            return Flow::Wait;
        }
        Flow::Goto(to)
    }

    fn confirm(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        question: Option<&Template>,
        action: Option<&taskwright_domain::ActionId>,
        declined: Option<usize>,
    ) -> Flow {
        let run = self.run();
        match run.filter(|run| run.answered).and_then(|run| run.confirmed) {
            Some(true) => return Flow::Next,
            Some(false) => return self.declined(declined),
            None => {}
        }
        if let Some(flow) = action.and_then(|action| self.forbidden(compiled, op, index, action)) {
            return flow;
        }
        let text = match question {
            Some(question) => match self.render(compiled, op, index, question) {
                Ok(text) => text,
                Err(flow) => return flow,
            },
            None => self.confirmation_words(compiled, index, action),
        };
        let at = self.here(op, index);
        self.say(text, Some(at.clone()), Speaker::Assistant);
        self.offer(&[words::YES, words::NO], false);
        self.emit(EventKind::Asked {
            place: at,
            what: Question::Confirm {
                action: action.cloned(),
            },
        });
        Flow::Wait
    }

    /// A no that leads nowhere else ends the task.
    pub(crate) fn declined(&mut self, declined: Option<usize>) -> Flow {
        match declined {
            Some(path) => Flow::Goto(path),
            None if self.next_item() => Flow::Here,
            None => {
                self.say(words::DECLINED, None, Speaker::Assistant);
                self.finish(Outcome::Cancelled)
            }
        }
    }

    fn speak(&mut self, compiled: &Compiled, op: &Op, index: usize, template: &Template, by: Speaker) -> Flow {
        match self.render(compiled, op, index, template) {
            Ok(text) => {
                let at = self.here(op, index);
                self.say(text, Some(at), by);
                Flow::Next
            }
            Err(flow) => flow,
        }
    }

    fn buttons(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        text: &Template,
        options: &[(taskwright_domain::OptionId, String, usize)],
    ) -> Flow {
        let text = match self.render(compiled, op, index, text) {
            Ok(text) => text,
            Err(flow) => return flow,
        };
        let at = self.here(op, index);
        self.say(text, Some(at.clone()), Speaker::Block);
        let options = options
            .iter()
            .map(|(id, label, _)| QuickReply {
                id: id.clone(),
                text: label.clone(),
            })
            .collect();
        self.emit(EventKind::OptionsOffered {
            options,
            must_choose: true,
        });
        self.emit(EventKind::Asked {
            place: at,
            what: Question::Buttons,
        });
        Flow::Wait
    }

    fn tag(&mut self, add: &[String], remove: &[String]) -> Flow {
        let tags = &self.state.tags;
        let added: Vec<_> = add.iter().filter(|tag| !tags.contains(*tag)).cloned().collect();
        let removed: Vec<_> = remove.iter().filter(|tag| tags.contains(*tag)).cloned().collect();
        if !added.is_empty() || !removed.is_empty() {
            self.emit(EventKind::TagsUpdated { added, removed });
        }
        Flow::Next
    }

    fn wait(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        (key, name, block): (&str, &str, &taskwright_domain::BlockId),
        limit: Period,
        expired: Option<usize>,
    ) -> Flow {
        match self.run().and_then(|run| run.webhooks.get(key)).copied() {
            Some(true) => return Flow::Next,
            Some(false) => match expired {
                Some(path) => return Flow::Goto(path),
                None if compiled.program.expiry_handled.contains(key) => return Flow::Next,
                None => {
                    self.hand_off(None, None, None, HandOffReason::WaitExpired);
                    return Flow::Over;
                }
            },
            None => {}
        }
        let at = self.here(op, index);
        let generation = self.state.generation + 1;
        let deadline = self.now().as_millisecond() + millis(limit);
        let (key, name) = (key.to_owned(), name.to_owned());
        self.emit(EventKind::WebhookAwaited {
            place: at,
            key,
            name,
            deadline,
            generation,
        });
        self.effect(EffectKind::AwaitWebhook { block: block.clone() });
        self.effect(EffectKind::ArmTimer {
            generation,
            at: deadline,
        });
        Flow::Wait
    }

    /// Listens for what else there is, in a task.
    fn listen(&mut self, op: &Op, index: usize, follow_up: &Template) -> Flow {
        let at = self.here(op, index);
        let text = if follow_up.0.trim().is_empty() {
            words::ANYTHING_ELSE.to_owned()
        } else {
            follow_up.0.clone()
        };
        self.say(text, Some(at.clone()), Speaker::Block);
        self.emit(EventKind::Asked {
            place: at,
            what: Question::Open,
        });
        Flow::Wait
    }

    pub(crate) fn block_of(&self, op: Option<u32>) -> taskwright_domain::BlockId {
        let compiled = self.compiled();
        let op = op.and_then(|op| {
            compiled
                .as_ref()
                .and_then(|compiled| compiled.program.ops.get(op as usize))
                .map(|op| op.block.clone())
        });
        op.unwrap_or_else(|| taskwright_domain::BlockId::new("none"))
    }

    /// Ends the active run; the one below, if any, goes on.
    pub(crate) fn finish(&mut self, outcome: Outcome) -> Flow {
        if matches!(outcome, Outcome::Done | Outcome::NotPossible) && self.next_item() {
            return Flow::Here;
        }
        let Some(run) = self.run() else { return Flow::Over };
        if run.workflow.is_some() {
            return self.finish_workflow();
        }
        let (task, title) = (run.task.clone(), run.title.clone());
        let handed = self.handed_back();
        self.emit(EventKind::TaskFinished { task, title, outcome });
        if outcome == Outcome::Done {
            self.answered();
        }
        self.take_handed(handed);
        if let Some(below) = self.run().filter(|run| run.workflow.is_none()) {
            let task = below.task.clone();
            self.emit(EventKind::Resumed { task });
            if !self.leaving {
                self.say(words::BACK_AGAIN, None, Speaker::Assistant);
            }
        }
        Flow::Over
    }

    pub(crate) fn could_not_follow(&mut self, op: &Op, index: usize, sentence: &str) -> Flow {
        let at = self.here(op, index);
        self.emit(EventKind::CouldNotFollow {
            place: at,
            reason: sentence.to_owned(),
        });
        let reason = HandOffReason::CouldNotFollow {
            sentence: sentence.to_owned(),
        };
        self.say(words::STUCK, None, Speaker::Assistant);
        self.hand_off(None, None, None, reason);
        Flow::Over
    }
}

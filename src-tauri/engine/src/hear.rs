//! Hearing the customer: moves into facts, and on with the run.

use taskwright_domain::{EventKind, HandOffReason, OptionId, Outcome, Question, QuickReply, Span, Speaker, StartedBy};
use taskwright_language::understand::{AskedFor, Listening, Move, besides, understand};
use taskwright_language::wording;

use crate::led::leads;
use crate::machine::Machine;
use crate::program::{Compiled, OpKind};
use crate::state::{Pending, Run};
use crate::words;

/// Messages in a row that may give nothing before people take over.
pub(crate) const MISUNDERSTOOD_AT_MOST: u32 = 3;
/// Complaints, or messages that were not understood besides, before an upset customer is offered a person.
const UPSET_AT_MOST: u32 = 2;
/// Messages in a row that may bring nothing new before a person is offered.
const ROUNDS_AT_MOST: u32 = 3;

/// What `language` is told was asked.
pub(crate) fn asked_for<'a>(question: &Question, compiled: &'a Compiled) -> Option<AskedFor<'a>> {
    match question {
        Question::Attribute { attribute, .. } => compiled.program.attribute(attribute).map(AskedFor::Attribute),
        Question::Confirm { .. } => Some(AskedFor::Confirmation),
        Question::WhichTask { .. } | Question::Buttons => Some(AskedFor::Option),
        Question::Rating => Some(AskedFor::Rating),
        Question::Person | Question::AnotherTry => Some(AskedFor::Person),
        Question::Open => None,
    }
}

/// Which of the options that the assistant offered this is, from 0. Those of a buttons block have ids of their own.
pub(crate) fn place_of(option: &OptionId) -> Option<usize> {
    let (_, place) = option.as_str().rsplit_once('_')?;
    place.parse().ok()
}

impl Machine<'_> {
    pub(crate) fn hear(&mut self, text: &str) {
        match self.compiled().filter(|_| !self.state.listens()) {
            Some(compiled) => self.hear_in_task(&compiled, text),
            None if self.run().is_none() && leads(&self.state).is_some() => self.wake(text),
            None => self.hear_outside(text),
        }
    }

    // ---- outside any task

    fn hear_outside(&mut self, text: &str) {
        if self.heard_after_the_end(text) {
            return;
        }
        let question = self.state.asked().cloned();
        let options = self.state.options.clone();
        let moves = self.understand_freely(text, question.as_ref(), &options);
        self.emit(EventKind::CustomerSaid {
            text: text.to_owned(),
            sealed: None,
        });
        let chosen = moves.iter().find_map(|mv| match mv {
            Move::Choose { option } => options.iter().find(|reply| reply.id == *option),
            _ => None,
        });
        self.respond(text, &moves, question.as_ref(), chosen);
    }

    /// What a message does where no task runs.
    pub(crate) fn understand_freely(
        &self,
        text: &str,
        question: Option<&Question>,
        options: &[QuickReply],
    ) -> Vec<Move> {
        let settings = self.settings();
        let asked = question.and_then(|question| match question {
            Question::WhichTask { .. } => Some(AskedFor::Option),
            Question::Person | Question::AnotherTry => Some(AskedFor::Person),
            _ => None,
        });
        let listening = Listening {
            asked,
            question: self.state.last_question.as_deref(),
            wanted: Vec::new(),
            filled: Vec::new(),
            fixed: Vec::new(),
            choosable: None,
            options,
            task_running: false,
            settings: &settings,
            now: self.now(),
        };
        understand(text, &listening)
    }

    /// What a message leads to where no task runs.
    pub(crate) fn respond(
        &mut self,
        text: &str,
        moves: &[Move],
        question: Option<&Question>,
        chosen: Option<&QuickReply>,
    ) {
        let offered = matches!(question, Some(Question::Person | Question::AnotherTry));
        let declined = |mv: &Move| matches!(mv, Move::No | Move::NoPerson);
        if let Some(reply) = chosen {
            return self.choose_outside(&reply.id, &reply.text, question);
        }
        if moves.contains(&Move::Person) || (offered && moves.contains(&Move::Yes)) {
            return self.hand_off(None, None, None, HandOffReason::CustomerAsked);
        }
        if let Some(feedback) = self.feedback_in(text)
            && self.heard_feedback(text, moves, feedback)
        {
            return;
        }
        if leads_into_a_wish(text, moves) {
            self.rank(text);
        } else if question == Some(&Question::AnotherTry) && moves.iter().any(declined) {
            self.say(words::ALL_RIGHT, None, Speaker::Assistant);
            self.leave_listening();
        } else if offered && moves.iter().any(declined) {
            self.say(words::ANYTHING_ELSE, None, Speaker::Assistant);
        } else if *moves == [Move::NoPerson] {
            self.say(words::WHAT_ELSE, None, Speaker::Assistant);
        } else if self.polite(moves) {
            // Said already.
        } else if moves.iter().all(is_courtesy) {
            self.courtesy(moves);
        } else {
            self.rank(text);
        }
    }

    fn courtesy(&mut self, moves: &[Move]) {
        let text = if moves.contains(&Move::Goodbye) {
            words::GOODBYE
        } else if moves.contains(&Move::Thanks) {
            words::WELCOME
        } else {
            words::GREETING
        };
        self.say(text, None, Speaker::Assistant);
    }

    fn choose_outside(&mut self, option: &OptionId, text: &str, question: Option<&Question>) {
        if self.choose_listening(text, question) {
            return;
        }
        match (question, place_of(option)) {
            (Some(Question::WhichTask { between }), Some(index)) => match between.get(index) {
                Some((task, revision)) => self.begin(&task.clone(), &revision.clone(), StartedBy::Choice),
                // One task is no choice between several: that was a no.
                None if between.len() == 1 && self.state.offered.is_some() && self.offer_next() => {}
                None if between.len() == 1 => self.say(words::ANYTHING_ELSE, None, Speaker::Assistant),
                None => self.offer_person(words::CANNOT_HELP_AGAIN),
            },
            (Some(Question::Person), Some(0)) => self.hand_off(None, None, None, HandOffReason::CustomerAsked),
            _ => self.say(words::ANYTHING_ELSE, None, Speaker::Assistant),
        }
    }

    // ---- quick replies and fields

    pub(crate) fn select(&mut self, option: &OptionId) {
        let Some(reply) = self.state.options.iter().find(|reply| reply.id == *option).cloned() else {
            return;
        };
        let question = self.state.asked().cloned();
        let (in_task, listens) = (self.compiled(), self.state.listens());
        self.emit(EventKind::OptionSelected {
            option: option.clone(),
            text: reply.text.clone(),
        });
        match (in_task, question) {
            (Some(compiled), Some(question)) if !listens => self.chosen(&compiled, option, &question, &reply.text),
            (_, question) => self.choose_outside(option, &reply.text, question.as_ref()),
        }
    }

    /// A quick reply in a task.
    fn chosen(&mut self, compiled: &Compiled, option: &OptionId, question: &Question, text: &str) {
        let first = place_of(option) == Some(0);
        match question {
            Question::Buttons => self.pressed(compiled, option),
            Question::Confirm { action } => {
                self.emit(EventKind::Confirmed {
                    action: action.clone(),
                    yes: first,
                });
                self.advance();
            }
            Question::Person if first => self.hand_off(None, None, None, HandOffReason::CustomerAsked),
            Question::Attribute { attribute, .. } if compiled.program.picks.contains_key(attribute) => {
                self.chosen_item(compiled, attribute, option);
            }
            Question::Attribute { attribute, .. } => {
                let kind = compiled
                    .program
                    .attribute(attribute)
                    .map(|attribute| attribute.kind.clone());
                if let Some(value) =
                    kind.and_then(|kind| self.as_type(&kind, &taskwright_domain::Value::Text(text.to_owned())))
                {
                    self.fill(compiled, attribute, value);
                }
                self.advance();
            }
            Question::Rating => {
                self.emit(EventKind::RatingGiven {
                    rating: text.parse().unwrap_or(3),
                });
                self.advance();
            }
            Question::AnotherTry => self.choose_another_try(text),
            Question::Person => self.resume(),
            Question::WhichTask { .. } | Question::Open => self.advance(),
        }
    }

    fn pressed(&mut self, compiled: &Compiled, option: &OptionId) {
        let op = self
            .run()
            .and_then(|run| run.op)
            .and_then(|op| compiled.program.ops.get(op as usize));
        let target = op.and_then(|op| match &op.kind {
            OpKind::Buttons { options, .. } => options.iter().find(|(id, ..)| id == option).map(|(.., to)| *to),
            _ => None,
        });
        let Some((to, task)) = target.zip(self.run().map(|run| run.task.clone())) else {
            return;
        };
        self.emit(EventKind::Resumed { task });
        if self.enter(compiled, to) {
            self.advance();
        }
    }

    // ---- in a task

    fn hear_in_task(&mut self, compiled: &Compiled, text: &str) {
        let moves = self.understand(compiled, text);
        let heard = self.heard(compiled, text, &moves);
        self.record_said(compiled, text, &moves);
        if !heard.is_empty() {
            self.interrupted(compiled, &moves, heard);
            return;
        }
        if moves.contains(&Move::Person) {
            self.hand_off(None, None, None, HandOffReason::CustomerAsked);
            return;
        }
        let pending = self.run().map(|run| run.pending.clone()).unwrap_or_default();
        match pending {
            Pending::Answer { question } => {
                self.keep_besides(text, &moves, &question);
                self.answer(compiled, text, &moves, &question);
            }
            Pending::Action { .. } => self.hear_while_busy(compiled, &moves, words::ONE_MOMENT),
            Pending::Webhook { .. } => {
                let long = self.goes_in_circles();
                let waiting = if long {
                    words::STILL_WAITING_LONG
                } else {
                    words::STILL_WAITING
                };
                self.hear_while_busy(compiled, &moves, waiting);
            }
            Pending::Nothing if self.run().is_some_and(|run| run.workflow.is_none()) => self.advance(),
            // A task is on its way.
            Pending::Nothing | Pending::Task { .. } => self.say(words::ONE_MOMENT, None, Speaker::Assistant),
        }
    }

    /// Records the message; words that give a sensitive value are masked and sealed apart.
    pub(crate) fn record_said(&mut self, compiled: &Compiled, text: &str, moves: &[Move]) {
        let sensitive = |key: &str| {
            compiled
                .program
                .attribute(key)
                .is_some_and(|attribute| attribute.sensitive)
        };
        let spans: Vec<Span> = moves
            .iter()
            .filter_map(|mv| match mv {
                Move::Fill { attribute, span, .. } | Move::Correct { attribute, span, .. } if sensitive(attribute) => {
                    Some(*span)
                }
                _ => None,
            })
            .collect();
        let event = if spans.is_empty() {
            EventKind::CustomerSaid {
                text: text.to_owned(),
                sealed: None,
            }
        } else {
            EventKind::CustomerSaid {
                text: crate::seal::mask_spans(text, &spans),
                sealed: Some(self.sealed_text(text)),
            }
        };
        self.emit(event);
    }

    /// The customer writes while an action or a webhook is out: nothing waits behind it, and it is not repeated.
    fn hear_while_busy(&mut self, compiled: &Compiled, moves: &[Move], busy: &str) {
        if moves.contains(&Move::Cancel) {
            let changing = self.run().is_some_and(|run| match &run.pending {
                Pending::Action { call } => call.changes_data,
                _ => false,
            });
            if !changing {
                self.cancel(compiled);
                return;
            }
        }
        for mv in moves {
            if let Move::Fill { attribute, value, .. } = mv {
                self.fill(compiled, attribute, value.clone());
            }
        }
        self.say(busy, None, Speaker::Assistant);
    }

    fn answer(&mut self, compiled: &Compiled, text: &str, moves: &[Move], question: &Question) {
        if let Some(Move::Correct { attribute, value, .. }) = moves.iter().find(|mv| matches!(mv, Move::Correct { .. }))
        {
            self.fill_all(compiled, moves);
            self.correct(compiled, attribute, value.clone());
            return;
        }
        let before = self.state.seq;
        self.fill_all(compiled, moves);
        let progress = self.state.seq > before;
        match question {
            Question::Confirm { action } => self.answer_confirmation(compiled, text, moves, action.as_ref(), progress),
            Question::Person => self.answer_person(compiled, text, moves, progress),
            Question::AnotherTry => self.answer_another_try(compiled, text, moves),
            Question::Rating => self.answer_rating(compiled, text, moves),
            Question::Buttons => match chosen_option(moves) {
                Some(option) => self.pressed(compiled, &option),
                None => self.otherwise(compiled, text, moves, progress),
            },
            Question::Open => self.answer_open(text, moves),
            Question::Attribute { .. } | Question::WhichTask { .. } => {
                let answered = self.run().is_some_and(|run| run.pending == Pending::Nothing);
                if answered {
                    self.advance()
                } else {
                    self.otherwise(compiled, text, moves, progress)
                }
            }
        }
    }

    fn fill_all(&mut self, compiled: &Compiled, moves: &[Move]) {
        for mv in moves {
            if let Move::Fill { attribute, value, .. } = mv {
                self.fill(compiled, attribute, value.clone());
            }
        }
    }

    fn answer_confirmation(
        &mut self,
        compiled: &Compiled,
        text: &str,
        moves: &[Move],
        action: Option<&taskwright_domain::ActionId>,
        progress: bool,
    ) {
        let yes = moves.contains(&Move::Yes);
        if yes || moves.contains(&Move::No) {
            self.emit(EventKind::Confirmed {
                action: action.cloned(),
                yes,
            });
            self.advance();
        } else if progress {
            self.resume();
        } else if moves.contains(&Move::Unsure) && !self.goes_in_circles() {
            self.say(words::YES_OR_NO, None, Speaker::Assistant);
            self.offer(&[words::YES, words::NO], false);
        } else if moves.contains(&Move::Unsure) {
            self.offer_person(words::PERSON);
        } else {
            self.otherwise(compiled, text, moves, false);
        }
    }

    fn answer_person(&mut self, compiled: &Compiled, text: &str, moves: &[Move], progress: bool) {
        let chosen = chosen_option(moves).and_then(|option| place_of(&option));
        let declined = |mv: &Move| {
            matches!(
                mv,
                Move::No
                    | Move::NoPerson
                    | Move::Unsure
                    | Move::Hold
                    | Move::Thanks
                    | Move::SmallTalk
                    | Move::Why
                    | Move::Refuse { .. }
            )
        };
        if moves.contains(&Move::Yes) || chosen == Some(0) {
            self.hand_off(None, None, None, HandOffReason::CustomerAsked);
        } else if progress {
            self.resume();
        } else if moves.contains(&Move::Cancel) {
            self.cancel(compiled);
        } else if leaves(moves) {
            self.leave(compiled);
        } else if chosen.is_some() || moves.iter().any(declined) {
            self.resume();
        } else {
            self.otherwise(compiled, text, moves, false);
        }
    }

    fn answer_open(&mut self, text: &str, moves: &[Move]) {
        let done = moves
            .iter()
            .all(|mv| matches!(mv, Move::No | Move::Thanks | Move::Goodbye | Move::NoPerson));
        if done {
            self.courtesy(moves);
            self.emit(EventKind::CustomerIdle {
                generation: self.state.generation,
            });
            self.advance();
        } else {
            self.rank(text);
        }
    }

    /// Puts the run's question again, or goes on where that is settled.
    pub(crate) fn resume(&mut self) {
        let Some(task) = self.run().map(|run| run.task.clone()) else {
            return;
        };
        self.emit(EventKind::Resumed { task });
        self.advance();
    }

    /// The message did not answer the question: every way out of that.
    pub(crate) fn otherwise(&mut self, compiled: &Compiled, text: &str, moves: &[Move], progress: bool) {
        if moves.contains(&Move::Cancel) {
            self.cancel(compiled);
            return;
        }
        if progress {
            self.resume();
            return;
        }
        if moves.contains(&Move::NoPerson) {
            self.go_on_or_offer(words::GO_ON);
        } else if leaves(moves) {
            self.leave(compiled);
        } else if self.may_be_a_wish(text, moves) {
            // What it is comes back as a ranking: another task, or what is done in `unmet`.
            self.rank(text);
        } else {
            self.unmet(compiled, text, moves);
        }
    }

    /// The message asks for no other task either.
    pub(crate) fn unmet(&mut self, compiled: &Compiled, text: &str, moves: &[Move]) {
        for mv in moves {
            match mv {
                Move::Misfit { attribute, why } => return self.misfit(compiled, attribute, text, why),
                Move::Refuse { attribute } => return self.refused(compiled, attribute, text),
                Move::Fixed { attribute } => return self.keep_as_it_is(compiled, attribute),
                Move::Hold => return self.hold(),
                Move::Why => return self.explain(compiled),
                // An upset question wants no answer.
                Move::Question if !moves.contains(&Move::Complaint) => return self.digress(text),
                _ => {}
            }
        }
        let polite = moves
            .iter()
            .all(|mv| matches!(mv, Move::Thanks | Move::SmallTalk | Move::Goodbye));
        if polite {
            self.go_on_or_offer("");
        } else if moves.contains(&Move::Complaint) {
            self.complained();
        } else {
            self.not_understood();
        }
    }

    /// Nothing new came for too long.
    fn goes_in_circles(&self) -> bool {
        self.state.rounds >= ROUNDS_AT_MOST
    }

    /// Says something and puts the question again. Nothing new for too long: a person is offered instead.
    pub(crate) fn go_on_or_offer(&mut self, said: &str) {
        if self.goes_in_circles() {
            self.offer_person(format!("{said} {}", words::PERSON).trim_start());
        } else {
            self.say(said, None, Speaker::Assistant);
            self.resume();
        }
    }

    fn hold(&mut self) {
        if self.goes_in_circles() {
            self.offer_person(&format!("{} {}", words::TAKE_YOUR_TIME, words::PERSON));
        } else {
            self.say(words::TAKE_YOUR_TIME, None, Speaker::Assistant);
        }
    }

    /// Somebody is upset: one question more, then people.
    fn complained(&mut self) {
        let times = self.state.misunderstood + 1;
        self.emit(EventKind::NotUnderstood { times });
        if times > MISUNDERSTOOD_AT_MOST {
            self.say(words::SORRY_TO_HEAR, None, Speaker::Assistant);
            self.hand_off(None, None, None, HandOffReason::NotUnderstood);
        } else if times >= UPSET_AT_MOST || self.goes_in_circles() {
            self.offer_person(&format!("{} {}", words::SORRY_TO_HEAR, words::PERSON));
        } else {
            self.say(words::SORRY_TO_HEAR, None, Speaker::Assistant);
            self.resume();
        }
    }

    fn not_understood(&mut self) {
        // Nobody is held up by a rating.
        if self.state.asked() == Some(&Question::Rating) {
            return self.skip_question();
        }
        let confirming = matches!(self.state.asked(), Some(Question::Confirm { .. }));
        let times = self.state.misunderstood + 1;
        self.emit(EventKind::NotUnderstood { times });
        if times >= MISUNDERSTOOD_AT_MOST {
            self.say(words::NOT_UNDERSTOOD, None, Speaker::Assistant);
            self.hand_off(None, None, None, HandOffReason::NotUnderstood);
            return;
        }
        self.say(words::NOT_UNDERSTOOD, None, Speaker::Assistant);
        if self.goes_in_circles() {
            return self.offer_person(words::PERSON);
        }
        if confirming && times > 1 {
            self.say(words::SAY_YES_OR_NO, None, Speaker::Assistant);
        }
        self.resume();
    }

    /// The customer says otherwise than the author's step or a system: theirs stands.
    fn keep_as_it_is(&mut self, compiled: &Compiled, attribute: &str) {
        let label = wording::sentence_start(&self.label(compiled, attribute));
        let known = self
            .value(attribute)
            .map(|value| self.format_as(compiled, attribute, &value));
        let stands = known.map(|known| format!("{label}: {known}. ")).unwrap_or_default();
        self.go_on_or_offer(&format!("{stands}{}", words::NOT_YOURS_TO_CHANGE));
    }

    pub(crate) fn misfit(&mut self, compiled: &Compiled, attribute: &str, text: &str, why: &str) {
        let label = self.label(compiled, attribute);
        let sensitive = compiled
            .program
            .attribute(attribute)
            .is_some_and(|attribute| attribute.sensitive);
        let text = if sensitive {
            crate::seal::mask(text)
        } else {
            text.to_owned()
        };
        self.emit(EventKind::AttributeRejected {
            attribute: attribute.to_owned(),
            label,
            text,
            why: why.to_owned(),
            given_up: false,
        });
        let times = self.state.misunderstood + 1;
        self.emit(EventKind::NotUnderstood { times });
        self.say(why, None, Speaker::Assistant);
        if times >= MISUNDERSTOOD_AT_MOST || self.goes_in_circles() {
            self.offer_person(words::PERSON);
        } else {
            self.resume();
        }
    }

    /// It cannot be given: the task goes on where it says what happens without it, else a person is offered.
    pub(crate) fn refused(&mut self, compiled: &Compiled, attribute: &str, text: &str) {
        let label = self.label(compiled, attribute);
        let why = "The customer does not have it or does not want to give it.".to_owned();
        let given_up = compiled.program.missing_handled.contains(attribute);
        self.emit(EventKind::AttributeRejected {
            attribute: attribute.to_owned(),
            label: label.clone(),
            text: text.to_owned(),
            why,
            given_up,
        });
        if given_up {
            self.advance();
            return;
        }
        self.offer_person(&format!(
            "Without the {label} I can't go on by myself. {}",
            words::PERSON
        ));
    }

    fn explain(&mut self, compiled: &Compiled) {
        let asked = match self.state.asked() {
            Some(Question::Attribute { attribute, .. }) => compiled.program.attribute(attribute),
            _ => None,
        };
        let text = match asked {
            Some(attribute) if !attribute.description.trim().is_empty() => {
                format!("{} {}", words::NEEDED, wording::sentence(&attribute.description))
            }
            _ => words::NEEDED.to_owned(),
        };
        self.go_on_or_offer(&text);
    }

    pub(crate) fn cancel(&mut self, compiled: &Compiled) {
        let Some(run) = self.run() else { return };
        if run.workflow.is_some() {
            self.say(words::STOPPED, None, Speaker::Assistant);
            self.finish_workflow();
            return;
        }
        let task = run.task.clone();
        let changed = self.changed_something(compiled, run);
        if self.state.tasks().count() > 1 {
            self.say(words::STOPPED_THAT, None, Speaker::Assistant);
        }
        self.emit(EventKind::Cancelled { task });
        let _ = self.finish(Outcome::Cancelled);
        let alone = self.state.tasks().next().is_none();
        if changed && alone {
            self.offer_person(words::STOPPED_AFTER_CHANGE);
        } else if alone {
            self.say(words::STOPPED, None, Speaker::Assistant);
        }
        self.advance();
    }

    fn changed_something(&self, compiled: &Compiled, run: &Run) -> bool {
        run.actions.iter().any(|(action, standing)| {
            standing.state == taskwright_domain::ActionState::Succeeded
                && compiled
                    .catalogue()
                    .action(action)
                    .is_some_and(|action| action.changes_data)
        })
    }

    /// The customer leaves in the middle: nothing goes on behind their back.
    fn leave(&mut self, compiled: &Compiled) {
        let changed = self.run().is_some_and(|run| self.changed_something(compiled, run));
        let tasks = self.state.tasks().next().is_some();
        self.leaving = true;
        while let Some(task) = self.running_task() {
            self.emit(EventKind::Cancelled { task });
            let _ = self.finish(Outcome::Cancelled);
        }
        let text = match (changed, tasks) {
            (true, _) => words::LEFT_AFTER_CHANGE,
            (false, true) => words::LEFT,
            (false, false) => words::GOODBYE,
        };
        self.say(text, None, Speaker::Assistant);
        if self.run().is_some() {
            self.finish_workflow();
        }
    }

    /// The task on top; none where only the workflow is left.
    pub(crate) fn running_task(&self) -> Option<taskwright_domain::TaskId> {
        let run = self.run().filter(|run| run.workflow.is_none());
        run.map(|run| run.task.clone())
    }
}

/// Whether it is politeness that asks for nothing.
fn is_courtesy(mv: &Move) -> bool {
    matches!(
        mv,
        Move::SmallTalk | Move::Thanks | Move::Goodbye | Move::No | Move::Yes | Move::NoPerson
    )
}

/// "Yes, I want a refund": what is wanted counts, not the word before it.
fn leads_into_a_wish(text: &str, moves: &[Move]) -> bool {
    let leads = moves.iter().any(|mv| matches!(mv, Move::Yes | Move::No));
    leads && !besides(text, &[]).is_empty()
}

/// Whether the message is a goodbye and nothing else.
fn leaves(moves: &[Move]) -> bool {
    let parting = |mv: &Move| matches!(mv, Move::Goodbye | Move::Thanks | Move::SmallTalk);
    moves.contains(&Move::Goodbye) && moves.iter().all(parting)
}

fn chosen_option(moves: &[Move]) -> Option<OptionId> {
    moves.iter().find_map(|mv| match mv {
        Move::Choose { option } => Some(option.clone()),
        _ => None,
    })
}

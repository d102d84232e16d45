//! Runs operations until the conversation waits for something.

use std::sync::Arc;

use jiff::Timestamp;
use taskwright_domain::{
    At, Attribute, AttributeType, ConversationStart, EVENT_FORMAT, Effect, EffectId, EffectKind, EventKind,
    HandOffReason, Input, InputKind, LogEvent, Outcome, Period, PeriodUnit, Question, QuickReply, RevisionId, Scope,
    SealedId, Settings, Source, Speaker, StartedBy, TaskId, Template, TemplatePart, Value,
};
use taskwright_language::understand::{Listening, Move, understand};
use taskwright_language::wording;

use crate::callback::{address_of, next_address};
use crate::collect::FormTurn;
use crate::condition::Verdict;
use crate::plain::one_line;
use crate::program::{Compiled, Given, Library, Op, OpKind};
use crate::state::{Pending, Run, State, fold};
use crate::words;
use crate::workflow::Handed;

/// Operations carried out for one input at the most; a task that needs more goes in circles.
const STEPS_PER_INPUT: usize = 2_000;

/// The working state while one input is taken: every event is folded in as soon as it is recorded, so what is decided
/// next always follows from the log.
pub(crate) struct Machine<'a> {
    library: &'a Library,
    pub(crate) state: State,
    at: i64,
    cause: u64,
    input: Option<&'a Input>,
    pub(crate) events: Vec<LogEvent>,
    effects: Vec<Effect>,
    /// What the message that was heard asks for besides, once the run is back where it stood.
    pub(crate) besides: Vec<Move>,
    /// The customer said goodbye: nothing more is offered.
    pub(crate) leaving: bool,
    /// What the input does to the form on screen.
    pub(crate) form: FormTurn,
}

/// What an operation leads to.
pub(crate) enum Flow {
    /// On to the next operation.
    Next,
    /// On to this one.
    Goto(usize),
    /// On with the operation that the run is in.
    Here,
    /// Wait for an input.
    Wait,
    /// The run is over.
    Over,
}

/// A value that is needed and not there.
pub(crate) enum Obtained {
    /// It is there now, or will never be: go on.
    Settled,
    /// It was asked for, or an action was called: wait.
    Pending,
    /// Nothing can give it.
    Impossible,
}

/// The effect that ranks the tasks for the customer's last message or, once that is ranked, for its next part.
pub(crate) fn ranking_of(state: &State) -> EffectId {
    EffectId::derive(&state.conversation, state.ranked_from, 0)
}

impl<'a> Machine<'a> {
    pub(crate) fn new(library: &'a Library, state: &State, input: &'a Input) -> Self {
        Self {
            library,
            state: state.clone(),
            at: input.at,
            cause: state.inputs + 1,
            input: Some(input),
            events: Vec::new(),
            effects: Vec::new(),
            besides: Vec::new(),
            leaving: false,
            form: FormTurn::Talk,
        }
    }

    /// The same conversation to try something on: nothing of it is recorded.
    pub(crate) fn trial(&self) -> Self {
        Self {
            library: self.library,
            state: self.state.clone(),
            at: self.at,
            cause: self.cause,
            input: None,
            events: Vec::new(),
            effects: Vec::new(),
            besides: Vec::new(),
            leaving: self.leaving,
            form: FormTurn::Talk,
        }
    }

    pub(crate) fn into_parts(self) -> (Vec<LogEvent>, Vec<Effect>, State) {
        (self.events, self.effects, self.state)
    }

    // ---- recording

    /// Records an event. The first one of an input carries the input's id.
    pub(crate) fn emit(&mut self, kind: EventKind) {
        let input = self.input.take().map(|input| input.id.clone());
        let event = LogEvent {
            seq: self.state.seq + 1,
            at: self.at,
            cause: self.cause,
            input,
            v: EVENT_FORMAT,
            kind,
        };
        fold(&mut self.state, &event);
        self.events.push(event);
    }

    pub(crate) fn effect(&mut self, kind: EffectKind) -> EffectId {
        let id = self.next_effect();
        self.effects.push(Effect { id: id.clone(), kind });
        id
    }

    /// What this input leads to outside, so far.
    pub(crate) fn effects(&self) -> &[Effect] {
        &self.effects
    }

    pub(crate) fn next_effect(&self) -> EffectId {
        EffectId::derive(&self.state.conversation, self.cause, self.effects.len())
    }

    pub(crate) fn say(&mut self, text: impl Into<String>, at: Option<At>, by: Speaker) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.emit(EventKind::Said { text, place: at, by });
        }
    }

    /// Offers quick replies. Each has an id of its own: a late press must not answer a later question.
    pub(crate) fn offer(&mut self, options: &[&str], must_choose: bool) {
        let asked = self.state.seq + 1;
        let options = options
            .iter()
            .enumerate()
            .map(|(index, text)| QuickReply {
                id: taskwright_domain::OptionId::new(format!("{asked}_{index}")),
                text: (*text).to_owned(),
            })
            .collect();
        self.emit(EventKind::OptionsOffered { options, must_choose });
    }

    // ---- looking

    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.at).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    pub(crate) fn start(&self) -> Option<&ConversationStart> {
        self.state.start.as_ref()
    }

    pub(crate) fn settings(&self) -> Settings {
        self.start().map(|start| start.settings.clone()).unwrap_or_default()
    }

    pub(crate) fn run(&self) -> Option<&Run> {
        self.state.runs.last()
    }

    /// Every revision at hand.
    pub(crate) fn all(&self) -> &'a Library {
        self.library
    }

    pub(crate) fn library(&self, revision: &RevisionId) -> Option<Arc<Compiled>> {
        self.library.get(revision).cloned()
    }

    pub(crate) fn compiled(&self) -> Option<Arc<Compiled>> {
        self.run().and_then(|run| self.library.get(&run.revision)).cloned()
    }

    pub(crate) fn here(&self, op: &Op, index: usize) -> At {
        At {
            block: op.block.clone(),
            span: op.span,
            op: u32::try_from(index).unwrap_or(u32::MAX),
        }
    }

    /// The value a reference names, built-in values included.
    pub(crate) fn value(&self, reference: &str) -> Option<Value> {
        if let Some(known) = self.state.value(reference) {
            return Some(known.value.clone());
        }
        if let Some(value) = self.built_in(reference) {
            return Some(value);
        }
        match reference.split_once('.') {
            Some((owner, path)) => self.state.value(owner)?.value.plain().field(path).cloned(),
            // Out of a list that a look-up gave, no step sets it.
            None => self.work_out(self.compiled()?.program.worked_out.get(reference)?),
        }
    }

    pub(crate) fn source(&self, reference: &str) -> Option<Source> {
        let owner = reference.split_once('.').map_or(reference, |(owner, _)| owner);
        let known = self.state.value(reference).or_else(|| self.state.value(owner));
        known
            .map(|known| known.source.clone())
            .or_else(|| self.built_in(reference).map(|_| Source::Known))
    }

    fn built_in(&self, reference: &str) -> Option<Value> {
        let start = self.start()?;
        match reference {
            "customer.name" => start.customer.name.clone().map(Value::Text),
            "customer.email" => start.customer.email.clone().map(Value::Text),
            "customer.signed_in" => Some(Value::Boolean(start.customer.signed_in)),
            "customer.id" => Some(Value::Text(start.customer.id.0.clone())),
            "conversation.id" => Some(Value::Text(self.state.conversation.0.clone())),
            // Several: a condition asks whether it contains one.
            "conversation.task_used" => (!self.state.used.is_empty()).then(|| Value::Text(self.state.used.join(", "))),
            "task.title" => self.run().map(|run| Value::Text(run.title.clone())),
            "task.webhook_address" => address_of(&self.state, self.run()?).map(Value::Text),
            "channel.name" => Some(Value::Text(format!("{:?}", start.place).to_lowercase())),
            "today" => Some(Value::Date(self.today())),
            "now" => Some(Value::DateTime(self.now())),
            _ => None,
        }
    }

    pub(crate) fn today(&self) -> jiff::civil::Date {
        let zone = jiff::tz::TimeZone::get(&self.settings().time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
        self.now().to_zoned(zone).date()
    }

    pub(crate) fn format(&self, value: &Value) -> String {
        wording::format(value, &self.settings())
    }

    /// A value as people read it, by what it is: phone numbers in groups.
    pub(crate) fn format_as(&self, compiled: &Compiled, reference: &str, value: &Value) -> String {
        let own = compiled
            .program
            .attribute(reference)
            .map(|attribute| attribute.kind.clone());
        let kind = own.or_else(|| compiled.catalogue().resolve(reference).map(|referent| referent.kind));
        match (kind, value) {
            (Some(AttributeType::Phone), Value::Text(number)) => wording::phone(number),
            _ => self.format(value),
        }
    }

    pub(crate) fn label(&self, compiled: &Compiled, reference: &str) -> String {
        if let Some(attribute) = compiled.program.attribute(reference) {
            return attribute.name.clone();
        }
        match compiled.catalogue().resolve(reference) {
            Some(referent) => referent.label,
            None => taskwright_domain::key_in_words(reference),
        }
    }

    // ---- inputs

    pub(crate) fn take(&mut self, input: &Input) {
        if self.state.over {
            self.take_when_over(input);
            return;
        }
        self.take_up(input);
        self.offer_wish();
        self.watch_silence();
    }

    fn take_up(&mut self, input: &Input) {
        match &input.kind {
            InputKind::Start { start } => {
                self.emit(EventKind::ConversationStarted { start: start.clone() });
                self.begin_to_lead();
            }
            InputKind::StartWorkflow { workflow, revision } => self.start_workflow(workflow, revision),
            InputKind::CustomerSaid { text } => self.hear(text),
            InputKind::OptionSelected { option } => self.select(option),
            InputKind::AttributeCollected { attribute, text } => self.collected(attribute, text),
            InputKind::FileAttached { file, name } => self.attached(file, name),
            InputKind::StartTask { task, revision } => self.begin(task, revision, StartedBy::Author),
            InputKind::TasksRanked { effect, ranking } => self.ranked(effect, ranking),
            InputKind::ArticlesSearched { effect, findings } => self.searched(effect, findings),
            InputKind::TaskFound { .. } => self.task_found(&input.kind),
            InputKind::ActionAnswered { effect, result } => self.action_answered(effect, result),
            InputKind::ActionUnresolved { effect } => self.action_unresolved(effect),
            InputKind::WebhookReceived { block, body } => self.webhook_received(block, body),
            InputKind::TimerRang { generation } => self.timer_rang(*generation),
            InputKind::CallsSet { action, calls } => self.emit(EventKind::CallsSet {
                action: action.clone(),
                calls: *calls,
            }),
            InputKind::TimeMoved { by } => self.emit(EventKind::TimeMoved { by: *by }),
            InputKind::Stopped => self.emit(EventKind::Stopped),
        }
    }

    /// After a hand-off the assistant is silent; what the customer writes is kept for the people who took over.
    fn take_when_over(&mut self, input: &Input) {
        match &input.kind {
            InputKind::CustomerSaid { text } => {
                self.emit(EventKind::CustomerSaid {
                    text: text.clone(),
                    sealed: None,
                });
            }
            InputKind::FileAttached { file, name } => {
                self.emit(EventKind::FileAttached {
                    file: file.clone(),
                    name: name.clone(),
                });
            }
            InputKind::OptionSelected { option } => {
                let known = self.state.options.iter().find(|reply| reply.id == *option);
                let text = known.map_or_else(|| option.0.clone(), |reply| reply.text.clone());
                self.emit(EventKind::OptionSelected {
                    option: option.clone(),
                    text,
                });
            }
            // No task says any more what the field is: it may be sensitive.
            InputKind::AttributeCollected { attribute, text } => {
                let sealed = Some(self.sealed_text(text));
                self.emit(EventKind::AttributeCollected {
                    attribute: attribute.clone(),
                    text: crate::seal::mask(text),
                    sealed,
                });
            }
            _ => {}
        }
    }

    // ---- asking outside any operation

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
        let Some(compiled) = self.library.get(revision).cloned() else {
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
        if let Some(message) = message {
            self.fill_from_first_message(&compiled, &message);
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

    /// What a message does here. Where a person is offered, an answer to what was asked before is taken as well.
    pub(crate) fn understand(&self, compiled: &Compiled, text: &str) -> Vec<Move> {
        let moves = self.understand_as_answer(compiled, text, self.state.asked());
        let before = self.run().and_then(|run| run.put_off.as_ref());
        if self.state.asked() != Some(&Question::Person) || !moves.iter().all(is_no_answer) {
            return moves;
        }
        let answer = before.map(|before| self.understand_as_answer(compiled, text, Some(before)));
        let gives = |mv: &Move| matches!(mv, Move::Fill { .. } | Move::Correct { .. });
        answer.filter(|answer| answer.iter().any(gives)).unwrap_or(moves)
    }

    fn understand_as_answer(&self, compiled: &Compiled, text: &str, question: Option<&Question>) -> Vec<Move> {
        let settings = self.settings();
        let asked = question.and_then(|question| crate::hear::asked_for(question, compiled));
        let wanted = self.wanted(compiled);
        let filled: Vec<_> = compiled
            .program
            .attributes
            .iter()
            .filter(|attribute| attribute.customer_may_fill)
            .filter_map(|attribute| {
                let known = self.state.value(&attribute.key)?;
                (known.source == Source::Customer).then(|| (attribute, known.value.plain()))
            })
            .collect();
        let given = |attribute: &&Attribute| {
            let source = self.state.value(&attribute.key).map(|known| &known.source);
            source.is_none_or(|source| matches!(source, Source::Customer | Source::Chosen { .. } | Source::Computed))
        };
        let attributes = compiled.program.attributes.iter();
        let fixed = attributes.filter(|attribute| !given(attribute)).collect();
        let choosable = self.choosing(compiled);
        let listening = Listening {
            asked,
            question: self.state.last_question.as_deref(),
            wanted,
            filled,
            fixed,
            choosable: choosable.as_ref(),
            options: &self.state.options,
            task_running: true,
            settings: &settings,
            now: self.now(),
        };
        let asked = match question {
            Some(Question::Attribute { attribute, .. }) => Some(attribute.as_str()),
            _ => None,
        };
        let moves = self.picked(choosable.as_ref(), understand(text, &listening));
        self.ruled_out(compiled, asked, moves)
    }

    /// What the task can still ask the customer for.
    pub(crate) fn wanted<'b>(&self, compiled: &'b Compiled) -> Vec<&'b Attribute> {
        let missing = |attribute: &&Attribute| {
            attribute.customer_may_fill
                && compiled.program.asked.contains(&attribute.key)
                && !compiled.program.worked_out.contains_key(&attribute.key)
                && self.state.value(&attribute.key).is_none()
        };
        compiled.program.attributes.iter().filter(missing).collect()
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
        let kept = found.is_some_and(|found| found.scope != Scope::Temporary);
        self.emit(EventKind::AttributeSet {
            attribute: attribute.to_owned(),
            label,
            from,
            to: value,
            source,
            kept,
        });
        self.work_out_from(compiled, attribute);
    }

    // ---- running

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
        let deadline = self.at + millis(limit);
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

    // ---- words with values

    /// The words with their values, or the flow that gets a missing one first.
    pub(crate) fn render(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        template: &Template,
    ) -> Result<String, Flow> {
        let references: Vec<&str> = template.references().collect();
        self.get_all(compiled, op, index, &references)?;
        Ok(self.fill_in(compiled, op, index, template, str::to_owned))
    }

    /// As above for words that only colleagues read: no customer is asked for them, and no value begins a line that could
    /// be taken for the author's.
    pub(crate) fn render_for_colleagues(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        template: &Template,
    ) -> Result<String, Flow> {
        let of_systems = |reference: &&str| compiled.program.attribute(reference).is_none();
        let references: Vec<&str> = template.references().filter(of_systems).collect();
        self.get_all(compiled, op, index, &references)?;
        Ok(self.fill_in(compiled, op, index, template, one_line))
    }

    /// Gets those that are missing, as far as anything gives them.
    fn get_all(&mut self, compiled: &Compiled, op: &Op, index: usize, references: &[&str]) -> Result<(), Flow> {
        for reference in references {
            if self.value(reference).is_none() {
                match self.obtain(compiled, op, index, reference) {
                    Obtained::Pending => return Err(Flow::Wait),
                    Obtained::Settled | Obtained::Impossible => {}
                }
            }
        }
        Ok(())
    }

    /// Fills in what is known; a sentence with a value that is not there is left out and logged, never printed blank.
    pub(crate) fn fill_in(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        template: &Template,
        written: fn(&str) -> String,
    ) -> String {
        let missing: Vec<_> = template
            .references()
            .filter(|reference| self.value(reference).is_none())
            .collect();
        if missing.is_empty() {
            return self.join(compiled, template, written);
        }
        let labels: Vec<_> = missing
            .iter()
            .map(|reference| self.label(compiled, reference))
            .collect();
        let at = Some(self.here(op, index));
        let reason = format!("Left out a sentence: {} is not known", labels.join(", "));
        self.emit(EventKind::Faulted { place: at, reason });
        let whole = |sentence: &&str| {
            let sentence = Template::new(*sentence);
            sentence.references().all(|reference| self.value(reference).is_some())
        };
        let kept: String = template
            .0
            .split_inclusive(['.', '!', '?', '\n'])
            .collect::<Vec<_>>()
            .into_iter()
            .filter(whole)
            .collect();
        self.join(compiled, &Template::new(kept.trim()), written)
    }

    fn join(&self, compiled: &Compiled, template: &Template, written: fn(&str) -> String) -> String {
        let parts = template.parts().into_iter().map(|part| match part {
            TemplatePart::Words(words) => words.to_owned(),
            TemplatePart::Reference(reference) => self
                .value(reference)
                .map(|value| written(&self.format_as(compiled, reference, &value)))
                .unwrap_or_default(),
        });
        parts.collect()
    }

    /// A template as a value: a lone pill keeps its type.
    pub(crate) fn render_value(
        &mut self,
        compiled: &Compiled,
        op: &Op,
        index: usize,
        template: &Template,
    ) -> Result<Value, Flow> {
        let text = self.render(compiled, op, index, template)?;
        match template.parts().as_slice() {
            [TemplatePart::Reference(reference)] => Ok(self.value(reference).unwrap_or(Value::Text(text))),
            _ => Ok(Value::Text(text)),
        }
    }

    /// A value read as another type, where its words allow.
    pub(crate) fn as_type(&self, kind: &taskwright_domain::AttributeType, value: &Value) -> Option<Value> {
        let Value::Text(text) = value else {
            return Some(value.clone());
        };
        let settings = self.settings();
        let context = taskwright_language::values::ValueContext {
            settings: &settings,
            now: self.now(),
        };
        taskwright_language::values::parse(kind, text, &context)
    }
}

/// Whether it leaves open what is answered to an offer of a person.
fn is_no_answer(mv: &Move) -> bool {
    matches!(
        mv,
        Move::Unclear | Move::Question | Move::SmallTalk | Move::Thanks | Move::Complaint | Move::Hold
    )
}

/// A period in milliseconds; calendar units by their usual length, as limits need no calendar.
pub(crate) fn millis(period: Period) -> i64 {
    let unit = match period.unit {
        PeriodUnit::Minutes => 60_000,
        PeriodUnit::Hours => 3_600_000,
        PeriodUnit::Days | PeriodUnit::WorkingDays => 86_400_000,
        PeriodUnit::Weeks => 604_800_000,
        PeriodUnit::Months => 2_592_000_000,
        PeriodUnit::Years => 31_536_000_000,
    };
    i64::from(period.count) * unit
}

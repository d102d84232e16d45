//! Runs operations until the conversation waits for something.

use std::sync::Arc;

use jiff::Timestamp;
use taskwright_domain::{
    At, AttributeType, ConversationStart, EVENT_FORMAT, Effect, EffectId, EffectKind, EventKind, Input, InputKind,
    LogEvent, Period, PeriodUnit, QuickReply, RevisionId, Settings, Source, Speaker, StartedBy, Value,
};
use taskwright_language::understand::Move;
use taskwright_language::wording;

use crate::callback::address_of;
use crate::collect::FormTurn;
use crate::fold::fold;
use crate::program::{Compiled, Library, Op};
use crate::state::{Run, State};

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

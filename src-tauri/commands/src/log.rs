//! Looking at a conversation: its log, its values.

use serde::{Deserialize, Serialize};
use taskwright_domain::{BranchedFrom, ConversationId, EventKind, Known, LogEvent, Source, Standing, Value};
use taskwright_engine::{Library, State, decide, fold, input_of};
use ts_rs::TS;

use crate::app::App;
use crate::error::CommandError;

/// A conversation by id.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OneConversation {
    /// Which.
    pub conversation: ConversationId,
}

/// A page of a log.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReadLog {
    /// Of this conversation.
    pub conversation: ConversationId,
    /// The first event's number, from 1; the last events where none.
    #[serde(default)]
    #[ts(optional)]
    pub from: Option<u64>,
    /// How many events at the most; 500 are the limit.
    pub limit: u32,
}

/// A page of a log. Sensitive values are masked.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LogPage {
    /// The events, in order.
    pub events: Vec<LogEvent>,
    /// How many the log has.
    pub total: u64,
}

/// A value that a conversation knows now.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ValueRow {
    /// The reference that names it, e.g. `order.status`.
    pub key: String,
    /// As people call it.
    pub label: String,
    /// The value; sensitive ones are masked.
    pub value: Value,
    /// Where it came from.
    pub source: Source,
}

/// Events of a page at the most.
const LONGEST_PAGE: u32 = 500;

pub(crate) async fn read_log(app: &App, _origin: &str, args: ReadLog) -> Result<LogPage, CommandError> {
    let limit = args.limit.min(LONGEST_PAGE);
    let page = match args.from {
        Some(from) => app.store().log_page(&args.conversation, from, limit)?,
        None => app.store().log_end(&args.conversation, limit)?,
    };
    Ok(LogPage {
        events: page.events,
        total: page.total,
    })
}

pub(crate) async fn read_values(
    app: &App,
    _origin: &str,
    args: OneConversation,
) -> Result<Vec<ValueRow>, CommandError> {
    let mut state = app.inner.runner.state(&args.conversation).await?;
    if state.runs.is_empty() {
        state = before_its_end(app, &args.conversation)?;
    }
    let catalogue = match state.run() {
        Some(run) => Some(app.inner.home.compiled(&run.revision)?),
        None => None,
    };
    let label = |key: &str| {
        let referent = catalogue
            .as_ref()
            .and_then(|compiled| compiled.revision.catalogue.resolve(key).map(|referent| referent.label));
        referent.unwrap_or_else(|| taskwright_domain::key_in_words(key))
    };
    let here = state.run().map(|run| &run.values);
    let known = here.into_iter().flatten().chain(&state.values);
    Ok(known.flat_map(|(key, known)| rows(key, known, &label)).collect())
}

/// A conversation just before its last task ended: what the task knew then is what its author wants to look at.
fn before_its_end(app: &App, conversation: &ConversationId) -> Result<State, CommandError> {
    let (log, _) = app.store().load(conversation)?;
    let ended = |event: &LogEvent| {
        matches!(
            event.kind,
            EventKind::TaskFinished { .. } | EventKind::HandedOff { .. } | EventKind::Stopped
        )
    };
    let end = log.iter().rposition(ended).unwrap_or(log.len());
    let mut state = State::new(conversation.clone());
    log.iter().take(end).for_each(|event| fold(&mut state, event));
    Ok(state)
}

/// A group of fields is a row for each.
fn rows(key: &str, known: &Known, label: &impl Fn(&str) -> String) -> Vec<ValueRow> {
    match &known.value {
        Value::Object(fields) => {
            let field = |(field, value): (&String, &Value)| row(&format!("{key}.{field}"), value, known, label);
            fields.iter().map(field).collect()
        }
        value => vec![row(key, value, known, label)],
    }
}

fn row(key: &str, value: &Value, known: &Known, label: &impl Fn(&str) -> String) -> ValueRow {
    ValueRow {
        key: key.to_owned(),
        label: label(key),
        value: value.clone(),
        source: known.source.clone(),
    }
}

/// What another try shares with a conversation.
pub(crate) struct Shared {
    /// The last event of it.
    pub(crate) seq: u64,
    /// How the conversation stood then.
    pub(crate) state: State,
    /// The same for a start-up.
    pub(crate) standing: Standing,
}

/// How a conversation stood after event `seq`, or after the last input that ended before it: another try shares whole
/// turns. Worked out by deciding the recorded inputs again; nothing is performed.
pub(crate) fn shared_until(app: &App, conversation: &ConversationId, seq: u64) -> Result<Shared, CommandError> {
    let (log, _) = app.store().load(conversation)?;
    let shared: Vec<_> = log.iter().take_while(|event| event.seq <= seq).cloned().collect();
    let whole = match log.get(shared.len()) {
        // The turn that is cut into is left out as a whole.
        Some(next) => shared.iter().filter(|event| event.cause != next.cause).count(),
        None => shared.len(),
    };
    let shared = &shared[..whole];
    if shared.is_empty() {
        return Err(CommandError::bad_request(
            "A conversation cannot be rewound to before its beginning. Start a new one.",
        ));
    }
    let library = library(app, shared)?;
    let tries = tries(app, conversation)?;
    let mut state = State::new(conversation.clone());
    let mut standing = Standing::default();
    for event in shared {
        let Some(input) = input_of(event) else { continue };
        // Each is decided as the conversation that it was recorded in: what it wants done is named after that one.
        if let Some(own) = tries.iter().find(|own| own.has(event.seq)) {
            state.conversation = own.conversation.clone();
            if let Some(start) = &mut state.start {
                start.branched_from.clone_from(&own.from);
            }
        }
        let decision = decide(&library, &state, &input);
        standing = decision.standing(&standing);
        if let Some(next) = decision.state {
            state = next;
        }
    }
    Ok(Shared {
        seq: whole as u64,
        state,
        standing,
    })
}

/// A conversation, with what it was another try of.
struct Try {
    conversation: ConversationId,
    from: Option<BranchedFrom>,
}

impl Try {
    /// Whether an event is not shared with the one before.
    fn has(&self, seq: u64) -> bool {
        self.from.as_ref().is_none_or(|from| seq > from.seq)
    }
}

/// A conversation and what it was taken from, the newest first.
fn tries(app: &App, conversation: &ConversationId) -> Result<Vec<Try>, CommandError> {
    let mut tries = Vec::new();
    let mut next = Some(conversation.clone());
    while let Some(conversation) = next {
        let from = app.store().branched_from(&conversation)?;
        let from = from.map(|(conversation, seq)| BranchedFrom { conversation, seq });
        next = from.as_ref().map(|from| from.conversation.clone());
        tries.push(Try { conversation, from });
    }
    Ok(tries)
}

/// The revisions that a log runs on.
pub(crate) fn library(app: &App, log: &[LogEvent]) -> Result<Library, CommandError> {
    let mut library = Library::new();
    let mut state = State::new(ConversationId::new("library"));
    for event in log {
        fold(&mut state, event);
        for id in state.revisions() {
            if !library.contains_key(id) {
                library.insert(id.clone(), app.inner.home.compiled(id)?);
            }
        }
    }
    Ok(library)
}

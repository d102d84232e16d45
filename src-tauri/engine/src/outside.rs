//! What the runner needs from outside, as traits: a host brings its own.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use taskwright_domain::{
    Action, Batch, CallMode, ConversationId, ConversationStart, EffectId, Findings, LogEvent, Ranking, RevisionId,
    Standing, TaskId, Value, WorkflowId,
};

use crate::program::Compiled;

/// A boxed future, so that the traits can be used as objects.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Why a journal did not commit or load.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// Someone else has written in between.
    #[error("the conversation has changed: expected event {expected}, the log ends at {found}")]
    Conflict {
        /// The last event the writer knew.
        expected: u64,
        /// The last event there is.
        found: u64,
    },
    /// The conversation does not exist.
    #[error("there is no conversation {0}")]
    Unknown(ConversationId),
    /// The store could not do it.
    #[error("{0}")]
    Failed(String),
}

/// Keeps logs. A commit is all or nothing, and durable before it answers.
pub trait Journal: Send + Sync {
    /// Appends a batch after event `expected_seq`.
    fn commit<'a>(
        &'a self,
        conversation: &'a ConversationId,
        expected_seq: u64,
        batch: Batch,
    ) -> BoxFuture<'a, Result<(), JournalError>>;

    /// The whole log with sealed values joined in, and how the conversation stands.
    fn load<'a>(
        &'a self,
        conversation: &'a ConversationId,
    ) -> BoxFuture<'a, Result<(Vec<LogEvent>, Standing), JournalError>>;
}

/// A call of an action that really goes out.
#[derive(Debug, Clone)]
pub struct ActionCall {
    /// The action, as it stands in the revision.
    pub action: Action,
    /// By input key, typed.
    pub inputs: BTreeMap<String, Value>,
    /// Which environment.
    pub calls: CallMode,
    /// Sent as `Idempotency-Key` when the action changes data.
    pub key: EffectId,
    /// The conversation's settings, for reading the answer.
    pub settings: taskwright_domain::Settings,
    /// The instant of the call.
    pub now: jiff::Timestamp,
}

/// Calls actions.
pub trait Actions: Send + Sync {
    /// Calls one; failure is a result.
    fn call(&self, call: ActionCall) -> BoxFuture<'_, taskwright_domain::ActionResult>;

    /// What stands in for the sample answer of a call, where something does: a rehearsal of what happens when a system
    /// fails.
    fn instead_of_sample<'a>(
        &'a self,
        _call: &'a ActionCall,
    ) -> BoxFuture<'a, Option<taskwright_domain::ActionResult>> {
        Box::pin(async { None })
    }

    /// Whether samples stand for systems that are to be treated like real ones: what may have been done is not done again.
    fn stands_for_systems(&self) -> bool {
        false
    }

    /// The sample answer the author chose for an action in a conversation, by name.
    fn chosen_stub(&self, conversation: &ConversationId, action: &Action) -> Option<String>;
}

/// Chooses among the tasks on offer.
pub trait Ranker: Send + Sync {
    /// Ranks them for a message.
    fn rank<'a>(&'a self, start: &'a ConversationStart, text: &'a str) -> BoxFuture<'a, Ranking>;
}

/// Searches the articles.
pub trait Knowledge: Send + Sync {
    /// What they say to a question.
    fn search<'a>(&'a self, text: &'a str) -> BoxFuture<'a, Findings>;
}

/// Where there are no articles.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoKnowledge;

impl Knowledge for NoKnowledge {
    fn search<'a>(&'a self, _text: &'a str) -> BoxFuture<'a, Findings> {
        Box::pin(std::future::ready(Findings {
            reason: "There are no articles.".to_owned(),
            searcher: "none".to_owned(),
            ..Findings::default()
        }))
    }
}

/// A task in the revision that customers get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveTask {
    /// Its title.
    pub title: String,
    /// The revision.
    pub revision: RevisionId,
}

/// Knows revisions.
pub trait Revisions: Send + Sync {
    /// A revision, compiled.
    fn revision<'a>(&'a self, id: &'a RevisionId) -> BoxFuture<'a, Option<Arc<Compiled>>>;

    /// The task as a conversation that began so gets it now; none where it is not on.
    fn task_now<'a>(&'a self, _start: &'a ConversationStart, _task: &'a TaskId) -> BoxFuture<'a, Option<LiveTask>> {
        Box::pin(std::future::ready(None))
    }

    /// The workflow as a conversation that began so would begin with it now; none where it is gone.
    fn workflow_now<'a>(
        &'a self,
        _start: &'a ConversationStart,
        _workflow: &'a WorkflowId,
    ) -> BoxFuture<'a, Option<RevisionId>> {
        Box::pin(std::future::ready(None))
    }
}

/// Tells the time.
pub trait Clock: Send + Sync {
    /// UTC milliseconds since 1970.
    fn now(&self) -> i64;

    /// Lets time pass before a sample answer that is to be slow. Where nobody watches, none does.
    fn pause(&self, _ms: u64) -> BoxFuture<'_, ()> {
        Box::pin(std::future::ready(()))
    }
}

/// Rings later.
pub trait Timers: Send + Sync {
    /// Arms the one timer of the conversation. The host submits `TimerRang` when it is time.
    fn arm(&self, conversation: &ConversationId, generation: u64, at: i64);
}

/// All of the outside.
#[derive(Clone)]
pub struct Outside {
    /// Keeps logs.
    pub journal: Arc<dyn Journal>,
    /// Calls actions.
    pub actions: Arc<dyn Actions>,
    /// Chooses among tasks.
    pub ranker: Arc<dyn Ranker>,
    /// Searches the articles.
    pub knowledge: Arc<dyn Knowledge>,
    /// Knows revisions.
    pub revisions: Arc<dyn Revisions>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Rings later.
    pub timers: Arc<dyn Timers>,
}

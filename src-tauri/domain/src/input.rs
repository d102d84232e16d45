//! What reaches a conversation from outside.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    ActionId, BlockId, CallMode, ConversationStart, EffectId, FailureCause, FileId, Findings, InputId, OptionId,
    RevisionId, TaskId, Value, WorkflowId,
};

/// One answer of the outside world. A repeated id is ignored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Input {
    /// Chosen by whoever sends it.
    pub id: InputId,
    /// When it arrived: UTC milliseconds since 1970.
    pub at: i64,
    /// What it is.
    pub kind: InputKind,
}

/// What an input is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum InputKind {
    /// A conversation starts.
    Start {
        /// On these terms.
        start: Box<ConversationStart>,
    },
    /// The customer wrote.
    CustomerSaid {
        /// This.
        text: String,
    },
    /// The customer pressed a quick reply.
    OptionSelected {
        /// Which.
        option: OptionId,
    },
    /// The customer filled in a field.
    AttributeCollected {
        /// By key.
        attribute: String,
        /// What they wrote.
        text: String,
    },
    /// The customer attached a file.
    FileAttached {
        /// The stored bytes.
        file: FileId,
        /// Its name.
        name: String,
    },
    /// The author starts a task without a message that would.
    StartTask {
        /// Which.
        task: TaskId,
        /// In this revision.
        revision: RevisionId,
    },
    /// The workflow starts again, in the revision that is live now.
    StartWorkflow {
        /// Which.
        workflow: WorkflowId,
        /// In this revision.
        revision: RevisionId,
    },
    /// The tasks were ranked.
    TasksRanked {
        /// The effect it answers.
        effect: EffectId,
        /// The result.
        ranking: Ranking,
    },
    /// The articles were searched.
    ArticlesSearched {
        /// The effect it answers.
        effect: EffectId,
        /// The result.
        findings: Findings,
    },
    /// The revision of a task was looked up that a block of a workflow starts.
    TaskFound {
        /// The effect it answers.
        effect: EffectId,
        /// Which task.
        task: TaskId,
        /// Its title.
        title: String,
        /// In this revision; none where the task is not on.
        revision: Option<RevisionId>,
    },
    /// An action answered.
    ActionAnswered {
        /// The effect it answers.
        effect: EffectId,
        /// The result.
        result: ActionResult,
    },
    /// After a restart nobody knows whether a change was made.
    ActionUnresolved {
        /// The effect it concerns.
        effect: EffectId,
    },
    /// A webhook came.
    WebhookReceived {
        /// The block that waits for it.
        block: BlockId,
        /// The body.
        #[ts(type = "unknown")]
        body: serde_json::Value,
    },
    /// The timer rang.
    TimerRang {
        /// The generation it was armed with; an old one is ignored.
        generation: u64,
    },
    /// The author chose where the calls of an action go from now on.
    CallsSet {
        /// Which action.
        action: ActionId,
        /// Where.
        calls: CallMode,
    },
    /// The author moved the conversation's clock forward; the input arrives at the instant it shows from then on.
    TimeMoved {
        /// By so many milliseconds.
        by: i64,
    },
    /// The preview was stopped.
    Stopped,
}

/// The result of ranking the tasks for a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Ranking {
    /// All that came close, best first.
    pub candidates: Vec<Candidate>,
    /// What follows.
    pub decision: RankDecision,
    /// In plain words, why.
    pub reason: String,
    /// What ranked them, with its version.
    pub ranker: String,
    /// The score a task needs to start; thousandths.
    pub threshold: i32,
}

/// A task that may be meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Candidate {
    /// Which.
    pub task: TaskId,
    /// Its title.
    pub title: String,
    /// Thousandths.
    pub score: i32,
    /// The words of the message that counted most.
    pub words: Vec<String>,
}

/// What follows from a ranking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum RankDecision {
    /// A task starts.
    Start {
        /// Which.
        task: TaskId,
        /// In this revision.
        revision: RevisionId,
    },
    /// Two or more come too close: the customer is asked.
    Clarify {
        /// The tasks in question, with their revisions.
        between: Vec<(TaskId, RevisionId)>,
    },
    /// None.
    None,
}

/// How an action answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ActionResult {
    /// It worked.
    Succeeded {
        /// The output fields by key, typed and checked.
        fields: std::collections::BTreeMap<String, Value>,
        /// The HTTP status; none for a sample answer of fields.
        status: Option<u16>,
        /// How long it took, in milliseconds.
        ms: u64,
    },
    /// It did not.
    Failed {
        /// Why.
        cause: FailureCause,
        /// How often it was tried.
        attempts: u32,
        /// How long it took, in milliseconds.
        ms: u64,
    },
}

//! The event log: what happened, in the past tense. Everything people see of a conversation is a view of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{
    ActionId, ArticleId, AttributeType, BlockId, CallMode, ConversationStart, EffectId, FailureCause, FileId, Findings,
    InputId, OptionId, Outcome, Ranking, RevisionId, SealedId, Source, Span, TaskId, TeamId, Value, WorkflowId,
};

/// The format number written with every event.
pub const EVENT_FORMAT: u16 = 1;

/// One fact of a conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct LogEvent {
    /// Number in the conversation, from 1.
    pub seq: u64,
    /// When: UTC milliseconds since 1970, of the input that caused it.
    pub at: i64,
    /// The number of that input among the accepted ones, from 1.
    pub cause: u64,
    /// The id of the input, on the one event that holds all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<InputId>,
    /// The format, see [`EVENT_FORMAT`].
    pub v: u16,
    /// What happened.
    #[serde(flatten)]
    pub kind: EventKind,
}

/// Where in a revision something happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct At {
    /// The block.
    pub block: BlockId,
    /// The words, in an instructions block.
    pub span: Option<Span>,
    /// The operation of the compiled task, so that a run goes on where it stood.
    pub op: u32,
}

/// How a value stands with the customer it is kept with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum OfCustomer {
    /// It is kept with them from now on.
    Kept,
    /// It was known from earlier conversations, and is used here.
    Known,
}

/// What happened. The set is closed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields repeat nouns documented where they are defined")]
pub enum EventKind {
    /// The conversation began.
    ConversationStarted { start: Box<ConversationStart> },
    /// The customer wrote. A sensitive text is masked here and sealed apart.
    CustomerSaid { text: String, sealed: Option<SealedText> },
    /// The customer pressed a quick reply.
    OptionSelected { option: OptionId, text: String },
    /// The customer filled in a field.
    AttributeCollected {
        attribute: String,
        text: String,
        sealed: Option<SealedText>,
    },
    /// The customer attached a file.
    FileAttached { file: FileId, name: String },
    /// A workflow began, at the bottom of all that runs.
    WorkflowStarted {
        workflow: WorkflowId,
        name: String,
        revision: RevisionId,
    },
    /// Beside an answer the customer wrote these words, which answer nothing: they are looked at once nothing runs.
    HeardBesides { text: String },
    /// Nothing runs any more: what the customer wrote beside an answer is looked at.
    TakenUp { text: String },
    /// The tasks were ranked for a message.
    TaskConsidered { effect: EffectId, ranking: Ranking },
    /// The articles were searched for a question.
    ArticlesConsidered { effect: EffectId, findings: Findings },
    /// The revision was looked up that a task runs in which a block starts; none where the task is not on.
    TaskFound {
        effect: EffectId,
        task: TaskId,
        title: String,
        revision: Option<RevisionId>,
    },
    /// A task began.
    TaskStarted {
        task: TaskId,
        title: String,
        revision: RevisionId,
        how: StartedBy,
        /// Where other systems call back into this run.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        callback: Option<String>,
    },
    /// A block began.
    BlockEntered { place: At, task: TaskId },
    /// A sentence or block was carried out.
    SentenceFollowed {
        place: At,
        meaning: String,
        words: String,
        pass: u32,
    },
    /// A condition was looked at.
    ConditionEvaluated {
        place: At,
        words: String,
        result: bool,
        parts: Vec<ConditionPart>,
        would_flip: Option<String>,
    },
    /// The customer was asked; the words are in `said`.
    Asked { place: At, what: Question },
    /// A Collect block asked for these fields, in one form where the channel has forms.
    AttributesRequested { place: At, fields: Vec<RequestedField> },
    /// A value was set; `None` forgets it.
    AttributeSet {
        attribute: String,
        label: String,
        from: Option<Value>,
        to: Option<Value>,
        source: Source,
        /// For the whole conversation, not only for this run.
        // Logs of older programs do not say.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        kept: bool,
        /// How the value stands with the customer, where it is one that is kept with them over conversations.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        of_customer: Option<OfCustomer>,
    },
    /// What the customer wrote does not fit.
    AttributeRejected {
        attribute: String,
        label: String,
        text: String,
        why: String,
        /// It cannot be given, and the task goes on without it.
        // Logs of older programs do not say.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        given_up: bool,
    },
    /// A rule held an action back.
    ActionBlocked {
        place: At,
        action: ActionId,
        name: String,
        rule: String,
        because: Vec<ConditionPart>,
    },
    /// An action is about to be called: the intent.
    ActionStarted {
        place: At,
        action: ActionId,
        name: String,
        effect: EffectId,
        inputs: BTreeMap<String, Value>,
        calls: CallMode,
        changes_data: bool,
        result_name: String,
        /// A look-up that is called before the run comes to it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        ahead: bool,
    },
    /// The run has come to a look-up that was called ahead: its answer is used, or waited for.
    PrefetchUsed {
        place: At,
        action: ActionId,
        name: String,
        effect: EffectId,
    },
    /// It worked: the receipt.
    ActionSucceeded {
        action: ActionId,
        name: String,
        effect: EffectId,
        status: Option<u16>,
        ms: u64,
        fields: BTreeMap<String, Value>,
    },
    /// It did not.
    ActionFailed {
        action: ActionId,
        name: String,
        effect: EffectId,
        failure: FailureCause,
        attempts: u32,
        ms: u64,
    },
    /// Nobody knows whether the change was made; it is not repeated.
    ActionUnresolved {
        action: ActionId,
        name: String,
        effect: EffectId,
        /// What came instead of an answer; none where the program was stopped before one could come.
        #[serde(default)]
        failure: Option<FailureCause>,
        #[serde(default)]
        attempts: u32,
        #[serde(default)]
        ms: u64,
    },
    /// The run waits for a webhook.
    WebhookAwaited {
        place: At,
        key: String,
        name: String,
        deadline: i64,
        generation: u64,
    },
    /// The assistant listens until the customer has been silent for so long.
    IdleLimitSet { place: At, deadline: i64, generation: u64 },
    /// It came.
    WebhookReceived {
        block: BlockId,
        key: String,
        /// The run it is for; the active one where none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        task: Option<TaskId>,
        fields: BTreeMap<String, Value>,
        #[ts(type = "unknown")]
        body: serde_json::Value,
    },
    /// Something came that does not fit.
    WebhookRejected {
        block: BlockId,
        key: String,
        /// The run it is for; the active one where none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        task: Option<TaskId>,
        difference: Vec<Difference>,
        #[ts(type = "unknown")]
        body: serde_json::Value,
    },
    /// The wait ran out.
    WaitExpired {
        block: BlockId,
        key: String,
        generation: u64,
    },
    /// The assistant or a block spoke.
    Said {
        text: String,
        place: Option<At>,
        by: Speaker,
    },
    /// Quick replies were offered.
    OptionsOffered {
        options: Vec<QuickReply>,
        must_choose: bool,
    },
    /// A note for colleagues.
    NoteAdded { text: String },
    /// Tags changed.
    TagsUpdated { added: Vec<String>, removed: Vec<String> },
    /// People take over.
    HandedOff {
        team: Option<TeamId>,
        team_name: String,
        reason: HandOffReason,
        note: String,
    },
    /// The customer rated.
    RatingGiven { rating: u8 },
    /// A question was answered from articles.
    Answered { articles: Vec<ArticleId>, text: String },
    /// The customer said whether the answer helped.
    FeedbackGiven { helped: bool, words: String },
    /// The customer asked something else; the task pauses.
    Digressed { about: String },
    /// The customer brought up what a sentence listens for at any time; its steps begin as soon as no call is out.
    Heard {
        place: At,
        /// The sentence, as the author wrote it.
        sentence: String,
        /// Which of the things it listens for.
        mention: String,
        /// The words of the message, masked where they give a sensitive value.
        words: String,
    },
    /// The task goes on.
    Resumed { task: TaskId },
    /// The customer answered a question for a yes.
    Confirmed { action: Option<ActionId>, yes: bool },
    /// The customer took something back.
    Corrected { attribute: String, label: String },
    /// The customer stopped the task.
    Cancelled { task: TaskId },
    /// The state of resolution changed.
    ResolutionChanged { state: Resolution },
    /// The customer fell silent.
    CustomerIdle { generation: u64 },
    /// A message gave nothing the run could use.
    NotUnderstood { times: u32 },
    /// A sentence could not be carried out; the reason quotes it.
    CouldNotFollow { place: At, reason: String },
    /// Something failed while the run went on.
    Faulted { place: Option<At>, reason: String },
    /// A loop or what was listened for began a pass (0: it was left), or the run went back to look again: where it
    /// stands. Not shown.
    Moved { place: At, pass: u32 },
    /// The task ended.
    TaskFinished {
        task: TaskId,
        title: String,
        outcome: Outcome,
    },
    /// The workflow ended.
    WorkflowFinished,
    /// The author chose where the calls of an action go from now on.
    CallsSet { action: ActionId, calls: CallMode },
    /// The author moved the conversation's clock forward; the event stands at the instant it shows from then on.
    TimeMoved {
        /// By so many milliseconds.
        by: i64,
    },
    /// The preview was stopped.
    Stopped,
}

/// The full text behind a masked one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SealedText {
    /// Where it is stored.
    pub id: SealedId,
    /// The text itself, joined in by the journal; never serialised.
    #[serde(skip)]
    #[ts(skip)]
    pub plain: Option<String>,
}

/// A field that a Collect block asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RequestedField {
    /// The attribute's key.
    pub key: String,
    /// As customers read it.
    pub label: String,
    /// What it holds.
    pub kind: AttributeType,
}

/// How a task came to start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StartedBy {
    /// The message was understood as asking for it.
    Message,
    /// The customer chose it when asked which they meant.
    Choice,
    /// The author pressed *Start it anyway*.
    Author,
    /// The workflow.
    Workflow,
}

/// A part of a condition with the values it was looked at with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ConditionPart {
    /// In plain words, e.g. "the order's status is shipped".
    pub words: String,
    /// What the value was, as people read it; none where missing.
    pub value: Option<String>,
    /// Whether the part holds; none where it could not be evaluated.
    pub holds: Option<bool>,
}

/// What the customer was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Question {
    /// For a value.
    Attribute {
        /// By key.
        attribute: String,
        /// How often it was asked before.
        again: u32,
        /// Because this action needs it.
        for_action: Option<ActionId>,
    },
    /// For a yes before an action.
    Confirm {
        /// The action.
        action: Option<ActionId>,
    },
    /// Which of several tasks they mean.
    WhichTask {
        /// These, with their revisions.
        between: Vec<(TaskId, RevisionId)>,
    },
    /// One of a block's buttons.
    Buttons,
    /// For a rating.
    Rating,
    /// Whether they want a person.
    Person,
    /// Anything: the assistant listens.
    Open,
    /// After an answer that did not help: whether they want a person or another try.
    AnotherTry,
}

/// A field of a webhook that differs from its example.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Difference {
    /// Where in the body.
    pub path: String,
    /// What the block expects.
    pub expected: String,
    /// What came.
    pub found: String,
}

/// Who spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// The assistant worked the words out.
    Assistant,
    /// The author wrote them into a block.
    Block,
}

/// A quick reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QuickReply {
    /// Its id.
    pub id: OptionId,
    /// What it says.
    pub text: String,
}

/// Why people took over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum HandOffReason {
    /// The task says so.
    Task,
    /// The customer asked for a person.
    CustomerAsked,
    /// A rule held an action back.
    Blocked {
        /// The rule.
        rule: String,
    },
    /// An action failed.
    ActionFailed {
        /// Its name.
        action: String,
    },
    /// Nobody knows whether a change was made.
    ActionUnresolved {
        /// The action's name.
        action: String,
    },
    /// The customer was not understood, or nothing new came, several times.
    NotUnderstood,
    /// A sentence could not be carried out.
    CouldNotFollow {
        /// The sentence.
        sentence: String,
    },
    /// A wait ran out and the task says nothing about it.
    WaitExpired,
    /// Something failed.
    Fault,
}

/// What came of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// Answered, not confirmed.
    SoftResolution,
    /// Confirmed by the customer.
    HardResolution,
    /// People took over.
    RoutedToTeam,
    /// The customer was unhappy and left.
    AbandonedNegativeFeedback,
}

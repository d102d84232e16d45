//! Where a conversation stands: a fold of its events, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use taskwright_domain::{
    ActionId, ActionState, CallMode, ConversationId, ConversationStart, EffectId, InputId, Known, Question, QuickReply,
    RankDecision, Resolution, RevisionId, TaskId, Value, WorkflowId,
};

use crate::besides::Besides;
use crate::led::Silence;
use crate::prefetch::Prefetch;

/// Where a conversation stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// Which conversation.
    pub conversation: ConversationId,
    /// The number of the last event.
    pub seq: u64,
    /// How many inputs were accepted.
    pub inputs: u64,
    /// Ids of the latest inputs.
    pub seen: Vec<InputId>,
    /// The terms it started on; none before the first event.
    pub start: Option<ConversationStart>,
    /// The running tasks, above the workflow if one leads; the last one is active, the others wait for it.
    pub runs: Vec<Run>,
    /// The task that ended last, while nothing else began: what it listens for is still heard.
    pub last: Option<Box<Run>>,
    /// A question asked outside any task.
    pub question: Option<Question>,
    /// The titles of the tasks that were used, in the order in which they first began.
    pub used: Vec<String>,
    /// Values kept for the whole conversation.
    pub values: BTreeMap<String, Known>,
    /// What is known of the customer from earlier conversations and was neither used nor set anew in this one.
    #[serde(default)]
    pub remembered: BTreeMap<String, Known>,
    /// Keys of values that are known from there, and that nobody has set anew in this conversation.
    #[serde(default)]
    pub recalled: BTreeSet<String>,
    /// The latest messages of the customer.
    pub messages: Vec<String>,
    /// The input number of the customer's last message, or of the last ranking of it.
    pub ranked_from: u64,
    /// Nothing was done about the last message yet; at most, tasks were ranked for it.
    pub unanswered: bool,
    /// What the rankings of the last message came to: of all of it first, then of its parts.
    pub rankings: Vec<RankDecision>,
    /// What the customer wants besides, once the running tasks are over.
    pub wishes: Vec<Wish>,
    /// The one of them that was offered last.
    pub offered: Option<Wish>,
    /// What the customer wrote beside their answers.
    #[serde(default)]
    pub besides: Besides,
    /// Messages in a row that brought nothing new.
    pub rounds: u32,
    /// The words of the last question.
    pub last_question: Option<String>,
    /// Quick replies on screen.
    pub options: Vec<QuickReply>,
    /// Tags of the conversation.
    pub tags: BTreeSet<String>,
    /// Messages in a row that gave nothing.
    pub misunderstood: u32,
    /// How often each action succeeded in this conversation.
    pub successes: BTreeMap<ActionId, u32>,
    /// Where the calls of single actions go, where the author chose so.
    pub calls: BTreeMap<ActionId, CallMode>,
    /// The latest timer's generation.
    pub generation: u64,
    /// By how many milliseconds the conversation's clock is ahead.
    pub ahead: i64,
    /// What came of it so far.
    pub resolution: Option<Resolution>,
    /// The last thing the assistant did was an answer, and the customer has not said whether it helped.
    pub answer_open: bool,
    /// The customer said that it did not help, and nothing made it good since.
    pub unhappy: bool,
    /// How long the customer has been silent matters.
    pub silence: Silence,
    /// The articles are searched for a question in the middle of a task.
    pub searching: bool,
    /// What the customer wrote while nothing ran that listens.
    pub to_answer: Option<String>,
    /// People took over, or it was stopped: nothing more is said.
    pub over: bool,
}

/// A task that a message asks for besides the one it started.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Wish {
    /// Which.
    pub task: TaskId,
    /// In this revision.
    pub revision: RevisionId,
    /// The message.
    pub message: String,
}

/// A running task, or the workflow below the tasks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Which; of a workflow, the id it is kept under.
    pub task: TaskId,
    /// The workflow, where it is one.
    pub workflow: Option<WorkflowId>,
    /// A workflow that lets the assistant answer: it listens to whatever comes.
    pub listening: bool,
    /// Its title.
    pub title: String,
    /// The revision it ends on.
    pub revision: RevisionId,
    /// The event it began with.
    pub started: u64,
    /// Where other systems call back into it.
    pub callback: Option<String>,
    /// The operation it is in.
    pub op: Option<u32>,
    /// Its question was answered.
    pub answered: bool,
    /// The action that answered last in it.
    pub done: Option<ActionId>,
    /// What it waits for.
    pub pending: Pending,
    /// Look-ups that were called before it came to them.
    #[serde(default)]
    pub prefetched: Vec<Prefetch>,
    /// Values of this run, and action results by their names.
    pub values: BTreeMap<String, Known>,
    /// What became of each action, with the fields it gave.
    pub actions: BTreeMap<ActionId, ActionStanding>,
    /// Webhooks that came (`true`) or ran out (`false`), by key.
    pub webhooks: BTreeMap<String, bool>,
    /// Passes of loops and jumps, by operation.
    pub passes: BTreeMap<u32, u32>,
    /// How often each value was asked for without an answer.
    pub asked: BTreeMap<String, u32>,
    /// How often what was given for each value did not fit.
    #[serde(default)]
    pub rejected: BTreeMap<String, u32>,
    /// Values that the customer cannot give, where the task goes on without them.
    pub given_up: BTreeSet<String>,
    /// The answer to the last question for a yes.
    pub confirmed: Option<bool>,
    /// The run went back after a correction: until this operation, what was changed is not changed again.
    pub again_until: Option<u32>,
    /// How often an action that found nothing was tried again.
    pub retries: BTreeMap<ActionId, u8>,
    /// Listeners that were heard and not followed yet, by the operation they begin with.
    pub due: Vec<u32>,
    /// Listeners that are followed, the innermost last.
    pub interruptions: Vec<Interruption>,
    /// What was asked before a person was offered: an answer to it is still taken.
    pub put_off: Option<Question>,
    /// Listeners that were followed while the open question was put: an answer to it may speak of them again.
    pub let_through: BTreeSet<u32>,
}

/// A listener that is followed, and where the run stood when it was heard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Interruption {
    /// The operation it begins with.
    pub begins: u32,
    /// The operation the run was in.
    pub op: Option<u32>,
    /// As in the run.
    pub answered: bool,
    /// As in the run.
    pub done: Option<ActionId>,
    /// What it waited for.
    pub pending: Pending,
    /// As in the run.
    pub confirmed: Option<bool>,
    /// As in the run.
    pub again_until: Option<u32>,
}

impl Run {
    /// One that begins.
    pub(crate) fn new(task: TaskId, title: &str, revision: RevisionId, started: u64) -> Self {
        Self {
            task,
            workflow: None,
            listening: false,
            title: title.to_owned(),
            revision,
            started,
            callback: None,
            op: None,
            answered: false,
            done: None,
            pending: Pending::Nothing,
            prefetched: Vec::new(),
            values: BTreeMap::new(),
            actions: BTreeMap::new(),
            webhooks: BTreeMap::new(),
            passes: BTreeMap::new(),
            asked: BTreeMap::new(),
            rejected: BTreeMap::new(),
            given_up: BTreeSet::new(),
            confirmed: None,
            again_until: None,
            retries: BTreeMap::new(),
            due: Vec::new(),
            interruptions: Vec::new(),
            let_through: BTreeSet::new(),
            put_off: None,
        }
    }

    /// Steps to an operation. Who listened does so no more.
    pub(crate) fn step_to(&mut self, op: u32) {
        if std::mem::take(&mut self.listening) {
            self.pending = Pending::Nothing;
        }
        self.op = Some(op);
        self.answered = false;
        self.done = None;
    }

    /// The webhooks that are waited for, the innermost first: key, timer, and the operation that waits.
    pub(crate) fn waits(&self) -> impl Iterator<Item = (&str, u64, Option<u32>)> {
        let paused = self
            .interruptions
            .iter()
            .rev()
            .map(|paused| (&paused.pending, paused.op));
        std::iter::once((&self.pending, self.op))
            .chain(paused)
            .filter_map(|(pending, op)| match pending {
                Pending::Webhook { key, generation, .. } => Some((key.as_str(), *generation, op)),
                _ => None,
            })
    }
}

/// What became of an action in a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActionStanding {
    /// Its last call's state.
    pub state: ActionState,
    /// Its last call's inputs.
    pub inputs: BTreeMap<String, Value>,
    /// The result's name.
    pub result_name: String,
    /// The keys it gave.
    pub gave: BTreeSet<String>,
    /// It changes something out there: what became of it is never forgotten.
    pub changes_data: bool,
}

/// What a run waits for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub enum Pending {
    /// Nothing.
    #[default]
    Nothing,
    /// The customer's answer.
    Answer {
        /// To this.
        question: Question,
    },
    /// An action's answer.
    Action {
        /// The call that is out.
        call: Call,
    },
    /// A webhook.
    Webhook {
        /// The block's key.
        key: String,
        /// The timer that ends the wait.
        generation: u64,
        /// When it rings.
        deadline: i64,
    },
    /// The end of a task that a block of the workflow started.
    Task {
        /// Which.
        task: TaskId,
    },
}

/// A call of an action.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// The effect.
    pub effect: EffectId,
    /// The action.
    pub action: ActionId,
    /// The result's name.
    pub result_name: String,
    /// Its inputs.
    pub inputs: BTreeMap<String, Value>,
    /// It changes something out there.
    pub changes_data: bool,
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Outcome {
    /// It gave these fields.
    Gave(BTreeMap<String, Value>),
    /// It did not work, or found nothing.
    Failed(ActionState),
}

impl State {
    /// Before the first event.
    #[must_use]
    pub fn new(conversation: ConversationId) -> Self {
        Self {
            conversation,
            seq: 0,
            inputs: 0,
            seen: Vec::new(),
            start: None,
            runs: Vec::new(),
            last: None,
            question: None,
            used: Vec::new(),
            values: BTreeMap::new(),
            remembered: BTreeMap::new(),
            recalled: BTreeSet::new(),
            messages: Vec::new(),
            ranked_from: 0,
            unanswered: false,
            rankings: Vec::new(),
            wishes: Vec::new(),
            offered: None,
            besides: Besides::default(),
            rounds: 0,
            last_question: None,
            options: Vec::new(),
            tags: BTreeSet::new(),
            misunderstood: 0,
            successes: BTreeMap::new(),
            calls: BTreeMap::new(),
            generation: 0,
            ahead: 0,
            resolution: None,
            answer_open: false,
            unhappy: false,
            silence: Silence::Unwatched,
            searching: false,
            to_answer: None,
            over: false,
        }
    }

    /// The active run.
    #[must_use]
    pub fn run(&self) -> Option<&Run> {
        self.runs.last()
    }

    /// The value that `reference` names, built-in values aside: a field of a group by its path.
    #[must_use]
    pub fn value(&self, reference: &str) -> Option<&Known> {
        let here = self.run().map(|run| &run.values);
        here.into_iter()
            .chain([&self.values])
            .find_map(|values| values.get(reference))
    }

    /// The revisions it needs to go on.
    pub fn revisions(&self) -> impl Iterator<Item = &RevisionId> {
        let last = self.last.iter().map(|run| &run.revision);
        let wishes = self.wishes.iter().chain(&self.offered).map(|wish| &wish.revision);
        let ranked = self.rankings.iter().flat_map(|decision| match decision {
            RankDecision::Start { revision, .. } => vec![revision],
            RankDecision::Clarify { between } => between.iter().map(|(_, revision)| revision).collect(),
            RankDecision::None => Vec::new(),
        });
        let runs = self.runs.iter().map(|run| &run.revision);
        runs.chain(last).chain(wishes).chain(ranked)
    }

    /// What the customer is asked at the moment.
    #[must_use]
    pub fn asked(&self) -> Option<&Question> {
        match self.run() {
            Some(Run {
                pending: Pending::Answer { question },
                ..
            }) => Some(question),
            _ => self.question.as_ref(),
        }
    }
}

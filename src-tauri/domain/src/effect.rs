//! What a conversation wants from outside.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ActionId, BlockId, CallMode, EffectId, RevisionId, TaskId, Value, WorkflowId};

/// Something the runner performs once the events it came with are committed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Effect {
    /// Derived from the decision; the same decision gives the same id.
    pub id: EffectId,
    /// What.
    pub kind: EffectKind,
}

/// What the runner performs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum EffectKind {
    /// Ranks the tasks on offer for a message.
    RankTasks {
        /// The message.
        text: String,
    },
    /// Searches the articles for an answer.
    SearchArticles {
        /// The question.
        text: String,
    },
    /// Looks up the revision in which customers get a task now.
    FindTask {
        /// Which.
        task: TaskId,
    },
    /// Looks up the revision in which the workflow starts again.
    FindWorkflow {
        /// Which.
        workflow: WorkflowId,
    },
    /// Calls an action.
    CallAction {
        /// Which.
        action: ActionId,
        /// As it stands in this revision.
        revision: RevisionId,
        /// By input key.
        inputs: BTreeMap<String, Value>,
        /// Where it goes.
        calls: CallMode,
        /// It changes something: sent with the effect's id as `Idempotency-Key`, and its outcome matters after a crash.
        changes_data: bool,
    },
    /// Lets a webhook in.
    AwaitWebhook {
        /// The block that waits.
        block: BlockId,
    },
    /// Arms the one timer of the conversation; a later generation replaces it.
    ArmTimer {
        /// The generation.
        generation: u64,
        /// When it rings: UTC milliseconds since 1970.
        at: i64,
    },
}

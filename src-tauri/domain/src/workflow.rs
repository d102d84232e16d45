//! Entry flows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Block, WorkflowId};

/// What happens when a conversation starts on a channel: the same blocks as in a task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Workflow {
    /// Its id.
    pub id: WorkflowId,
    /// As people call it.
    pub name: String,
    /// What it does, in order.
    pub blocks: Vec<Block>,
}

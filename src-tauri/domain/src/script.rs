//! Scripted conversations: a task's rehearsals that are kept and travel with it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ScriptId, TaskId};

/// A scripted conversation of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Script {
    /// Its id.
    pub id: ScriptId,
    /// The task it rehearses.
    pub task: TaskId,
    /// Its name, unique in the task.
    pub name: String,
    /// Prose that says why, with a `chat` block of what is said and expected.
    pub markdown: String,
}

//! Frozen tasks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{BlockId, Catalogue, Reading, RevisionId, Task, TaskId};

/// A task or workflow as it runs: its text, all it refers to, and the plans that were read from it. A conversation ends on the
/// revision it began with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Revision {
    /// The hash of everything below.
    pub id: RevisionId,
    /// The task; of a workflow, its blocks as a task under its own id.
    pub task: Task,
    /// All it refers to.
    pub catalogue: Catalogue,
    /// The reading of each instructions block, of this task and of its parts.
    pub readings: BTreeMap<BlockId, Reading>,
    /// Tasks that this one runs as shared parts.
    pub parts: BTreeMap<TaskId, Task>,
    /// The version of the reader that read the plans.
    pub reader_version: u32,
}

/// How a task stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TaskStatus {
    /// Never published.
    Draft,
    /// Customers get it.
    On,
    /// Customers get an older revision than the one being edited.
    OnWithChanges,
    /// Published once, offered to nobody.
    Paused,
}

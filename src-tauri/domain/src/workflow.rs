//! Entry flows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Attribute, Block, Revision, Task, TaskId, WorkflowId};

/// What happens when a conversation starts on a channel: the same blocks as in a task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema, TS)]
pub struct Workflow {
    /// Its id.
    pub id: WorkflowId,
    /// As people call it.
    pub name: String,
    /// What it does, in order.
    pub blocks: Vec<Block>,
    /// Temporary attributes of this workflow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
}

impl Workflow {
    /// The workflow as what is read, checked and frozen: a task of its blocks, under its own id, that no message starts.
    #[must_use]
    pub fn as_task(&self) -> Task {
        Task {
            id: self.id.as_task(),
            title: self.name.clone(),
            description: String::new(),
            examples: Vec::new(),
            counter_examples: Vec::new(),
            audience: None,
            only_used_by_other_tasks: false,
            blocks: self.blocks.clone(),
            attributes: self.attributes.clone(),
        }
    }

    /// The workflow that a frozen one was; none where the task is an ordinary one.
    #[must_use]
    pub fn of_task(task: &Task) -> Option<Self> {
        Some(Self {
            id: task.id.workflow()?,
            name: task.title.clone(),
            blocks: task.blocks.clone(),
            attributes: task.attributes.clone(),
        })
    }
}

impl WorkflowId {
    /// The id that its revisions and publications are kept under.
    #[must_use]
    pub fn as_task(&self) -> TaskId {
        TaskId(self.0.clone())
    }
}

impl TaskId {
    /// The workflow that is kept under this id; none where it is one of a task.
    #[must_use]
    pub fn workflow(&self) -> Option<WorkflowId> {
        let rest = self.0.strip_prefix(WorkflowId::PREFIX)?;
        rest.starts_with('_').then(|| WorkflowId(self.0.clone()))
    }
}

impl Revision {
    /// The workflow that was frozen; none where it was a task.
    #[must_use]
    pub fn workflow(&self) -> Option<WorkflowId> {
        self.task.id.workflow()
    }
}

//! What is told to those who follow, after it is committed.

use taskwright_domain::{ConversationId, LogEvent, TaskId};

use crate::documents::DocumentKind;

/// Something was committed.
#[derive(Debug, Clone, PartialEq)]
pub struct Announcement {
    /// Up to where the workspace has been told.
    pub position: u64,
    /// Who did it.
    pub origin: String,
    /// What.
    pub what: Announced,
}

/// What was committed.
#[derive(Debug, Clone, PartialEq)]
pub enum Announced {
    /// A log has grown.
    Events {
        /// Whose.
        conversation: ConversationId,
        /// The new events; sensitive values are masks.
        events: Vec<LogEvent>,
    },
    /// Documents were written or deleted.
    Documents(Vec<(DocumentKind, String)>),
    /// A task was published, paused or taken up again.
    Publication(TaskId),
}

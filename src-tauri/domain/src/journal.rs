//! What is committed in one transaction when a conversation takes an input.

use serde::{Deserialize, Serialize};

use crate::{BlockId, Effect, LogEvent, SealedId};

/// One transaction of a conversation: the events of one input and all that must be true together with them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Batch {
    /// The events, numbered on from the log's end.
    pub events: Vec<LogEvent>,
    /// Sensitive values that the events only mask.
    pub sealed: Vec<SealedRow>,
    /// How the conversation stands after them.
    pub standing: Standing,
}

/// A sensitive value on its way into its own table.
#[derive(Debug, Clone, PartialEq)]
pub struct SealedRow {
    /// Its id, as in the event.
    pub id: SealedId,
    /// The value: a [`crate::Value`] or a plain text, as JSON.
    pub json: serde_json::Value,
}

/// What a start-up must know of a conversation without reading its log.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Effects whose answers are still out.
    pub pending: Vec<Effect>,
    /// The armed timer: its generation and when it rings, in UTC milliseconds since 1970.
    pub timer: Option<(u64, i64)>,
    /// Blocks that wait for a webhook.
    pub waits: Vec<BlockId>,
    /// Nothing more can happen.
    pub ended: bool,
}

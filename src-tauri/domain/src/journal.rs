//! What is committed in one transaction when a conversation takes an input.

use serde::{Deserialize, Serialize};

use crate::{BlockId, ConversationId, ConversationPlace, Effect, EffectKind, LogEvent, SealedId};

/// One transaction of a conversation: the events of one input and all that must be true together with them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Batch {
    /// The events, numbered on from the log's end.
    pub events: Vec<LogEvent>,
    /// Sensitive values that the events only mask.
    pub sealed: Vec<SealedRow>,
    /// Addresses of runs that began.
    pub addresses: Vec<RunAddress>,
    /// What the system that called back is answered.
    pub answer: Option<CallbackAnswer>,
    /// The event of a customer's product that led to them, with what the product is answered.
    pub taken: Option<TakenEvent>,
    /// What the customer's product is told of them.
    pub outbox: Vec<OutboxRow>,
    /// Where the conversation takes place.
    pub place: Option<ConversationPlace>,
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

/// An address at which other systems call back into one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunAddress {
    /// The last part of the address.
    pub token: String,
    /// The event the run began with.
    pub started: u64,
}

/// What another system was answered when it called back. Kept with the events it led to, so that the same call made again
/// is answered the same and does nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct CallbackAnswer {
    /// The conversation it called back into.
    pub conversation: ConversationId,
    /// The last part of the address it called.
    pub address: String,
    /// Its `Idempotency-Key`; empty where it sent none.
    pub key: String,
    /// A hash of what it sent, which tells nothing about it.
    pub body: String,
    /// The HTTP status of the answer.
    pub status: u16,
    /// The answer.
    pub answer: serde_json::Value,
    /// On the conversation's clock: UTC milliseconds since 1970.
    pub at: i64,
}

/// An event that a customer's product sent in, and what it was answered. Kept with the events it led to, so that the same
/// event sent again is answered the same and does nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct TakenEvent {
    /// The product's own id of it.
    pub event: String,
    /// A hash of what it sent, which tells nothing about it.
    pub body: String,
    /// The answer.
    pub answer: serde_json::Value,
    /// On the machine's clock: UTC milliseconds since 1970.
    pub at: i64,
    /// The conversation that begins with it, as the product calls it.
    pub opens: Option<ExternalConversation>,
}

/// What a customer's product calls a conversation of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalConversation {
    /// The product's id of the conversation.
    pub id: String,
    /// The product's id of the person who talks in it.
    pub contact: String,
}

/// Something that a customer's product is told: kept with the events it projects, and sent once they are committed.
#[derive(Debug, Clone, PartialEq)]
pub struct OutboxRow {
    /// The event it projects.
    pub seq: u64,
    /// Which of those that project the same event.
    pub part: u32,
    /// The type of what is told, with the fields that belong to that type.
    pub told: serde_json::Value,
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
    /// By how many milliseconds the conversation's clock is ahead.
    #[serde(default)]
    pub ahead: i64,
}

impl Standing {
    /// Whether a call of an action is out.
    #[must_use]
    pub fn calls_out(&self) -> bool {
        let mut pending = self.pending.iter();
        pending.any(|effect| matches!(effect.kind, EffectKind::CallAction { .. }))
    }
}

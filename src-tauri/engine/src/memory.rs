//! A journal in memory, for scripted conversations and tests.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use taskwright_domain::{Batch, ConversationId, LogEvent, Standing};

use crate::outside::{BoxFuture, Journal, JournalError};

/// Logs in memory.
#[derive(Debug, Default)]
pub struct MemoryJournal {
    logs: Mutex<BTreeMap<ConversationId, (Vec<LogEvent>, Standing)>>,
}

impl MemoryJournal {
    /// The log of a conversation so far.
    #[must_use]
    pub fn log(&self, conversation: &ConversationId) -> Vec<LogEvent> {
        let logs = self.logs.lock().unwrap_or_else(PoisonError::into_inner);
        logs.get(conversation).map(|(log, _)| log.clone()).unwrap_or_default()
    }

    /// How a conversation stands.
    #[must_use]
    pub fn standing(&self, conversation: &ConversationId) -> Standing {
        let logs = self.logs.lock().unwrap_or_else(PoisonError::into_inner);
        logs.get(conversation)
            .map(|(_, standing)| standing.clone())
            .unwrap_or_default()
    }
}

impl Journal for MemoryJournal {
    fn commit<'a>(
        &'a self,
        conversation: &'a ConversationId,
        expected_seq: u64,
        batch: Batch,
    ) -> BoxFuture<'a, Result<(), JournalError>> {
        Box::pin(async move {
            let mut logs = self.logs.lock().unwrap_or_else(PoisonError::into_inner);
            let (log, standing) = logs.entry(conversation.clone()).or_default();
            let found = log.last().map_or(0, |event| event.seq);
            if found != expected_seq {
                return Err(JournalError::Conflict {
                    expected: expected_seq,
                    found,
                });
            }
            log.extend(batch.events);
            *standing = batch.standing;
            Ok(())
        })
    }

    fn load<'a>(
        &'a self,
        conversation: &'a ConversationId,
    ) -> BoxFuture<'a, Result<(Vec<LogEvent>, Standing), JournalError>> {
        Box::pin(async move {
            let logs = self.logs.lock().unwrap_or_else(PoisonError::into_inner);
            Ok(logs.get(conversation).cloned().unwrap_or_default())
        })
    }
}

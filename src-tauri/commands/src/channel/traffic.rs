//! What went over the channel last, for whoever watches. It is kept in memory only, and is gone with the program.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

/// Entries that are kept.
const KEPT: usize = 300;

/// Something that went over the channel.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct TrafficEntry {
    /// Its number, from 1 in this run of the program.
    pub number: u64,
    /// When: UTC milliseconds since 1970.
    pub at: i64,
    /// Which way it went.
    pub way: Way,
    /// The call, or the type of the event.
    pub what: String,
    /// The product's id of the conversation, where it is known.
    pub external_conversation_id: Option<String>,
    /// The HTTP status of the answer; none where nothing answered.
    pub status: Option<u16>,
    /// How long it took, in milliseconds.
    pub ms: u64,
    /// What was sent. Sensitive values are masked.
    #[ts(type = "unknown")]
    pub sent: Value,
    /// The answer.
    #[ts(type = "unknown")]
    pub answer: Value,
    /// What went wrong, in plain words.
    pub error: Option<String>,
}

/// Which way something went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// From the product to Taskwright.
    In,
    /// From Taskwright to the product.
    Out,
}

/// The last entries.
#[derive(Default)]
pub(crate) struct Traffic(Mutex<Log>);

#[derive(Default)]
struct Log {
    numbered: u64,
    entries: VecDeque<TrafficEntry>,
}

impl Traffic {
    /// Writes an entry down; its number is given here.
    pub(crate) fn note(&self, mut entry: TrafficEntry) {
        let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        log.numbered += 1;
        entry.number = log.numbered;
        if log.entries.len() == KEPT {
            log.entries.pop_front();
        }
        log.entries.push_back(entry);
    }

    /// The entries after a number, oldest first.
    pub(crate) fn after(&self, number: u64) -> Vec<TrafficEntry> {
        let log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let after = log.entries.iter().filter(|entry| entry.number > number);
        after.cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_entries_are_kept_and_numbered_on() {
        let traffic = Traffic::default();
        for _ in 0..KEPT + 5 {
            traffic.note(TrafficEntry {
                number: 0,
                at: 0,
                way: Way::In,
                what: "notify_new_message".to_owned(),
                external_conversation_id: None,
                status: Some(200),
                ms: 1,
                sent: Value::Null,
                answer: Value::Null,
                error: None,
            });
        }
        let numbers: Vec<_> = traffic.after(0).iter().map(|entry| entry.number).collect();
        assert_eq!((numbers.len(), numbers[0]), (KEPT, 6), "the oldest are gone");
        assert_eq!(traffic.after(KEPT as u64 + 4).len(), 1, "only what is new");
    }
}

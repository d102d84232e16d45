//! What the logs say was done, beside what was really done.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use demo_service::Entry;
use serde_json::Value as Json;

use crate::chats::Logs;

/// What came of it all.
#[derive(Debug, Default)]
pub(crate) struct Count {
    pub(crate) chats: usize,
    pub(crate) changes: usize,
    pub(crate) receipts: usize,
    pub(crate) unresolved: usize,
    pub(crate) failed: usize,
    pub(crate) disturbed: u64,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.chats += other.chats;
        self.changes += other.changes;
        self.receipts += other.receipts;
        self.unresolved += other.unresolved;
        self.failed += other.failed;
        self.disturbed += other.disturbed;
    }
}

/// How a change ended, as its log says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Succeeded,
    Failed,
    Unresolved,
}

/// Every change of the ledger has its end in a log, every receipt its change, and no order was refunded twice.
pub(crate) fn compare(logs: &Logs, entries: &[Entry]) -> Result<Count, String> {
    let ends = ends(logs)?;
    let mut made: BTreeMap<&str, usize> = BTreeMap::new();
    let mut refunds: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in entries {
        let key = entry
            .key
            .as_deref()
            .ok_or_else(|| format!("a change without a key: {entry:?}"))?;
        *made.entry(key).or_default() += 1;
        if entry.kind == "refund_issued" {
            *refunds.entry(entry.subject.as_str()).or_default() += 1;
        }
        match ends.get(key) {
            Some(End::Succeeded | End::Unresolved) => {}
            other => return Err(format!("{key} was done, and its log says {other:?}")),
        }
    }
    if let Some((order, count)) = refunds.iter().find(|(_, count)| **count > 1) {
        return Err(format!("order {order} was refunded {count} times"));
    }
    if let Some((key, count)) = made.iter().find(|(_, count)| **count > 1) {
        return Err(format!("{key} was done {count} times"));
    }
    let mut count = Count {
        chats: logs.len(),
        changes: entries.len(),
        ..Count::default()
    };
    for (key, end) in &ends {
        match end {
            End::Succeeded if !made.contains_key(key.as_str()) => {
                return Err(format!("{key} has a receipt, and was not done"));
            }
            End::Succeeded => count.receipts += 1,
            End::Unresolved => count.unresolved += 1,
            End::Failed => count.failed += 1,
        }
    }
    Ok(count)
}

/// The end of every change that was begun, by its key.
fn ends(logs: &Logs) -> Result<BTreeMap<String, End>, String> {
    let mut ends = BTreeMap::new();
    for (conversation, log) in logs {
        for begun in of_kind(log, "action_started").filter(|event| event["changes_data"] == true) {
            let key = begun["effect"].as_str().unwrap_or_default();
            let found: Vec<_> = [
                ("action_succeeded", End::Succeeded),
                ("action_failed", End::Failed),
                ("action_unresolved", End::Unresolved),
            ]
            .into_iter()
            .flat_map(|(kind, end)| {
                of_kind(log, kind)
                    .filter(|event| event["effect"] == key)
                    .map(move |_| end)
            })
            .collect();
            let [end] = found[..] else {
                return Err(format!("{key} of {conversation} has the ends {found:?}"));
            };
            ends.insert(key.to_owned(), end);
        }
    }
    Ok(ends)
}

fn of_kind<'a>(log: &'a [Json], kind: &'a str) -> impl Iterator<Item = &'a Json> {
    log.iter().filter(move |event| event["kind"] == kind)
}

//! Backups while the program runs.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;

use crate::error::StoreError;
use crate::open::Store;

/// All pages at once: a copy in parts begins anew whenever something is written in between, and need never end.
const PAGES: i32 = i32::MAX;

impl Store {
    /// Copies the whole workspace into a new file and checks the copy. Only a sound copy comes to stand there; what stood
    /// there before is replaced.
    ///
    /// # Errors
    /// When the file cannot be written, or the copy is not sound.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        let part = to.with_added_extension("part");
        let copied = self.read(|connection| copy(connection, &part)).and_then(|()| {
            let moved = std::fs::rename(&part, to);
            moved.map_err(|error| StoreError::io(to, &error))
        });
        if copied.is_err() {
            // Half a backup is of no use to anyone.
            let _ = std::fs::remove_file(&part);
        }
        copied
    }
}

fn copy(connection: &Connection, to: &Path) -> Result<(), StoreError> {
    let mut copy = Connection::open(to)?;
    Backup::new(connection, &mut copy)?.run_to_completion(PAGES, Duration::ZERO, None)?;
    let verdict: String = copy.pragma_query_value(None, "integrity_check", |row| row.get(0))?;
    if verdict == "ok" {
        return Ok(());
    }
    Err(StoreError::Damaged {
        path: to.to_owned(),
        why: verdict,
    })
}

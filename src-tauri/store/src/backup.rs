//! Backups while the program runs.

use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::backup::Backup;

use crate::error::StoreError;
use crate::open::Store;

/// Pages that are copied at once.
const PAGES: i32 = 1_024;

impl Store {
    /// Copies the whole workspace into a new file and checks the copy.
    ///
    /// # Errors
    /// When the file cannot be written, or the copy is not sound.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        self.read(|connection| {
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
        })
    }
}

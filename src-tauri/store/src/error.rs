//! What can go wrong with a workspace.

use std::path::PathBuf;

/// Why the store could not do something. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Another program runs this workspace.
    #[error("the workspace is open in {by}. Close it there, or choose another workspace folder")]
    Held {
        /// Who, with its process number.
        by: String,
    },
    /// The file was written by a newer version.
    #[error(
        "{} was written by a newer Taskwright (format {found}, this one knows up to {known}). Nothing was changed. \
         Install the newer version to open it", path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: usize,
        /// The newest format this version knows.
        known: usize,
    },
    /// The file cannot be read as a workspace.
    #[error("{} is damaged: {why}. Nothing was changed. Put a backup in its place, or move it away to start anew", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// The disk has no room.
    #[error("the disk is full, so this was not saved. What was saved before is safe. Make room and try again")]
    Full,
    /// Someone else changed the document first.
    #[error("{document} was changed in the meantime (version {found}, expected {expected}). Read it again")]
    Conflict {
        /// Its id.
        document: String,
        /// The version the change was made on.
        expected: u64,
        /// The version there is.
        found: u64,
    },
    /// Someone else has written to the conversation first.
    #[error("the conversation has changed: expected event {expected}, the log ends at {found}")]
    SeqConflict {
        /// The last event the writer knew.
        expected: u64,
        /// The last event there is.
        found: u64,
    },
    /// The change does not fit the document.
    #[error("the change does not fit {document} at \"{path}\": {reason}")]
    Misfit {
        /// Its id.
        document: String,
        /// Where.
        path: String,
        /// Why.
        reason: String,
    },
    /// The same event of a customer's product, or its conversation, was written at the same time.
    #[error("{what} was taken in the meantime. Send it again")]
    Taken {
        /// What.
        what: String,
    },
    /// There is no such thing.
    #[error("there is no {what}")]
    Unknown {
        /// What was looked for.
        what: String,
    },
    /// There is no workspace to read.
    #[error("there is no workspace in {}", folder.display())]
    NoWorkspace {
        /// The folder.
        folder: PathBuf,
    },
    /// The file is larger than allowed.
    #[error("a file of {size} bytes is larger than the {limit} that are allowed")]
    TooLarge {
        /// Its size in bytes.
        size: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// The workspace was opened to read only.
    #[error("the workspace was opened to read only")]
    ReadOnly,
    /// The workspace is closed.
    #[error("the workspace is closed")]
    Closed,
    /// A stored row cannot be read.
    #[error("row {row} of table {table} cannot be read: {why}. Restore a backup of the workspace")]
    BadRow {
        /// The table.
        table: &'static str,
        /// The row's key.
        row: String,
        /// Why.
        why: String,
    },
    /// The machine could not do it.
    #[error("{} cannot be used: {why}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// The database could not do it.
    #[error("the workspace file could not be used: {0}")]
    Sqlite(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            Some(rusqlite::ErrorCode::ReadOnly) => Self::ReadOnly,
            _ => Self::Sqlite(error.to_string()),
        }
    }
}

impl StoreError {
    pub(crate) fn unknown(what: impl ToString) -> Self {
        Self::Unknown { what: what.to_string() }
    }

    pub(crate) fn io(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self::Io {
            path: path.to_owned(),
            why: error.to_string(),
        }
    }

    /// A row whose JSON does not parse.
    pub(crate) fn bad_row(table: &'static str, row: impl ToString, error: &impl std::fmt::Display) -> Self {
        Self::BadRow {
            table,
            row: row.to_string(),
            why: error.to_string(),
        }
    }
}

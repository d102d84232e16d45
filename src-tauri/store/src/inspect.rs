//! A look at a file before anything is opened to write: a newer or damaged one stays as it is.

use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::StoreError;
use crate::migrations::{NEWEST, format};
use crate::open::BUSY;

/// The format of a file that is not there, or holds nothing yet.
pub(crate) const NOT_BEGUN: usize = 0;

/// The format of the workspace file, once it is found to be sound and known.
pub(crate) fn inspect(path: &Path) -> Result<usize, StoreError> {
    if !path.exists() {
        return Ok(NOT_BEGUN);
    }
    let damaged = |why: &str| StoreError::Damaged {
        path: path.to_owned(),
        why: why.to_owned(),
    };
    if length(path)? == 0 && length(&path.with_extension("sqlite-wal")).is_ok_and(|length| length > 0) {
        // SQLite would throw away the log of changes of a file that is empty.
        return Err(damaged("it is empty, while changes to it are waiting beside it"));
    }
    let fault = |error| of_file(path, error);
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(fault)?;
    connection.busy_timeout(BUSY).map_err(fault)?;
    let found = format(&connection).map_err(fault)?;
    if found > NEWEST {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found,
            known: NEWEST,
        });
    }
    let verdict: String = connection
        .pragma_query_value(None, "quick_check", |row| row.get(0))
        .map_err(fault)?;
    if verdict != "ok" {
        return Err(damaged(&verdict));
    }
    let tables: u32 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(fault)?;
    if found == NOT_BEGUN && tables > 0 {
        return Err(damaged("it is the database of another program"));
    }
    Ok(found)
}

fn length(path: &Path) -> Result<u64, StoreError> {
    let about = std::fs::metadata(path).map_err(|error| StoreError::io(path, &error))?;
    Ok(about.len())
}

/// What an error says about the file itself.
fn of_file(path: &Path, error: rusqlite::Error) -> StoreError {
    let (path, why) = (path.to_owned(), error.to_string());
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::Damaged { path, why },
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::SystemIoFailure) => {
            StoreError::Io { path, why }
        }
        _ => error.into(),
    }
}

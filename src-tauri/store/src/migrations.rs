//! Numbered changes of the schema, all or nothing. A shipped one is never edited.

use std::path::Path;

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::digest;
use crate::error::StoreError;

static STEPS: [M<'_>; NEWEST] = [
    M::up(include_str!("../migrations/01-workspace.sql")),
    M::up(include_str!("../migrations/02-imports-over-deleted.sql")),
    M::up(include_str!("../migrations/03-publications-in-order.sql")),
    M::up(include_str!("../migrations/04-secrets.sql")),
    M::up(include_str!("../migrations/05-webhooks.sql")),
    M::up(include_str!("../migrations/06-channel.sql")),
    M::up(include_str!("../migrations/07-digest.sql")),
    M::up(include_str!("../migrations/08-passages.sql")),
    M::up(include_str!("../migrations/09-customers.sql")),
];

/// The newest format this version knows.
pub(crate) const NEWEST: usize = 9;

/// Brings a file up to date, unless it is newer than this version.
pub(crate) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let found = format(connection)?;
    if found > NEWEST {
        return Err(StoreError::Newer {
            path: path.to_owned(),
            found,
            known: NEWEST,
        });
    }
    let migrated = Migrations::from_slice(&STEPS).to_latest(connection);
    migrated.map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        other => StoreError::Sqlite(other.to_string()),
    })?;
    digest::renew(connection)
}

/// The number of the last migration a file has been through.
pub(crate) fn format(connection: &Connection) -> rusqlite::Result<usize> {
    let number: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(usize::try_from(number).unwrap_or(usize::MAX))
}

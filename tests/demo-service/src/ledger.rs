//! What really happened: every change that was made and every request that arrived.

use std::path::Path;
use std::sync::{Arc, Mutex};

use rusqlite::types::Type;
use rusqlite::{Connection, Row};
use serde::Serialize;
use serde_json::Value as Json;

use crate::app::{Database, locked};
use crate::database;

/// The ledger cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the ledger cannot be read: {0}")]
pub struct LedgerError(#[from] rusqlite::Error);

/// A change that was really made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its number, from 1.
    pub id: i64,
    /// When, in UTC.
    pub at: String,
    /// What kind of change, e.g. `refund_issued`.
    pub kind: String,
    /// What was changed, e.g. an order number.
    pub subject: String,
    /// The `Idempotency-Key` of the request, if it had one.
    pub key: Option<String>,
    /// The body of the request.
    pub body: Json,
}

/// A request that arrived, whether or not it changed anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReceivedRequest {
    /// Its number, from 1.
    pub id: i64,
    /// The method.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// Its `Idempotency-Key`, if it had one.
    pub key: Option<String>,
    /// The fault it met, if any.
    pub fault: Option<String>,
}

/// Reads what really happened.
#[derive(Clone)]
pub struct Ledger(Database);

impl Ledger {
    pub(crate) fn of(database: &Database) -> Self {
        Self(Arc::clone(database))
    }

    /// The ledger in a database file, whether or not a service runs on it.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn open(file: &Path) -> Result<Self, LedgerError> {
        Ok(Self(Arc::new(Mutex::new(database::open(Some(file))?))))
    }

    /// How many changes were made; of one kind, where one is named.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn count(&self, kind: Option<&str>) -> Result<u64, LedgerError> {
        let connection = locked(&self.0);
        Ok(count(&connection, kind)?)
    }

    /// All changes, in the order in which they were made.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn entries(&self) -> Result<Vec<Entry>, LedgerError> {
        let connection = locked(&self.0);
        Ok(entries(&connection)?)
    }

    /// All requests, in the order in which they arrived.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn requests(&self) -> Result<Vec<ReceivedRequest>, LedgerError> {
        let connection = locked(&self.0);
        let mut rows = connection.prepare("SELECT id, method, path, key, fault FROM requests ORDER BY id")?;
        let requests = rows.query_map([], request)?;
        Ok(requests.collect::<rusqlite::Result<_>>()?)
    }
}

/// How many changes were made.
pub(crate) fn count(connection: &Connection, kind: Option<&str>) -> rusqlite::Result<u64> {
    let sql = "SELECT count(*) FROM ledger WHERE ?1 IS NULL OR kind = ?1";
    connection
        .query_row(sql, [kind], |row| row.get::<_, i64>(0))
        .map(i64::unsigned_abs)
}

/// All changes.
pub(crate) fn entries(connection: &Connection) -> rusqlite::Result<Vec<Entry>> {
    let mut rows = connection.prepare("SELECT id, at, kind, subject, key, body FROM ledger ORDER BY id")?;
    let entries = rows.query_map([], entry)?;
    entries.collect()
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let body: String = row.get(5)?;
    Ok(Entry {
        id: row.get(0)?,
        at: row.get(1)?,
        kind: row.get(2)?,
        subject: row.get(3)?,
        key: row.get(4)?,
        body: serde_json::from_str(&body)
            .map_err(|error| rusqlite::Error::FromSqlConversionFailure(5, Type::Text, error.into()))?,
    })
}

fn request(row: &Row<'_>) -> rusqlite::Result<ReceivedRequest> {
    Ok(ReceivedRequest {
        id: row.get(0)?,
        method: row.get(1)?,
        path: row.get(2)?,
        key: row.get(3)?,
        fault: row.get(4)?,
    })
}

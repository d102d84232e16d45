//! The count of all requests that arrived, whether or not they changed anything.

use rusqlite::{Connection, params};

use crate::database::NOW;

/// A request that arrived.
pub(crate) struct Received {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) key: Option<String>,
    pub(crate) fault: Option<String>,
}

/// Counts a request.
pub(crate) fn write(connection: &Connection, received: &Received) -> rusqlite::Result<()> {
    connection.execute(
        &format!("INSERT INTO requests (at, method, path, key, fault) VALUES ({NOW}, ?1, ?2, ?3, ?4)"),
        params![received.method, received.path, received.key, received.fault],
    )?;
    Ok(())
}

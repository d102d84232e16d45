//! The SQLite database: one connection, its tables, and how it is opened.

use std::path::Path;

use rusqlite::Connection;

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS orders (
  number TEXT PRIMARY KEY, customer_email TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('processing', 'shipped', 'delivered', 'cancelled')),
  ordered_on TEXT NOT NULL, shipped_on TEXT, currency TEXT NOT NULL,
  total INTEGER NOT NULL, refunded INTEGER NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND total)) STRICT;
CREATE TABLE IF NOT EXISTS order_items (
  order_number TEXT NOT NULL REFERENCES orders (number), position INTEGER NOT NULL,
  sku TEXT NOT NULL, name TEXT NOT NULL, price INTEGER NOT NULL, quantity INTEGER NOT NULL,
  PRIMARY KEY (order_number, position)) STRICT;
CREATE TABLE IF NOT EXISTS refunds (
  id INTEGER PRIMARY KEY AUTOINCREMENT, order_number TEXT NOT NULL REFERENCES orders (number),
  kind TEXT NOT NULL, amount INTEGER NOT NULL, reason TEXT) STRICT;
CREATE TABLE IF NOT EXISTS cancellations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, order_number TEXT NOT NULL UNIQUE REFERENCES orders (number)) STRICT;
CREATE TABLE IF NOT EXISTS customers (
  id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE COLLATE NOCASE, name TEXT NOT NULL, address TEXT NOT NULL,
  phone TEXT NOT NULL, updated_at TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS identity_checks (
  id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL, status TEXT NOT NULL, name TEXT, callback_url TEXT,
  conversation_id TEXT) STRICT;
CREATE TABLE IF NOT EXISTS sessions (
  session_id TEXT PRIMARY KEY COLLATE NOCASE, device TEXT NOT NULL, app_version TEXT NOT NULL, last_error_code TEXT,
  started_at TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS tickets (
  number INTEGER PRIMARY KEY, email TEXT NOT NULL COLLATE NOCASE, subject TEXT NOT NULL, description TEXT NOT NULL,
  severity TEXT NOT NULL, status TEXT NOT NULL, session_id TEXT, device TEXT, error_code TEXT,
  created_at TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS photos (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, content_type TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS service_status (
  id INTEGER PRIMARY KEY CHECK (id = 1), status TEXT NOT NULL, message TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS ledger (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, key TEXT,
  body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS answers (
  key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS requests (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL, key TEXT,
  fault TEXT) STRICT;
";

/// The SQL for the present instant.
pub(crate) const NOW: &str = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";

/// Opens the database and makes its tables. A file survives a crash of the machine; none means in memory.
pub(crate) fn open(file: Option<&Path>) -> rusqlite::Result<Connection> {
    let connection = match file {
        Some(file) => Connection::open(file)?,
        None => Connection::open_in_memory()?,
    };
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.execute_batch(TABLES)?;
    Ok(connection)
}

//! A small shop and help desk behind a real HTTP interface: orders, customers, identity checks, app sessions and
//! tickets in SQLite. The sample tasks call it live.
//!
//! It is built to be checked: every change that was really made is one row of the ledger, every request that arrived
//! is counted, a repeated `Idempotency-Key` changes nothing twice, and it fails on demand.
//! Deliberately absent: accounts, pagination, and anything else that no sample task needs.

mod app;
mod change;
mod database;
mod error;
mod fault;
mod ledger;
mod money;
mod request_log;
mod routes;
mod running;
mod seed;

pub use error::StartError;
pub use ledger::{Entry, Ledger, LedgerError, ReceivedRequest};
pub use running::{DemoService, Options, Running};

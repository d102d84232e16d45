//! The way out: one guarded HTTP client that calls actions.
//!
//! A call goes to the confirmed base URL of its connection and nowhere else, waits no longer and reads no more than
//! the action allows, and ends in typed fields or in a failure that says what differed. Nothing is decided here.

mod address;
mod answer;
mod attempt;
mod body;
mod bound;
mod client;
mod connection;
mod headers;
mod prepare;
mod resolver;
mod retry;
mod scrub;
mod target;
mod values;

pub use client::{Client, ConnectError};
pub use connection::{Connection, Secret, origin_of};
pub use prepare::PreparedRequest;

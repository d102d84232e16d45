//! The way out: one guarded HTTP client that calls actions.
//!
//! A call goes to the confirmed base URL of its connection, waits no longer and reads no more than the action allows, and
//! ends in typed fields or in a failure that says what differed. A look-up may be led on by its receiver: every address is
//! checked anew, and nothing of the author's goes along to another origin. Secrets go to the origins they are approved
//! for. A host that fails again and again is left alone for a while. Nothing is decided here.

mod address;
mod answer;
mod attempt;
mod authentication;
mod body;
mod bound;
mod breaker;
mod client;
mod connection;
mod deliver;
mod fetch;
mod files;
mod guard;
mod headers;
mod hop;
mod http;
mod inside;
mod look;
mod multipart;
mod oauth;
mod prepare;
mod raw;
mod resolver;
mod retry;
mod scrub;
pub mod secrets;
mod target;
mod values;

pub use client::{Client, ConnectError};
pub use connection::{Connection, Secret, origin_of};
pub use deliver::{Parcel, Receipt};
pub use files::{FileContent, FileSource};
pub use inside::is_inside;
pub use look::Looked;
pub use prepare::PreparedRequest;
pub use resolver::{Addresses, Lookup};
pub use retry::scattered;

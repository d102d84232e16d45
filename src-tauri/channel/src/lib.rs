//! Wires in: the browser host, which serves the same UI and the same commands as the window, and the server for webhooks,
//! which listens from the first need on.
//!
//! Into the browser host only this machine gets, and only with the token that the start prints: the page's address carries
//! it once, a cookie carries it from then on.

mod answer;
mod custom;
mod door;
mod files;
mod listen;
mod server;
mod socket;
mod watch;
mod webhooks;

pub use custom::{Often, Quotas, document};
pub use listen::Patience;
pub use watch::{Meters, StatusServer};
pub use webhooks::{Supervisor, supervise, supervise_watched, supervise_with};

pub use server::{ServeError, ServeOptions, Serving, serve, serve_watched};

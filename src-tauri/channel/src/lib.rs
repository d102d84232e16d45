//! Wires in: the browser host, which serves the same UI and the same commands as the window.
//!
//! Only this machine gets in, and only with the token that the start prints: the page's address carries it once, a
//! cookie carries it from then on.

mod answer;
mod door;
mod files;
mod server;
mod socket;

pub use server::{ServeError, ServeOptions, Serving, serve};

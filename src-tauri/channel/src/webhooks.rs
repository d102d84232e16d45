//! The server for webhooks: `POST /webhooks/<token>`, and nothing else. It listens from the first need on, where the
//! settings say, and tells how it is.

mod limits;
mod route;
mod supervise;

pub use supervise::{Supervisor, supervise, supervise_watched, supervise_with};

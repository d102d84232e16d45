//! The custom channel: a customer's product sends events in. Its document is served beside it.

mod limits;
mod openapi;
mod route;

pub use limits::{Often, Quotas};
pub use openapi::document;
pub(crate) use route::router;

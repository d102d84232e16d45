//! Operations of an OpenAPI 3 document as drafts.

mod body;
mod document;
mod operation;
mod outputs;
mod parameters;
mod samples;
mod schema;
mod security;

pub use document::{Document, Operation};

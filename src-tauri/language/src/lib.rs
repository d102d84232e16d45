//! English: reading instructions into a plan, understanding a customer's message, choosing among tasks, answering from
//! articles, wording.
//!
//! Everything here is a pure, total function of its arguments: no IO, no clock, no panic on any text, and no word of
//! any sample task.

pub mod knowledge;
pub mod rank;
pub mod read;
pub mod understand;
pub mod values;
pub mod wording;

//! Reading instructions: plain English into sentences, typed meanings, a plan and rules.

mod actions;
mod conditions;
mod constants;
mod describe;
mod names;
mod outline;
mod said;
mod stem;
mod token;
mod verbs;

use taskwright_domain::{Catalogue, Condition, Reading};

/// Rises whenever the same text may be read otherwise than before.
pub const READER_VERSION: u32 = 1;

/// Reads instructions. Total, and linear in the text.
#[must_use]
pub fn read(_text: &str, _catalogue: &Catalogue) -> Reading {
    Reading::default()
}

/// A condition in plain canonical words, e.g. "the order's status is shipped".
#[must_use]
pub fn describe(condition: &Condition, catalogue: &Catalogue) -> String {
    describe::condition(condition, catalogue)
}

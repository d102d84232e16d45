//! Reading instructions: plain English into sentences, typed meanings, a plan and rules.
//!
//! A text goes through [`token`] (words with their places), [`outline`] (items under headings), [`split`] and
//! [`conditional`] (sentences, commands, conditions), then command by command into steps. Nothing is dropped: what
//! cannot be read becomes a problem and a step at which a run stops for a person.

mod actions;
mod advice;
mod ask;
mod background;
mod both;
mod branches;
mod checks;
mod classify;
mod commands;
mod conditional;
mod conditions;
mod constants;
mod describe;
mod duties;
mod ends;
mod english;
mod exceptions;
mod figures;
mod finish;
mod flow;
mod form;
mod found;
mod half_typed;
mod hand_off;
mod imagine;
mod items;
mod jumps;
mod listens;
mod lists;
mod look_into;
mod mentions;
mod names;
mod notes;
mod options;
mod outline;
mod paraphrase;
mod pictures;
mod policies;
mod problems;
mod reader;
mod repeats;
mod rules;
mod run;
mod said;
mod set;
mod speak;
mod split;
mod statements;
mod stem;
mod tags;
mod tell;
mod token;
mod told;
mod topics;
mod vague;
mod verbs;
mod waits;
mod weekdays;
mod wishes;

use taskwright_domain::{Catalogue, Condition, Operand, Reading};

pub use mentions::{Heard, heard};

/// Rises whenever the same text may be read otherwise than before.
pub const READER_VERSION: u32 = 6;

/// Reads instructions. Total, and linear in the text.
#[must_use]
pub fn read(text: &str, catalogue: &Catalogue) -> Reading {
    let (tokens, lines) = token::scan(text);
    let outline = outline::outline(&tokens, &lines);
    reader::Reader::new(text, &tokens, &outline, catalogue).everything()
}

/// A condition in plain canonical words, e.g. "the order's status is shipped".
#[must_use]
pub fn describe(condition: &Condition, catalogue: &Catalogue) -> String {
    describe::condition(condition, catalogue)
}

/// A value in plain canonical words, e.g. "the order's status" or "30 days before today".
#[must_use]
pub fn describe_value(value: &Operand, catalogue: &Catalogue) -> String {
    describe::label_of(value, catalogue)
}

#[cfg(test)]
mod tests;

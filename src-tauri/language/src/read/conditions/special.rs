//! Conditions that compare no value: answers, outcomes of actions, waits, opening hours, counts, what is missing.

mod answers;
mod clock;
mod counts;
mod missing;
mod outcomes;
mod webhooks;

use super::{Conditions, Got, trim};
use crate::read::token::Token;

use clock::{clock, opening_hours};

impl Conditions<'_, '_> {
    pub(super) fn special(&self, words: &[Token<'_>]) -> Option<Got> {
        let words = trim(words);
        self.answer(words)
            .or_else(|| opening_hours(words))
            .or_else(|| clock(words))
            .or_else(|| self.before_day(words))
            .or_else(|| self.webhook(words))
            .or_else(|| self.missing(words))
            .or_else(|| self.differs(words))
            .or_else(|| self.count(words))
            .or_else(|| self.outcome(words))
    }
}

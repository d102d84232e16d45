//! How well an option that a message names fits what is asked.

use taskwright_domain::Value;

use super::cues;
use super::fill::View;
use crate::values::{Candidate, Line, Strength};

impl View<'_> {
    /// How well the words fit, `torn` where they name several options.
    pub(super) fn choice(&self, candidate: &Candidate, asked: bool, lone: f32, pull: f32, torn: bool) -> f32 {
        let plain = cues::is_plain_word(self.line, candidate);
        let question = cues::in_question(self.line, candidate.from);
        if !asked && self.is_about_the_whole(candidate) {
            return -1.5;
        }
        let plain = plain && !self.says_the_option(candidate);
        match (asked, torn) {
            // Several options named: only the words around can tell.
            (true, true) => {
                if candidate.strength == Strength::Strong {
                    pull - 0.5
                } else {
                    pull - 1.0
                }
            }
            (true, false) => pull,
            (false, true) => pull - 1.0,
            (false, false) if plain && pull == 0.0 => -1.0,
            (false, false) => lone + pull - if question && plain { 1.0 } else { 0.0 },
        }
    }

    /// A part of an option that is a word for everything here: "attractions" among kinds of attractions.
    fn is_about_the_whole(&self, candidate: &Candidate) -> bool {
        let Value::Choice(option) = &candidate.value else {
            return false;
        };
        let part = Line::new(option).len() > candidate.to - candidate.from;
        let word = self.line.stem(candidate.from);
        let general = || {
            let mut topics = self.topics.iter();
            topics.any(|other| other.name.iter().chain(&other.about).any(|stem| stem == word))
        };
        part && candidate.to == candidate.from + 1 && general()
    }

    /// An everyday word that is all of an option and hardly says anything else: what it costs, how one goes.
    fn says_the_option(&self, candidate: &Candidate) -> bool {
        const COSTS: [&str; 8] = [
            "cheap",
            "expensive",
            "moderate",
            "pricey",
            "inexpensive",
            "affordable",
            "luxury",
            "budget",
        ];
        let word = self.line.word(candidate.from);
        let whole = matches!(&candidate.value, Value::Choice(option) if option.to_lowercase() == word);
        let noun = self.line.is(
            candidate.from.wrapping_sub(1),
            &["the", "a", "my", "for", "of", "you", "is"],
        );
        whole && (COSTS.contains(&word) || word.len() > 5 && word.ends_with("ing") && !noun)
    }
}
